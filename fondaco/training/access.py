"""Who may see and mark the places of a course."""

from django.http import Http404

from fondaco.calls.models import Call
from fondaco.calls.states import Kind
from fondaco.directory.models import Person
from fondaco.programmes.access import require_role
from fondaco.programmes.states import RoleKind
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
