"""Decisions: proposing them, saying yes, giving them up."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.directory.access import PersonRequest, fresh, signed_in
from fondaco.evaluation import access, phrases
from fondaco.evaluation.access import OfficeAction
from fondaco.evaluation.forms import ProposeForm, SingleForm, WhyForm
from fondaco.evaluation.models import Decision
from fondaco.evaluation.rules.consent import approval
from fondaco.evaluation.rules.decisions import REOPENED, SINGLE
from fondaco.evaluation.selectors import decisions as kept
from fondaco.evaluation.selectors.batches import is_by_itself
from fondaco.evaluation.selectors.outcomes import can_close_early, next_reserve
from fondaco.evaluation.selectors.parts import ranked_parts
from fondaco.evaluation.services import decisions as services
from fondaco.evaluation.states import DecisionState
from fondaco.evaluation.views.lists import (
    plan_of_decisions,
    plan_of_outcomes,
    plan_of_renounced,
    plan_of_reserve,
    plan_of_undecided,
)
from fondaco.evaluation.views.pages import attempt, office_page
from fondaco.web.lists import Listed, exported, listed


@signed_in
@require_safe
def decisions(request: PersonRequest, call: str) -> HttpResponse:
    """Every decision of the call, and the applications nobody has decided on."""
    found = access.call_for(request.user, call, to=OfficeAction.SEE_DECISIONS)
    lists = {
        "made": listed(request, kept.decisions_of(found), plan_of_decisions(found)),
        "renounced": listed(request, kept.renounced_in(found), plan_of_renounced(found)),
        "reserve": listed(request, kept.reserve_of(found), plan_of_reserve(found)),
        "open": listed(request, kept.applications_to_decide(found), plan_of_undecided(found)),
    }
    for one in lists.values():
        if one.wants_csv:
            return exported(one)
    context = {
        "next_up": next_reserve(found),
        "is_single": found.experts == 0 or is_by_itself(found),
        "closes_early": can_close_early(found, at=request.received_at),
    }
    page = office_page(request, found, "decisions")
    return render(request, "evaluation/decisions.html", page | lists | context)


@fresh
@require_POST
def propose(request: PersonRequest, call: str) -> HttpResponse:
    """Propose what the latest ranking says; a decider who proposes has said yes."""
    found = access.call_for(request.user, call, to=OfficeAction.PROPOSE)
    form = ProposeForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}

    def act() -> object:
        return services.propose_decision(
            found.pk,
            reserve=said.get("reserve"),
            cut_off=said.get("cut_off"),
            by=request.user,
            at=request.received_at,
        )

    attempt(request, act, _("The decision was proposed."))
    return redirect("evaluation:decisions", found.code)


@fresh
def single(request: PersonRequest, call: str, application: str) -> HttpResponse:
    """Propose what is decided of one application by itself."""
    found = access.application_in(request.user, call, application, to=OfficeAction.PROPOSE)
    reopened = kept.reopened_outcome(found.pk)
    marked_alone = is_by_itself(found.call) and found.call.experts > 0
    form = SingleForm(request.POST or None, groups=REOPENED if reopened or marked_alone else SINGLE)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> object:
            return services.propose_single_decision(
                found.pk,
                group=said["group"],
                why=said["why"],
                by=request.user,
                at=request.received_at,
            )

        if attempt(request, act, _("The decision was proposed.")):
            return redirect("evaluation:decisions", call)
    page = office_page(request, found.call, "decisions")
    context = {"form": form, "application": found, "final": kept.final_outcome(found) or reopened}
    return render(request, "evaluation/single.html", page | context)


@signed_in
@require_safe
def decision(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """What is decided of whom, who has said yes and who must."""
    found = access.decision_for(request.user, call, code, to=OfficeAction.SEE_DECISIONS)
    shown = kept.decision_with_outcomes(found.pk)
    shown.call = found.call
    outcomes = listed(request, list(shown.outcomes.all()), plan_of_outcomes(shown))
    if outcomes.wants_csv:
        return exported(outcomes)
    parts = ranked_parts(shown.ranking) if shown.ranking else []
    page = office_page(request, found.call, "decisions") | {"list": outcomes, "ranked_parts": parts}
    return render(request, "evaluation/decision.html", page | _shown(request, shown, outcomes))


def _shown(request: PersonRequest, shown: Decision, outcomes: Listed) -> dict[str, object]:
    call = shown.call
    speaker = phrases.Speaker.of(call)
    files = [one.application_id for one in shown.outcomes.all()]
    voice = kept.voice_of(request.user, call, files)
    said, proposer = kept.yeses_to(shown), shown.proposed_by_id
    allowed = approval(kept.consent_terms(call), said, voice, proposer=proposer)
    partners = {code: one.organisation.name for code, one in kept.partners_named(call).items()}
    rows = [
        (one, [phrases.step_in_words(step, speaker) for step in one.reasons])
        for one in outcomes.page
    ]
    return {
        "decision": shown,
        "rows": rows,
        "is_open": shown.state == DecisionState.PROPOSED,
        "can_approve": shown.state == DecisionState.PROPOSED and bool(allowed),
        "objections": [phrases.reason(code) for code in allowed.reasons],
        "awaited": phrases.awaited_in_words(kept.awaited_for(shown), partners),
        "deciders": kept.deciders_of(call),
        "form": WhyForm(),
    }


@fresh
@require_POST
def approve(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Say yes; only within five minutes of having proved who one is."""
    found = access.decision_for(request.user, call, code, to=OfficeAction.APPROVE)

    def act() -> object:
        return services.approve_decision(found.pk, by=request.user, at=request.received_at)

    attempt(request, act, _("You said yes to the decision."))
    return redirect("evaluation:decision", call, code)


@signed_in
@require_POST
def drop(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Give up a decision that does not count yet."""
    found = access.decision_for(request.user, call, code, to=OfficeAction.DROP)
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""

    def act() -> object:
        return services.drop_decision(found.pk, why=why, by=request.user, at=request.received_at)

    attempt(request, act, _("The decision was given up."))
    return redirect("evaluation:decision", call, code)
