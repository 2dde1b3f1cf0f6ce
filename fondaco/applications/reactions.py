"""What this slice does when something was recorded: letters; and what it tells about people."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from fondaco.applications import access, phrases, selectors
from fondaco.applications.models import Application
from fondaco.applications.selectors import guests, partners
from fondaco.applications.selectors.letters import words_of_letter
from fondaco.applications.selectors.stories import (
    applicants_named,
    entries_about_applications_to,
)
from fondaco.applications.services import arrivals, letters, sending
from fondaco.applications.states import Standing, Verdict
from fondaco.calls.models import Call
from fondaco.calls.selectors import call_with_details, days_not_counted
from fondaco.directory.models import Person
from fondaco.directory.selectors import person_of_key
from fondaco.documents.access import Door, takes_uploads
from fondaco.documents.selectors import upload_named
from fondaco.kernel.told import told_about_person
from fondaco.mail.selectors import template_for
from fondaco.mail.services import write_letter
from fondaco.mail.states import Occasion
from fondaco.questionnaires.selectors import form_of
from fondaco.trail.models import Entry
from fondaco.trail.services import joins_story, keeps_back, names_things, on, tells_story
from fondaco.web import words
from fondaco.web.jobs import later


@on("application.submitted", "application.completed")
def write_receipt(entry: Entry) -> None:
    """Whoever sent a version gets the letter that it was received, at once; each has its own."""
    receipt = str(entry.data["receipt"])
    _write(entry, Occasion.APPLICATION_RECEIVED, subject=receipt, is_released=True)


@on("application.submitted")
def replace_earlier(entry: Entry) -> None:
    """Where the call says so, what is sent takes the place of what was sent first."""
    by = person_of_key(entry.by_id) if entry.by_id else None
    if by is not None:
        with translation.override(by.language):
            why = _("Replaced by %(number)s.") % {"number": entry.subject}
        sending.replace_earlier(entry.subject, why=why, by=by, at=entry.at)


@on("application.completion-asked")
def write_completion(entry: Entry) -> None:
    """The letter that lists what is missing goes out at once: its days count from the request."""
    _write(entry, Occasion.COMPLETION_ASKED, subject=_subject_of(entry), is_released=True)


@on("application.refused")
def write_refusal(entry: Entry) -> None:
    """The letter with the reasons why the application is not eligible waits for an officer."""
    _write(entry, Occasion.NOT_ELIGIBLE, subject=entry.subject)


@on("upload.infected")
def tell_of_virus(entry: Entry) -> None:
    """The answer loses the file, and whoever uploaded it is told; other things are others' care."""
    application = selectors.application_named(entry.subject)
    upload = upload_named(entry.subject, str(entry.data["upload"]))
    if application is None or upload is None:
        return
    arrivals.lose_infected(application.pk, upload=upload.code, at=entry.at)
    if upload.by is not None:
        _write_to(
            upload.by,
            application,
            entry,
            Occasion.FILE_INFECTED,
            subject=f"{entry.subject}.{entry.pk}",
            is_released=True,
            file=upload.name,
        )


@on("guest.invited")
def write_invitation(entry: Entry) -> None:
    """Whoever was invited is told at once; an address without a person gets plain mail."""
    guest = guests.guest_by_id(int(entry.data["guest"]))
    if guest is None or guest.withdrawn_at is not None:
        return
    if not letters.write_invitation(guest, at=entry.at) and guest.organisation_id is None:
        later("fondaco.applications.tasks.mail_guest", guest.pk)


@on("consortium.invited", "consortium.reminded")
def write_to_partner(entry: Entry) -> None:
    """Whoever was asked to be a partner is told at once, each time the lead sends the letter."""
    member = partners.member_by_id(int(entry.data["member"]))
    if member is None or member.standing != Standing.INVITED:
        return
    is_told = letters.write_partner_letters(member, entry.pk, at=entry.at)
    if not is_told and member.organisation_id is None:
        later("fondaco.applications.tasks.mail_partner", member.pk)


@on("call.cancellation")
def write_cancellation(entry: Entry) -> None:
    """Everybody who applied or was writing is told why; an officer reads the letters first."""
    for application in selectors.applications_in_hand(entry.subject):
        for person in selectors.writers_to(application):
            _write_to(
                person,
                application,
                entry,
                Occasion.CALL_CANCELLED,
                subject=application.code,
                is_released=False,
            )


def _subject_of(entry: Entry) -> str:
    """The application for its first request, the application and the entry for a later one."""
    is_first = selectors.first_entry(entry.subject, entry.verb) == entry.pk
    return entry.subject if is_first else f"{entry.subject}.{entry.pk}"


def _write(entry: Entry, occasion: Occasion, *, subject: str, is_released: bool = False) -> None:
    application = selectors.application_named(entry.subject)
    if application is None:
        return
    for person in selectors.writers_to(application):
        _write_to(person, application, entry, occasion, subject=subject, is_released=is_released)


def _write_to(
    person: Person,
    application: Application,
    entry: Entry,
    occasion: Occasion,
    *,
    subject: str,
    is_released: bool,
    **more: str,
) -> None:
    """Write a person the letter of an occasion, in their language; `more` are words it names."""
    programme, call = application.call.programme, application.call.code
    template = template_for(programme, call, occasion, person.language)
    with translation.override(template.language if template else person.language):
        said = _words(application, entry, person, occasion) | more
    write_letter(
        programme=programme,
        call=call,
        occasion=occasion,
        to=person,
        subject_code=subject,
        words=said,
        at=entry.at,
        is_released=is_released,
        days=_days(application.call, occasion),
        zone=application.call.zone,
        days_off=days_not_counted(application.call),
    )


def _words(
    application: Application, entry: Entry, person: Person, occasion: Occasion
) -> dict[str, str]:
    """The placeholders of a letter, in the language that is active."""
    said = words_of_letter(application, person, at=entry.at)
    if occasion == Occasion.COMPLETION_ASKED:
        said["asked"] = _list(_asked(application))
        said["until"] = _moment(application.asked_until or entry.at, application.call.zone)
    if occasion == Occasion.NOT_ELIGIBLE:
        said["reasons"] = _list(_reasons(application))
    if occasion == Occasion.CALL_CANCELLED:
        said["reasons"] = words.say(entry.data["reason"]).text
    return said


def _days(call: Call, occasion: Occasion) -> Mapping[str, int]:
    """The window for redress; where the call has none the officer writes it."""
    if occasion != Occasion.NOT_ELIGIBLE or call.redress_days is None:
        return {}
    return {"redress_until": call.redress_days}


def _moment(at: datetime, zone: str) -> str:
    return words.moment_with_zone(at, zone)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _asked(application: Application) -> list[str]:
    codes = {one["question"] for one in application.asked if "question" in one}
    questions = form_of(application.form).questions
    labels = [words.say(asked.label).text for asked in questions if asked.code in codes]
    return [*(one["says"] for one in application.asked if "says" in one), *labels]


def _reasons(application: Application) -> list[str]:
    found = selectors.found_of(selectors.findings_of(application))
    broken = {one.rule for one in found if one.holds == Verdict.NOT_MET}
    call = call_with_details(application.call.code)
    rules = call.rules.all() if call else ()
    lines = [words.say(rule.says).text for rule in rules if rule.code in broken]
    return [*lines, *([application.refused_why] if application.refused_why else [])]


def _told(person_id: int) -> dict[str, object]:
    """Also the letters to an address that is the person's, before anybody answered them."""
    invited = partners.letters_to_address(person_id)
    return selectors.told_about(person_id) | {"invited": invited}


def _erase(person_id: int) -> list[str]:
    """Working copies forget the person; what was sent stays as long as auditors may ask for it."""
    told = selectors.told_about(person_id)
    sending.forget_person(person_id)
    if not told["submitted"] and not told["overruled"]:
        return []
    return [
        _("Applications that were sent stay, with who sent and assessed them, for the auditors.")
    ]


tells_story("", access.may_read_story)
joins_story("call", entries_about_applications_to)
names_things(applicants_named)
keeps_back(selectors.never_sent)
told_about_person("applications", tell=_told, erase=_erase)
takes_uploads("application", Door(arrivals.terms_at, arrivals.keep_arrived, phrases.reason_words))
