"""The ranking of a call: how each line came to its place, and where the money ends."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondaco.calls.models import Call
from fondaco.calls.states import Intake
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.evaluation import access
from fondaco.evaluation.access import OfficeAction
from fondaco.evaluation.forms import CutOffForm, ProposeForm, SeedForm
from fondaco.evaluation.models import Ranking
from fondaco.evaluation.rules.ranking import DRAW
from fondaco.evaluation.selectors.lists import is_replayed, shown_lines
from fondaco.evaluation.selectors.parts import ranked_parts
from fondaco.evaluation.selectors.rankings import is_current, latest_ranking, rankings_of
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.views.lists import plan_of_ranking
from fondaco.evaluation.views.pages import (
    attempt,
    cut_off_asked,
    office_page,
    way_to_ranking,
)
from fondaco.web.lists import Listed, exported, listed


@signed_in
def ranking(request: PersonRequest, call: str) -> HttpResponse:
    """The latest ranking; posting makes a new one from the locked marks."""
    if request.method == "POST":
        return _make(request, call)
    kept = access.call_for(request.user, call, to=OfficeAction.SEE_RANKING)
    number = cut_off_asked(request, kept)
    latest = latest_ranking(kept, number)
    context = office_page(request, kept, "ranking", cut_off=number) | {
        "ranking": latest,
        "seed_form": SeedForm() if _asks_seed(kept) else None,
        "is_latest": True,
    }
    if latest:
        latest.call = kept
        context |= _shown(request, latest)
    return render(request, "evaluation/ranking.html", context)


def _asks_seed(call: Call) -> bool:
    """A lottery has its seed from its draw."""
    return DRAW in call.tie_breaks and call.intake != Intake.LOTTERY


def _make(request: PersonRequest, call: str) -> HttpResponse:
    kept = access.call_for(request.user, call, to=OfficeAction.RANK)
    form, batch = SeedForm(request.POST), CutOffForm(request.POST)
    seed = form.cleaned_data["seed"] if form.is_valid() else ""
    number = batch.cleaned_data["cut_off"] if batch.is_valid() else None

    def act() -> object:
        return make_ranking(
            kept.pk, seed=seed, cut_off=number, by=request.user, at=request.received_at
        )

    attempt(request, act, _("The ranking was made."))
    return redirect(way_to_ranking(kept.code, number))


def _listed(request: PersonRequest, kept: Ranking) -> Listed:
    at = reverse("evaluation:ranking-export", args=[kept.call.code, kept.number])
    return listed(request, shown_lines(kept), plan_of_ranking(kept), export_at=at)


def _shown(request: PersonRequest, kept: Ranking) -> dict[str, object]:
    return {
        "list": _listed(request, kept),
        "is_current": is_current(kept),
        "ranked_parts": ranked_parts(kept),
        "is_replayed": is_replayed(kept),
        "propose_form": ProposeForm(initial={"cut_off": kept.cut_off}),
        "earlier": rankings_of(kept.call),
    }


@signed_in
@require_safe
def ranking_numbered(request: PersonRequest, call: str, number: int) -> HttpResponse:
    """An earlier ranking, as it was made."""
    kept = access.ranking_for(request.user, call, number)
    page = office_page(request, kept.call, "ranking", cut_off=kept.cut_off)
    context = page | {"ranking": kept, "is_latest": False}
    return render(request, "evaluation/ranking.html", context | _shown(request, kept))


@signed_in
@require_safe
def ranking_export(request: PersonRequest, call: str, number: int) -> HttpResponse:
    """The ranking as a table, with exact scores and all steps."""
    kept = access.ranking_for(request.user, call, number)
    return exported(_listed(request, kept))
