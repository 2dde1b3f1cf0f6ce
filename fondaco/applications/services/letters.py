"""Letters of a way of intake: to those who were invited, and to drafts that missed a cut-off."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fondaco.applications.models import Application, Guest, Member
from fondaco.applications.selectors import writers_to
from fondaco.applications.selectors.guests import readers_of
from fondaco.applications.selectors.letters import words_of_letter
from fondaco.applications.selectors.partners import readers_of_invitation
from fondaco.calls.models import Call
from fondaco.calls.selectors import next_deadline_of
from fondaco.directory.models import Person
from fondaco.mail.rules import filled_as_known, subject_words
from fondaco.mail.selectors import template_for
from fondaco.mail.services import write_letter
from fondaco.mail.states import Occasion
from fondaco.web import words


def _until(call: Call, at: datetime) -> str:
    closes = next_deadline_of(call, at=at)
    return words.moment_with_zone(closes, call.zone) if closes else _("no day is set")


def words_to_guest(guest: Guest, name: str, *, at: datetime) -> dict[str, str]:
    """What an invitation says, in the language that is active."""
    call, place = guest.call, reverse("applications:start", args=[guest.call.code])
    organisation = guest.organisation.name if guest.organisation else guest.email
    return {
        "person": name,
        "organisation": organisation,
        "call": words.say(call.title).text,
        "programme": call.programme.acronym,
        "date": words.moment_with_zone(at, call.zone),
        "until": _until(call, at),
        "address": f"{settings.ADDRESS}{place}",
    }


@transaction.atomic
def write_invitation(guest: Guest, *, at: datetime) -> int:
    """The letters to those who are registered; how many."""
    return sum(_write_to_guest(guest, person, at) for person in readers_of(guest))


def _write_to_guest(guest: Guest, person: Person, at: datetime) -> int:
    call = guest.call
    template = template_for(call.programme, call.code, Occasion.INVITED, person.language)
    with translation.override(template.language if template else person.language):
        said = words_to_guest(guest, person.name, at=at)
    letter = write_letter(
        programme=call.programme,
        call=call.code,
        occasion=Occasion.INVITED,
        to=person,
        subject_code=f"guest-{guest.pk}",
        words=said,
        at=at,
        is_released=True,
    )
    return int(letter is not None)


def plain_invitation(guest: Guest, *, at: datetime) -> tuple[str, str]:
    """Subject and text for an address without a person, in the first language of the programme."""
    call, [language, *_others] = guest.call, guest.call.programme.languages or ["en"]
    template = template_for(call.programme, call.code, Occasion.INVITED, language)
    if template is None:
        raise LookupError("no words for an invitation")
    with translation.override(template.language):
        said = words_to_guest(guest, guest.email, at=at)
    subject = filled_as_known(template.subject, subject_words(said))
    return subject, filled_as_known(template.body, said)


def words_to_partner(member: Member, name: str, *, at: datetime) -> dict[str, str]:
    """What the letter to a partner says, in the language that is active."""
    application = member.application
    call = application.call
    place = reverse("applications:partner", args=[call.code, application.code])
    return {
        "person": name,
        "organisation": application.organisation.name,
        "call": words.say(call.title).text,
        "programme": call.programme.acronym,
        "number": application.code,
        "date": words.moment_with_zone(at, call.zone),
        "until": _until(call, at),
        "address": f"{settings.ADDRESS}{place}",
    }


@transaction.atomic
def write_partner_letters(member: Member, entry: int, *, at: datetime) -> int:
    """The letters to those who can answer for the partner; how many. Each sending has its own."""
    found = (_write_to_partner(member, entry, one, at) for one in readers_of_invitation(member))
    return sum(found)


def _write_to_partner(member: Member, entry: int, person: Person, at: datetime) -> int:
    call = member.application.call
    template = template_for(call.programme, call.code, Occasion.PARTNER_INVITED, person.language)
    with translation.override(template.language if template else person.language):
        said = words_to_partner(member, person.name, at=at)
    letter = write_letter(
        programme=call.programme,
        call=call.code,
        occasion=Occasion.PARTNER_INVITED,
        to=person,
        subject_code=f"partner-{member.pk}.{entry}",
        words=said,
        at=at,
        is_released=True,
    )
    return int(letter is not None)


def plain_letter_to_partner(member: Member, *, at: datetime) -> tuple[str, str]:
    """Subject and text for an address without a person, in the language of the application."""
    call, language = member.application.call, member.application.language
    template = template_for(call.programme, call.code, Occasion.PARTNER_INVITED, language)
    if template is None:
        raise LookupError("no words for a partner")
    with translation.override(template.language):
        said = words_to_partner(member, member.email, at=at)
    subject = filled_as_known(template.subject, subject_words(said))
    return subject, filled_as_known(template.body, said)


@transaction.atomic
def tell_missed(application: Application, number: int, passed: datetime, *, at: datetime) -> int:
    """Tell the writers of a draft that a cut-off has passed, and which is the next; how many."""
    starter = application.started_by
    people = [starter] if starter and starter.is_active else writers_to(application)
    return sum(_write_missed(application, number, passed, one, at) for one in people)


def _write_missed(
    application: Application, number: int, passed: datetime, person: Person, at: datetime
) -> int:
    call = application.call
    template = template_for(call.programme, call.code, Occasion.CUT_OFF_MISSED, person.language)
    with translation.override(template.language if template else person.language):
        said = words_of_letter(application, person, at=passed) | {"until": _until(call, at)}
    letter = write_letter(
        programme=call.programme,
        call=call.code,
        occasion=Occasion.CUT_OFF_MISSED,
        to=person,
        subject_code=f"{application.code}.cut-off-{number}",
        words=said,
        at=at,
        is_released=True,
    )
    return int(letter is not None)
