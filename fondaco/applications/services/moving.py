"""Moving drafts to a newer version of their form: every answer goes with them, or is kept aside."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fondaco.applications.models import Application, SectionAnswers
from fondaco.applications.selectors import copy_of, drafts_of_older_forms, locked_application
from fondaco.applications.services.acts import record_act
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.questionnaires.rules.answers import Typed
from fondaco.questionnaires.rules.versions import Moved, moved
from fondaco.questionnaires.selectors import form_of


def move_drafts(call: Call, *, by: Person, at: datetime) -> int:
    """Move every draft to the form that the call has now, each by itself; how many were moved."""
    return sum(move_draft(pk, by=by, at=at) for pk in drafts_of_older_forms(call))


@transaction.atomic
def move_draft(pk: int, *, by: Person, at: datetime) -> bool:
    """Move one draft to the form of its call; whether there was anything to move."""
    application = locked_application(pk)
    wanted, before = application.call.form, application.form
    if wanted is None or wanted.pk == before.pk or application.state != State.DRAFT:
        return False
    copy = copy_of(application)
    found = moved(copy.form, form_of(wanted), copy.answers, application.aside)
    _keep(application, found, at=at)
    application.form, application.aside = wanted, list(found.aside)
    application.moved_from = application.moved_from or before
    application.save(update_fields=["form", "aside", "moved_from"])
    record_act(
        "moved",
        application,
        by=by,
        at=at,
        before=before.number,
        after=wanted.number,
        aside=[entry["question"] for entry in found.aside],
    )
    return True


def _keep(application: Application, found: Moved, *, at: datetime) -> None:
    """Write the sections as the newer form has them; one that it has not holds nothing more."""
    rows = {row.section: row for row in application.section_answers.all()}
    for section, answers in found.sections.items():
        _write(application, rows.pop(section, None), section, answers, at=at)
    for row in rows.values():
        row.delete()


def _write(
    application: Application,
    row: SectionAnswers | None,
    section: str,
    answers: Mapping[str, Typed],
    *,
    at: datetime,
) -> None:
    row = row or SectionAnswers(application=application, section=section)
    if row.pk and row.answers == answers:
        return
    row.answers, row.saved_at = dict(answers), at
    row.revision += 1
    row.save()
