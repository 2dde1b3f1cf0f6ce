"""Draws: the list and its hash, the seed, and the page on which anybody can repeat it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fondaco.directory.access import PersonRequest, signed_in
from fondaco.evaluation import access
from fondaco.evaluation.access import OfficeAction
from fondaco.evaluation.forms import FreezeForm, TakeSeedForm
from fondaco.evaluation.selectors.draws import (
    is_drawn_here,
    latest_draw,
    list_facts,
    public_draws,
    receipts_in_order,
)
from fondaco.evaluation.services.draws import freeze_list, take_seed
from fondaco.evaluation.views.pages import attempt, office_page
from fondaco.web import words
from fondaco.web.lists import Column, Plan, exported, listed

RECEIPTS = {
    "place": Column(gettext_lazy("Place"), lambda row: row[0], lambda row: row[0], is_number=True),
    "receipt": Column(
        gettext_lazy("Fingerprint of the receipt"), lambda row: row[1], lambda row: row[1]
    ),
}


def plan_of_receipts(code: str) -> Plan:
    """The receipts of a draw in their order."""
    return Plan(f"{code}-draw", RECEIPTS, lambda row: row[1])


@signed_in
@require_safe
def draw(request: PersonRequest, call: str) -> HttpResponse:
    """How far the draw is: the list published, the seed taken, and what is to be done next."""
    kept = access.call_for(request.user, call, to=OfficeAction.SEE_DRAW)
    if not is_drawn_here(kept):
        raise Http404
    facts = list_facts(kept, seed_from="", at=request.received_at)
    context = office_page(request, kept, "draw") | {
        "draw": latest_draw(kept),
        "facts": facts,
        "freeze_form": FreezeForm(),
        "seed_form": TakeSeedForm(),
        "can_draw": access.can(request.user, OfficeAction.DRAW, kept),
    }
    return render(request, "evaluation/draw.html", context)


@signed_in
@require_POST
def freeze(request: PersonRequest, call: str) -> HttpResponse:
    """Publish the list with its hash, before anybody can know the seed."""
    kept = access.call_for(request.user, call, to=OfficeAction.DRAW)
    form = FreezeForm(request.POST)
    seed_from = form.cleaned_data["seed_from"] if form.is_valid() else ""

    def act() -> object:
        return freeze_list(kept.pk, seed_from=seed_from, by=request.user, at=request.received_at)

    attempt(request, act, _("The list is published; take the seed when it is known."))
    return redirect("evaluation:draw", kept.code)


@signed_in
@require_POST
def seed(request: PersonRequest, call: str) -> HttpResponse:
    """Take the seed, once."""
    kept = access.call_for(request.user, call, to=OfficeAction.DRAW)
    form = TakeSeedForm(request.POST)
    typed = form.cleaned_data["seed"] if form.is_valid() else ""

    def act() -> object:
        return take_seed(kept.pk, seed=typed, by=request.user, at=request.received_at)

    attempt(request, act, _("The draw is held; its page shows the order to everybody."))
    return redirect("evaluation:draw", kept.code)


@require_safe
def public(request: HttpRequest, call: str) -> HttpResponse:
    """The list, its hash, the seed and the order: everything that repeating the draw needs."""
    every = public_draws(call)
    if not every:
        raise Http404
    shown, *earlier = every
    rows = list(enumerate(receipts_in_order(shown), start=1))
    receipts = listed(request, rows, plan_of_receipts(call))
    if receipts.wants_csv:
        return exported(receipts)
    title = words.say(shown.call.title).text
    context = {
        "draw": shown,
        "call": shown.call,
        "earlier": earlier,
        "list": receipts,
        "is_demonstration": shown.call.is_demonstration,
        "trail": [(title, reverse("desks:call", args=[call]))],
    }
    return render(request, "evaluation/draw_public.html", context)
