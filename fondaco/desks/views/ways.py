"""The way into the officer's pages: who is let in, and where they stand."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.calls.models import Call
from fondaco.calls.selectors import call_named
from fondaco.directory.access import PersonRequest
from fondaco.programmes.access import require_role
from fondaco.programmes.models import Programme
from fondaco.programmes.selectors import programme_of
from fondaco.programmes.states import RoleKind


def programme_for(request: PersonRequest, code: str, *kinds: RoleKind) -> Programme:
    """The programme, for those who have one of the roles there."""
    found = programme_of(code)
    if found is None:
        raise Http404
    require_role(request.user, found, *kinds)
    return found


def call_for(request: PersonRequest, code: str, *kinds: RoleKind) -> Call:
    """The call, for those who have one of the roles in its programme."""
    found = call_named(code)
    if found is None:
        raise Http404
    require_role(request.user, found.programme, *kinds)
    return found


def way_to_programme() -> list[tuple[str, str]]:
    """The way to the page of a programme that one runs."""
    return [(_("My desk"), reverse("desks:home"))]


def way_below(programme: Programme) -> list[tuple[str, str]]:
    """The way to what stands below that page."""
    return [*way_to_programme(), (programme.acronym, reverse("desks:run", args=[programme.code]))]


def way_to_call(call: Call) -> list[tuple[str, str]]:
    """The way to the office of a call."""
    return way_below(call.programme)
