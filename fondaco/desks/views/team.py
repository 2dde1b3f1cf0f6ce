"""Who does what in a programme: the officers' page of its team."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.desks.forms import RoleForm
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.views.lists import plan_of_team
from fondaco.desks.views.ways import programme_for, way_below
from fondaco.directory.access import PersonRequest, fresh, signed_in
from fondaco.kernel.decisions import Refused
from fondaco.programmes import services
from fondaco.programmes.models import Programme, Role
from fondaco.programmes.phrases import REASONS, ROLES
from fondaco.programmes.selectors import role_with_people, team_of
from fondaco.programmes.states import RoleKind
from fondaco.web.lists import exported, listed


def _row(role: Role) -> dict[str, object]:
    return {"role": role, "kind": ROLES[RoleKind(role.kind)]}


@signed_in
@require_safe
def team(request: PersonRequest, code: str) -> HttpResponse:
    """Who has which role since when, and for which partner."""
    programme = programme_for(request, code, RoleKind.OFFICER)
    return _shown(request, programme, RoleForm(programme=programme))


def _shown(
    request: PersonRequest, programme: Programme, form: RoleForm, status: int = 200
) -> HttpResponse:
    shown = listed(request, team_of(programme), plan_of_team(programme))
    if shown.wants_csv:
        return exported(shown)
    context = {
        "list": shown,
        "rows": [_row(role) for role in shown.page],
        "programme": programme,
        "form": form,
        "programme_face": face_of(programme),
        "trail": way_below(programme),
    }
    return render(request, "desks/team.html", context, status=status)


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
