"""Who may see and mark the places of a course."""

from django.http import Http404
from django.urls import reverse

from fondaco.calls.models import Call
from fondaco.calls.states import Kind
from fondaco.directory.models import Person
from fondaco.evaluation.access import Sight, award_story, sight_of_award
from fondaco.evaluation.selectors.awards import awards_told, with_outcomes
from fondaco.programmes.access import require_role
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import About, Reading
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


def own_place_for(person: Person, number: int) -> tuple[Place, Sight]:
    """A place and how the person sees it: as an officer, or as somebody told of it.

    Whoever completed the course sees it too, also once they work elsewhere.
    """
    rows = with_outcomes(Place.objects.filter(pk=number))
    place = rows.select_related("person", "proof", "marked_by").first()
    if place is None:
        raise Http404
    if place.person_id == person.pk and place.completed_on:
        return place, Sight.OWN
    outcome = place.outcome
    sight = sight_of_award(
        person, outcome, RoleKind.OFFICER, is_told=lambda: outcome.pk in awards_told([outcome])
    )
    return place, sight


def may_read_story(person: Person, subject: str) -> Reading | None:
    """Whoever may see a place reads its story."""
    number = subject.removeprefix(STORY)
    if not number.isdecimal():
        return None
    place, sight = own_place_for(person, int(number))
    named = str(phrases.PLACE_NAMED) % {"number": number}
    about = About("place", number, named, reverse("desks:place", args=[number]))
    return award_story(about, place.outcome, sight)
