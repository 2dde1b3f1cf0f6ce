"""What stands in a working copy, and what forms can be filled in with."""

from collections.abc import Collection, Iterable
from datetime import datetime

from fondaco.applications.models import Application, SectionAnswers
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.submission import Terms
from fondaco.applications.states import State
from fondaco.calls.selectors import deadline_of, opening_terms
from fondaco.directory.models import Organisation, Person
from fondaco.documents.models import Upload
from fondaco.documents.selectors import uploads_named
from fondaco.questionnaires.selectors import form_of
from fondaco.web.prepared import Prepared, number, related, text

_SECTIONS = Prepared(lambda: SectionAnswers.objects.filter(application_id=number("application")))
_LOCKED = Prepared(
    lambda: SectionAnswers.objects.select_for_update(of=("self",)).filter(
        application_id=number("application"), section=text("section")
    )
)


def locked_section(application: Application, section: str) -> SectionAnswers | None:
    """For services only: the working copy of a section, once its application is locked."""
    return _LOCKED.first(application=application.pk, section=section)


def copy_of(application: Application) -> Copy:
    """The whole working copy with its form."""
    rows = related(application, "section_answers", _SECTIONS, application=application.pk)
    return copy_from(application, rows)


def copy_from(application: Application, rows: Iterable[SectionAnswers]) -> Copy:
    """The working copy out of rows that were read already."""
    form = form_of(application.form)
    answers = {code: typed for row in rows for code, typed in row.answers.items()}
    return Copy(form, answers)


def uploads_in(application: Application, copy: Copy) -> dict[str, Upload]:
    """The files that the working copy names, by code."""
    return uploads_named(application.code, set(copy.files.values()))


def question_codes(application: Application) -> Collection[str]:
    """The questions an officer can ask for again."""
    return [question.code for question in form_of(application.form).questions]


def known_before(organisation: Organisation, person: Person) -> dict[str, str]:
    """What forms can be filled in with."""
    staff = getattr(organisation, "staff", None)
    return {
        "organisation.name": organisation.name,
        "organisation.country": organisation.country,
        "organisation.city": organisation.city,
        "organisation.website": organisation.website,
        "organisation.registration": organisation.registration_number,
        "organisation.vat": organisation.vat_number,
        "organisation.staff": "" if staff is None else str(staff),
        "person.name": person.name,
        "person.email": person.email,
    }


def terms_of(application: Application) -> Terms:
    """What the clock is asked with."""
    call = application.call
    return Terms(
        opening_terms(call),
        application.asked_until,
        call.per_organisation,
        application.extended_until,
    )


def deadline_for(application: Application, *, at: datetime | None = None) -> datetime | None:
    """Until when this application can be sent: as all others, or later if it alone got more time.

    What an officer asked for to be completed has a date of its own.
    """
    if application.state == State.COMPLETION and application.asked_until is not None:
        return application.asked_until
    common, own = deadline_of(application.call, at=at), application.extended_until
    return own if own and common and own > common else common
