"""Who may see and mark the places of a course."""

from dataclasses import replace

from django.http import Http404
from django.urls import reverse

from fondaco.calls.models import Call
from fondaco.calls.states import Kind
from fondaco.directory.models import Person
from fondaco.programmes.access import require_role
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import About, Reading, full, within
from fondaco.training import phrases
from fondaco.training.models import Place


def course_for(person: Person, code: str) -> Call:
    """The course, for an officer of its programme; 404 to strangers and where there is none."""
    call = Call.objects.select_related("programme").filter(code=code, kind=Kind.TRAINING).first()
    if call is None:
        raise Http404
    require_role(person, call.programme, RoleKind.OFFICER)
    return call


def place_for(person: Person, code: str, pk: int) -> Place:
    """One place of a course, for an officer of its programme."""
    call = course_for(person, code)
    found = Place.objects.filter(call=call.code, pk=pk)
    place = found.select_related("person", "outcome__application__organisation", "proof").first()
    if place is None:
        raise Http404
    return place


STORY = "place-"
"""How the subject of a place begins."""


def may_read_story(person: Person, subject: str) -> Reading | None:
    """Officers read the story of a place; whoever has it does once it is completed."""
    number = subject.removeprefix(STORY)
    rows = Place.objects.select_related("programme", "outcome__application__call")
    place = rows.filter(pk=int(number)).first() if number.isdecimal() else None
    if place is None:
        return None
    call = place.outcome.application.call
    named = str(phrases.PLACE_NAMED) % {"number": number}
    about = About("place", number, named, zone=call.zone)
    own = within(place.programme.code)
    if place.person_id == person.pk and place.completed_on:
        return Reading(about=about, only=own)
    require_role(person, place.programme, RoleKind.OFFICER)
    page = reverse("training:places", args=[call.code])
    return full(replace(about, url=page), only=own)
