"""What came of the money: the page of those who ask, for the funder or for a partner."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.desks.selectors import programmes as programme_pages
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.selectors.results import Results, results_of, tiles_of
from fondaco.desks.views.lists import plan_of_results
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.programmes.access import require_role
from fondaco.programmes.models import Programme
from fondaco.programmes.selectors import programme_with_details
from fondaco.programmes.states import RoleKind
from fondaco.web.lists import Listed, exported, listed

MAY_ASK = (RoleKind.OBSERVER, RoleKind.PARTNER, RoleKind.OFFICER, RoleKind.DECIDER)


def _programme_for(request: PersonRequest, code: str) -> Programme:
    found = programme_with_details(code)
    if found is None:
        raise Http404
    require_role(request.user, found, *MAY_ASK)
    return found


def _listed(request: PersonRequest, programme: Programme, found: Results) -> Listed:
    at = reverse("desks:results_csv", args=[programme.code])
    return listed(request, found.calls, plan_of_results(programme), export_at=at)


@signed_in
def results(request: PersonRequest, code: str) -> HttpResponse:
    """Money and awards decided so far, by call and country, beside what was promised."""
    programme = _programme_for(request, code)
    found = results_of(programme)
    context = {
        "programme": programme,
        "results": found,
        "list": _listed(request, programme, found),
        "tiles": tiles_of(found, programme),
        "promises": programme_pages.promises_of(programme),
        "programme_face": face_of(programme),
        "trail": [(_("My desk"), reverse("desks:home"))],
    }
    return render(request, "desks/results.html", context)


@signed_in
def results_csv(request: PersonRequest, code: str) -> HttpResponse:
    """The same figures as a table for spreadsheets."""
    programme = _programme_for(request, code)
    return exported(_listed(request, programme, results_of(programme)))
