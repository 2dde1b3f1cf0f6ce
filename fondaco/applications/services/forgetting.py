"""Forgetting personal answers when their time is over, in working copies and frozen versions."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from fondaco.applications.models import Application, Submission
from fondaco.applications.rules.forgetting import forgotten, without
from fondaco.applications.selectors import copy_of, locked_application, locked_section
from fondaco.applications.selectors.forgetting import answers_due
from fondaco.documents.selectors import uploads_of
from fondaco.documents.services import destroy_upload
from fondaco.trail import services as trail


@transaction.atomic
def forget_answers(pk: int, *, at: datetime) -> list[str]:
    """Take the answers away whose time is over, with their files and the papers that show them.

    The fingerprint and the signature of what was sent stay: they are of the whole version.
    """
    application = locked_application(pk)
    codes = answers_due(application, at=at)
    if codes == application.forgotten:
        return []
    files = {copy_of(application).files.get(code, "") for code in codes}
    for section in copy_of(application).form.sections:
        _forget_section(application, section.code, codes, at=at)
    for submission in application.submissions.all():
        files |= {submission.content["files"].get(code, {}).get("code", "") for code in codes}
        _forget_sent(submission, codes, at=at)
    for code in sorted(files - {""}):
        destroy_upload(code, at=at)
    application.forgotten = codes
    application.aside = [entry for entry in application.aside if "months" not in entry]
    application.save(update_fields=["forgotten", "aside"])
    trail.record(
        "application.forgotten",
        subject=application.code,
        programme=application.call.programme.code,
        by_id=None,
        at=at,
        call=application.call.code,
        questions=codes,
    )
    return codes


def _forget_section(
    application: Application, section: str, codes: Collection[str], *, at: datetime
) -> None:
    row = locked_section(application, section)
    kept = without(row.answers, codes) if row else {}
    if row is not None and kept != row.answers:
        row.answers, row.revision, row.saved_at = kept, row.revision + 1, at
        row.save(update_fields=["answers", "revision", "saved_at"])


def _forget_sent(submission: Submission, codes: Collection[str], *, at: datetime) -> None:
    submission.content = forgotten(submission.content, codes, day=at.date().isoformat())
    submission.save(update_fields=["content"])
    for paper in uploads_of(submission.receipt):
        destroy_upload(paper.code, at=at)
