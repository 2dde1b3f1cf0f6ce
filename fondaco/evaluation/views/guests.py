"""Invitations: who may apply to a call that only invited organisations can answer."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fondaco.applications.models import Guest
from fondaco.applications.selectors.guests import guest_in, guests_of, is_by_invitation
from fondaco.applications.services.guests import invite_guest, withdraw_guest
from fondaco.calls.models import Call
from fondaco.calls.states import Intake
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.evaluation import access
from fondaco.evaluation.access import OfficeAction
from fondaco.evaluation.forms import GuestForm
from fondaco.evaluation.selectors.stages import placed_for, stage_facts
from fondaco.evaluation.services.stages import invite_best
from fondaco.evaluation.views.lists import ACTIONS
from fondaco.evaluation.views.pages import attempt, office_page
from fondaco.web.lists import Column, Plan, exported, listed


def _guest_named(one: Guest) -> str:
    return one.organisation.name if one.organisation else one.email


GUESTS = {
    "guest": Column(gettext_lazy("Invited"), _guest_named, _guest_named),
    "address": Column(gettext_lazy("E-mail"), cell=lambda one: one.email, is_shown=False),
    "invited": Column(gettext_lazy("Since"), ["invited_at"], lambda one: one.invited_at),
    "first": Column(
        gettext_lazy("First stage"),
        cell=lambda one: one.answers_from.code if one.answers_from else "",
    ),
    "actions": ACTIONS,
}


def plan_of_guests(call: Call) -> Plan:
    """Who is invited to the call."""
    return Plan(
        f"{call.code}-guests",
        GUESTS,
        lambda one: f"{_guest_named(one)} {one.email}",
        first="-invited",
    )


@signed_in
def guests(request: PersonRequest, call: str) -> HttpResponse:
    """Who is invited; posting invites one more."""
    kept = access.call_for(request.user, call, to=OfficeAction.INVITE)
    if not is_by_invitation(kept):
        raise Http404
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invited(request, kept, form):
        return redirect("evaluation:guests", kept.code)
    invited = listed(request, guests_of(kept), plan_of_guests(kept))
    if invited.wants_csv:
        return exported(invited)
    context = office_page(request, kept, "guests") | {
        "list": invited,
        "form": form,
        "is_staged": kept.intake == Intake.STAGED,
        "stage": stage_facts(kept, placed_for(kept)),
    }
    return render(request, "evaluation/guests.html", context)


def _invited(request: PersonRequest, call: Call, form: GuestForm) -> bool:
    def act() -> object:
        return invite_guest(
            call.pk,
            organisation=form.organisation,
            email=form.email,
            by=request.user,
            at=request.received_at,
        )

    return attempt(request, act, _("They are invited and get a letter."))


@signed_in
@require_POST
def best(request: PersonRequest, call: str) -> HttpResponse:
    """Invite the best of the first stage."""
    kept = access.call_for(request.user, call, to=OfficeAction.INVITE)

    def act() -> object:
        return invite_best(kept.pk, by=request.user, at=request.received_at)

    attempt(request, act, _("The best of the first stage are invited and get a letter."))
    return redirect("evaluation:guests", kept.code)


@signed_in
@require_POST
def withdraw(request: PersonRequest, call: str, guest: int) -> HttpResponse:
    """Take an invitation back."""
    kept = access.call_for(request.user, call, to=OfficeAction.INVITE)
    found = guest_in(kept, guest)
    if found is None:
        raise Http404

    def act() -> object:
        return withdraw_guest(found.pk, by=request.user, at=request.received_at)

    attempt(request, act, _("The invitation was taken back."))
    return redirect("evaluation:guests", kept.code)
