"""What stands in a working copy, and what forms can be filled in with."""

from collections.abc import Collection, Iterable
from datetime import datetime

from fondaco.applications.models import Application, SectionAnswers
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.submission import Terms
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import (
    cut_offs,
    deadline,
    deadline_of_sent,
    next_deadline,
)
from fondaco.calls.selectors import opening_terms
from fondaco.calls.states import Next
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
    if not form.facts and not form.has_groups:
        return Copy(form, answers)
    facts = facts_of(application.organisation) if form.facts else {}
    return Copy(form, answers, facts, application.call.percent)


def facts_of(organisation: Organisation) -> dict[str, object]:
    """What the conditions of a form may ask of who applies."""
    return {
        "organisation.country": organisation.country,
        "organisation.kind": organisation.kind,
        "organisation.size": organisation.size,
        "organisation.ecosystems": list(organisation.ecosystems),
        "organisation.nace": organisation.nace,
    }


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


def terms_before(call: Call) -> Terms:
    """What the clock and the numbers are asked with before there is an application."""
    return Terms(
        opening_terms(call),
        most=call.per_organisation,
        then=Next(call.next_application),
        most_in_programme=call.per_organisation_in_programme,
    )


def terms_of(application: Application) -> Terms:
    """What the clock is asked with."""
    call = application.call
    return Terms(
        opening_terms(call),
        application.asked_until,
        call.per_organisation,
        application.extended_until,
        application.submitted_at,
        Next(call.next_application),
        call.per_organisation_in_programme,
    )


def deadline_for(application: Application, *, at: datetime | None = None) -> datetime | None:
    """Until when this application can be sent: as all others, or later if it alone got more time.

    What an officer asked for to be completed has a date of its own.
    """
    if application.state == State.COMPLETION and application.asked_until is not None:
        return application.asked_until
    common, own = _common_deadline(application, at), application.extended_until
    return own if own and common and own > common else common


def missed_cut_off(application: Application, *, at: datetime) -> datetime | None:
    """The last cut-off that passed between the beginning of the application and its sending."""
    until = application.submitted_at or at
    dates = cut_offs(opening_terms(application.call))
    passed = [one for one in dates if application.started_at <= one < until]
    return passed[-1] if passed else None


def _common_deadline(application: Application, at: datetime | None) -> datetime | None:
    """The deadline of the call; of several cut-offs that of what was sent, or the next one."""
    terms = opening_terms(application.call)
    if application.submitted_at is not None:
        return deadline_of_sent(terms, application.submitted_at, at=at)
    return deadline(terms) if at is None else next_deadline(terms, at=at)
