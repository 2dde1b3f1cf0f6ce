"""The page of those who act for a partner of a programme."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fondaco.desks.selectors import partner as partner_pages
from fondaco.desks.selectors import programmes as programme_pages
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.selectors.results import results_of
from fondaco.desks.views.lists import now, plan_of_partner
from fondaco.desks.views.ways import way_to_programme
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.programmes.access import require_role
from fondaco.programmes.models import Partner
from fondaco.programmes.phrases import ROLES
from fondaco.programmes.selectors import programme_with_details
from fondaco.programmes.states import RoleKind
from fondaco.web.lists import exported, listed


@signed_in
@require_safe
def partner(request: PersonRequest, code: str) -> HttpResponse:
    """The calls and where they stand, what came of them, and the partner's own part."""
    programme = programme_with_details(code)
    if programme is None:
        raise Http404
    found = partner_pages.part_of(require_role(request.user, programme, RoleKind.PARTNER))
    results = results_of(programme)
    calls = partner_pages.calls_for(programme, found, results.calls, at=now(request))
    contact, website = programme_pages.contact_of(programme)
    shown = listed(request, calls, plan_of_partner(programme))
    if shown.wants_csv:
        return exported(shown)
    context = {
        "programme": programme,
        "list": shown,
        "tiles": partner_pages.tiles_of(calls),
        "promises": programme_pages.promises_of(programme),
        "officers": partner_pages.officers_of(programme),
        "contact": contact,
        "contact_website": website,
        "programme_face": face_of(programme),
        "trail": way_to_programme(),
    }
    return render(request, "desks/partner.html", context | _own(request, found))


def _own(request: PersonRequest, found: Partner | None) -> dict[str, object]:
    """The partner itself, as the programme describes it, and who acts for it."""
    if found is None:
        return {"partner": None}
    colleagues = {one.pk for one in request.organisations}
    people = [(role, ROLES[RoleKind(role.kind)]) for role in partner_pages.people_for(found)]
    return {
        "partner": found,
        "pairs": partner_pages.described(found),
        "people": people,
        "is_colleague": found.organisation_id in colleagues,
    }
