"""Who may build calls: the officers of the programme."""

from django.http import Http404

from fondaco.calls.models import Call
from fondaco.calls.selectors import call_named
from fondaco.directory.models import Person
from fondaco.programmes.access import require_role
from fondaco.programmes.models import Programme
from fondaco.programmes.selectors import programme_of
from fondaco.programmes.states import RoleKind


def built_call(person: Person, code: str) -> Call:
    """The call, for an officer of its programme."""
    call = call_named(code)
    if call is None:
        raise Http404
    require_role(person, call.programme, RoleKind.OFFICER)
    return call


def programme_to_build_in(person: Person, code: str) -> Programme:
    """The programme, for one of its officers."""
    programme = programme_of(code)
    if programme is None:
        raise Http404
    require_role(person, programme, RoleKind.OFFICER)
    return programme
