"""Who does what in a programme: the officers' page of its team."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.desks.forms import RoleForm
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.views.lists import (
    ROWS,
    address_without_page,
    asked_in,
    filter_of,
    headings_of,
    table_export,
)
from fondaco.desks.views.ways import programme_for, way_below
from fondaco.directory.access import PersonRequest, fresh, signed_in
from fondaco.kernel.decisions import Refused
from fondaco.kernel.plain import plain
from fondaco.programmes import services
from fondaco.programmes.models import Programme, Role
from fondaco.programmes.phrases import REASONS, ROLES
from fondaco.programmes.selectors import role_with_people, team_of
from fondaco.programmes.states import RoleKind


def _row(role: Role) -> dict[str, object]:
    return {"role": role, "kind": ROLES[RoleKind(role.kind)]}


def _exported(programme: Programme, asked: dict[str, str]) -> HttpResponse:
    rows = [
        (
            role.person.name,
            role.person.email,
            role.kind,
            role.partner.code if role.partner else "",
            plain(role.since),
        )
        for role in team_of(programme, **asked)
    ]
    headings = ("person", "e-mail", "role", "partner", "since")
    return table_export(f"{programme.code}-team", headings, rows)


@signed_in
@require_safe
def team(request: PersonRequest, code: str) -> HttpResponse:
    """Who has which role since when, and for which partner."""
    programme = programme_for(request, code, RoleKind.OFFICER)
    if request.GET.get("export") == "csv":
        return _exported(programme, asked_in(request, "search", "role", "sort"))
    return _shown(request, programme, RoleForm(programme=programme))


def _shown(
    request: PersonRequest, programme: Programme, form: RoleForm, status: int = 200
) -> HttpResponse:
    context = _listed(request, programme) | {
        "programme": programme,
        "form": form,
        "programme_face": face_of(programme),
        "trail": way_below(programme),
    }
    return render(request, "desks/team.html", context, status=status)


def _listed(request: PersonRequest, programme: Programme) -> dict[str, object]:
    """The part of the list that the address asks for, with what searches and sorts it."""
    asked = asked_in(request, "search", "role", "sort")
    page = Paginator(team_of(programme, **asked), ROWS).get_page(request.GET.get("page"))
    kinds = [(kind.value, ROLES[kind]) for kind in RoleKind]
    labels = {
        "person": _("Person"),
        "role": _("Role"),
        "partner": _("For"),
        "since": _("Since"),
    }
    query = address_without_page(request)
    return {
        "page": page,
        "rows": [_row(role) for role in page],
        "headings": headings_of(request, labels, first="person"),
        "search": asked["search"],
        "filters": [filter_of("role", _("Role"), kinds, asked["role"])],
        "query": query,
        "export": f"?export=csv{query}",
    }


@fresh
@require_POST
def give_role(request: PersonRequest, code: str) -> HttpResponse:
    """Give somebody who is registered a role."""
    programme = programme_for(request, code, RoleKind.OFFICER)
    form = RoleForm(request.POST, programme=programme)
    if not form.is_valid() or form.person is None:
        return _shown(request, programme, form, status=422)
    kind = RoleKind(form.cleaned_data["kind"])
    try:
        services.give_role(
            form.person,
            kind,
            programme=programme,
            partner=form.acts_for,
            by_id=request.user.pk,
            at=request.received_at,
        )
    except Refused as refused:
        form.add_error("kind", [str(REASONS[reason]) for reason in refused.reasons])
        return _shown(request, programme, form, status=422)
    told = {"person": form.person, "role": ROLES[kind]}
    messages.success(request, _("%(person)s has a new role: %(role)s") % told)
    return redirect("desks:team", code=code)


@fresh
def take_role(request: PersonRequest, code: str, role: int) -> HttpResponse:
    """Take a role away; asked once, and never the last officer's."""
    programme = programme_for(request, code, RoleKind.OFFICER)
    held = role_with_people(programme, role)
    if held is None:
        raise Http404
    refusals: list[object] = []
    if request.method == "POST":
        try:
            services.take_role_away(held.pk, by_id=request.user.pk, at=request.received_at)
        except Refused as refused:
            refusals = [REASONS[reason] for reason in refused.reasons]
        else:
            messages.success(request, _("The role was taken away."))
            is_own = held.person_id == request.user.pk and held.kind == RoleKind.OFFICER
            return redirect("desks:home") if is_own else redirect("desks:team", code=code)
    context = {"programme": programme, "refusals": refusals, **_row(held)}
    context |= {"programme_face": face_of(programme), "trail": way_below(programme)}
    return render(request, "desks/take_role.html", context, status=422 if refusals else 200)
