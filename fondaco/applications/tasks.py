"""What the worker does for applications: receipts on paper, signatures of earlier receipts."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from fondaco.applications import selectors
from fondaco.applications.access import may_export
from fondaco.applications.gateways import mail_to_address, remove_export, write_export
from fondaco.applications.models import Export, Submission
from fondaco.applications.selectors import forgetting, guests, missing, partners
from fondaco.applications.selectors.exports import (
    Columns,
    columns_by_form,
    export_by_id,
    exports_over,
    head_of,
    rows_of_export,
)
from fondaco.applications.selectors.listing import asked_of
from fondaco.applications.selectors.reminding import reminders_due
from fondaco.applications.services import exports, letters, sending, signing
from fondaco.applications.services.forgetting import forget_answers
from fondaco.applications.services.reminding import remind
from fondaco.applications.states import Sheet, Standing
from fondaco.kernel.texts import direction_of
from fondaco.questionnaires.phrases import answered
from fondaco.questionnaires.rules.schema import Kind
from fondaco.questionnaires.selectors import form_of
from fondaco.web.jobs import every, job
from fondaco.web.papers import pdf_of

STYLE = Path(__file__).parent / "static" / "applications" / "paper.css"


@job()
def make_paper(receipt: str, language: str) -> None:
    """Make the PDF of a receipt in a language; once it is there, nothing more is done."""
    submission = selectors.submission_of_receipt(receipt)
    if submission is None or selectors.paper_of(submission, language):
        return
    signed = signing.sign_submission(submission.pk, at=timezone.now())
    submission.signature, submission.signed_with = signed.signature, signed.signed_with
    with translation.override(language):
        words = _words(submission, language) | _proof(submission)
        html = render_to_string("applications/paper.html", words)
    given = {
        "paper.css": ("text/css", STYLE.read_bytes()),
        "check.svg": ("image/svg+xml", code_of(str(words["check_url"]))),
    }
    pdf = pdf_of(html, given=given)
    sending.keep_paper(submission, pdf=pdf, language=language, at=timezone.now())


@every(seconds=3600)
@job(retries=0)
def sign_earlier() -> None:
    """Sign receipts of the time before receipts were signed."""
    signing.sign_earlier(at=timezone.now())


@job()
def mail_guest(pk: int) -> None:
    """Mail an invitation to an address that nobody is registered with yet."""
    guest = guests.guest_by_id(pk)
    if guest is None or guest.withdrawn_at or guest.organisation_id:
        return
    subject, body = letters.plain_invitation(guest, at=guest.invited_at)
    mail_to_address(guest.email, subject, body)


@job()
def mail_partner(pk: int) -> None:
    """Mail to an address that nobody is registered with yet that a lead asks for a partner."""
    member = partners.member_by_id(pk)
    if member is None or member.standing != Standing.INVITED or member.organisation_id:
        return
    subject, body = letters.plain_letter_to_partner(member, at=member.letter_at)
    mail_to_address(member.email, subject, body)


@every(seconds=900)
@job(retries=0)
def tell_of_missed_cut_offs() -> None:
    """Tell the writers of drafts that a cut-off has passed, and which is the next."""
    at = timezone.now()
    for missed in missing.drafts_that_missed(at=at):
        letters.tell_missed(missed.application, missed.number, missed.passed, at=at)


@every(seconds=3600)
@job(retries=0)
def remind_drafts() -> None:
    """Remind drafts of the deadline on the days that officers set."""
    at = timezone.now()
    for reminder in reminders_due(at=at):
        remind(reminder, at=at)


@every(seconds=86400)
@job(retries=0)
def forget_personal() -> None:
    """Forget the personal answers whose time is over."""
    at = timezone.now()
    for pk in list(forgetting.applications_due(at=at)):
        forget_answers(pk, at=at)


@job(retries=1)
def make_export(pk: int) -> None:
    """Write the table that somebody asked for, where they may still have it."""
    export = export_by_id(pk)
    if export is None or not export.is_in_hand:
        return
    if not may_export(export.by, export.call):
        exports.refuse_export(export, at=timezone.now())
        return
    with translation.override(export.language):
        keys = list(asked_of(export.call, export.query).values_list("pk", flat=True))
    columns = columns_by_form(export.call)
    rows = _rows_with_progress(export, keys, columns)
    size = write_export(export.code, Sheet(export.kind), head_of(columns), rows)
    exports.keep_export(export, rows=len(keys), size=size, at=timezone.now())


def _rows_with_progress(
    export: Export, keys: Sequence[int], columns: Columns
) -> Iterator[list[object]]:
    done = 0
    exports.tell_progress(export.pk, done=0, total=len(keys))
    for part in rows_of_export(export.call, keys, columns):
        yield from part
        done += len(part)
        exports.tell_progress(export.pk, done=done, total=len(keys))


@every(seconds=3600)
@job(retries=0)
def remove_old_exports() -> None:
    """Remove the files of exports whose time is over."""
    for export in exports_over(at=timezone.now()):
        remove_export(export.code, export.kind)
        exports.close_export(export, at=timezone.now())


def code_of(address: str) -> bytes:
    """The address as a QR code."""
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", scale=4, xmldecl=False)
    return drawn.getvalue()


def _proof(submission: Submission) -> dict[str, object]:
    """What the paper says of its signature, and where it is checked."""
    check_page = settings.ADDRESS + reverse("applications:check")
    told = {"number": submission.receipt, "fingerprint": submission.fingerprint}
    return {
        "proof": signing.proof_of(submission),
        "keys_url": settings.ADDRESS + reverse("applications:keys"),
        "check_page": check_page,
        "check_url": f"{check_page}?{urlencode(told)}",
    }


def _words(submission: Submission, language: str) -> dict[str, object]:
    """What the paper says: the frozen version, question by question."""
    application = submission.application
    values, hidden = submission.content["answers"], submission.content.get("hidden", {})
    uploads = selectors.uploads_of_submission(submission)
    return {
        "submission": submission,
        "application": application,
        "language": language,
        "direction": direction_of(language),
        "files": submission.content["files"].values(),
        "partners": submission.content.get("partners", []),
        "sections": [
            (
                section,
                [
                    answered(
                        question,
                        values.get(question.code),
                        uploads=uploads if question.kind == Kind.FILE else None,
                        currency=application.call.currency,
                    )
                    for question in section.questions
                    if question.code not in hidden
                ],
            )
            for section in form_of(application.form).sections
        ],
    }
