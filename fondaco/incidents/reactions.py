"""What incidents does when something was recorded: letters to everybody concerned."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fondaco.applications.models import Application
from fondaco.applications.selectors import application_named, applications_in_hand
from fondaco.applications.selectors.letters import words_of_letter
from fondaco.directory.models import Person
from fondaco.incidents.selectors import claim_named, people_concerned, told_about
from fondaco.incidents.services.claims import forget_person
from fondaco.kernel.told import told_about_person
from fondaco.mail.selectors import template_for
from fondaco.mail.services import write_letter
from fondaco.mail.states import Occasion
from fondaco.trail.access import PROGRAMME
from fondaco.trail.models import Entry
from fondaco.trail.services import joins_story, on
from fondaco.web import words

NEWS = timedelta(days=2)
"""What was recorded before that is no news any more; nobody is written to about it."""


@on("call.extension")
def tell_of_new_deadline(entry: Entry) -> None:
    """Everybody who applied or is writing is told the new deadline and why, at once."""
    if timezone.now() - entry.at > NEWS:
        return
    until = datetime.fromisoformat(str(entry.data["closes_at"]))
    for application in applications_in_hand(entry.subject):
        for person in people_concerned(application):
            _write(
                person,
                application,
                Occasion.DEADLINE_MOVED,
                entry,
                until=until,
                reasons=entry.data["reason"],
            )


@on("application.extended")
def tell_of_more_time(entry: Entry) -> None:
    """Whoever writes the application is told until when it can be sent, and why."""
    application = application_named(entry.subject)
    if application is None or timezone.now() - entry.at > NEWS:
        return
    until = datetime.fromisoformat(str(entry.data["until"]))
    said = str(entry.data["why"])
    for person in people_concerned(application):
        _write(person, application, Occasion.OWN_EXTENSION, entry, until=until, reasons=said)


@on("claim.made", "claim.refused")
def tell_of_claim(entry: Entry) -> None:
    """Whoever made a claim is told that it arrived, and later why it was refused.

    That it was granted is told with the new deadline.
    """
    claim = claim_named(str(entry.data["claim"]))
    if claim is None or claim.by is None:
        return
    is_made = entry.verb == "claim.made"
    occasion = Occasion.CLAIM_RECEIVED if is_made else Occasion.CLAIM_REFUSED
    _write(claim.by, claim.application, occasion, entry, reasons=claim.reasons)


def _write(
    person: Person,
    application: Application,
    occasion: Occasion,
    entry: Entry,
    *,
    until: datetime | None = None,
    reasons: object = "",
) -> None:
    """A letter that goes out at once; each entry has its own."""
    call = application.call
    template = template_for(call.programme, call.code, occasion, person.language)
    language = template.language if template else person.language
    with translation.override(language):
        said = words_of_letter(application, person, at=entry.at) | {
            "until": words.moment_with_zone(until, call.zone) if until else "",
            "reasons": reasons if isinstance(reasons, str) else words.say(reasons).text,  # type: ignore[arg-type]
        }
    write_letter(
        programme=call.programme,
        call=call.code,
        occasion=occasion,
        to=person,
        subject_code=f"{application.code}.{entry.pk}",
        words=said,
        at=entry.at,
        is_released=True,
        zone=call.zone,
    )


def _of_programme(code: str) -> Q:
    return Q(verb__startswith="outage.", programme=code)


def _erase(person_id: int) -> list[str]:
    """Attempts and claims forget the person; what a claim says stays with its answer."""
    has_claimed = bool(told_about(person_id)["claims"])
    forget_person(person_id)
    return [_("Claims and their answers stay, without your name.")] if has_claimed else []


told_about_person("incidents", tell=told_about, erase=_erase)
joins_story(PROGRAMME, _of_programme)
