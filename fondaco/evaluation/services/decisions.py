"""Proposing a decision, saying yes to it, and the moment it counts."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from fondaco.applications.models import Application
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import assessing, opening
from fondaco.calls.selectors import (
    ceiling_over_calls,
    locked_call,
    opening_terms,
)
from fondaco.calls.services import mark_decided
from fondaco.calls.states import OPEN_ENDED, Stage, Support
from fondaco.directory.models import Person
from fondaco.directory.selectors import locked_organisation
from fondaco.evaluation.models import Approval, Decision, Outcome, Ranking
from fondaco.evaluation.rules import decisions as rules
from fondaco.evaluation.rules.consent import approval, awaited
from fondaco.evaluation.rules.decisions import Single, Stop
from fondaco.evaluation.rules.replay import PlainLine, rounded
from fondaco.evaluation.selectors import decisions as kept
from fondaco.evaluation.selectors.batches import is_by_itself
from fondaco.evaluation.selectors.draws import is_on_drawn_list
from fondaco.evaluation.selectors.outcomes import (
    OCCASIONS,
    reasons_not_eligible,
    told_under,
)
from fondaco.evaluation.selectors.rankings import (
    amount_for,
    is_current,
    judged_alone,
    latest_ranking,
    line_now,
    names_in,
)
from fondaco.evaluation.services.assignments import give_back, release_assignments
from fondaco.evaluation.services.limits import refuse_out_of_turn, refuse_overspending
from fondaco.evaluation.services.rankings import refuse_early
from fondaco.evaluation.states import DECISION_TABLE, DecisionAction, DecisionState, Group
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused, target_of
from fondaco.mail.services import hold_back_letters
from fondaco.mail.states import HeldBack
from fondaco.trail import services as trail

SCORE_DIGITS = 4
GIVING = (Group.AWARDED, Group.RESERVE)
FROM_LINE = {
    *("criterion-short", "total-short", "over-ceiling", "below-least"),
    *("not-among-best", "too-many", "part-closed"),
}


def _tell(verb: str, decision: Decision, *, by: Person, at: datetime, **data: object) -> None:
    trail.record(
        verb,
        subject=decision.code,
        programme=decision.call.programme.code,
        by_id=by.pk,
        at=at,
        **data,
    )


def _refuse_open(call: Call, applications: Iterable[Application], *, at: datetime) -> None:
    """Nothing is decided of what can still be corrected; each cut-off stands by itself."""
    terms = opening_terms(call)
    for received in {one.submitted_at for one in applications}:
        if reasons := assessing(terms, at=at, received_at=received).reasons:
            raise Refused(*reasons)


def _begin(call: Call, ranking: Ranking | None, *, by: Person, at: datetime) -> Decision:
    return Decision.objects.create(
        code=f"{call.code}-decision-{kept.decisions_count(call) + 1}",
        call=call,
        ranking=ranking,
        proposed_at=at,
        proposed_by=by,
    )


def _group_of(line: PlainLine, reserve: int | None) -> Group:
    group = Group(line["group"])
    is_beyond = reserve is not None and (line["position"] or 0) > reserve
    return Group.NOT_FUNDED if group == Group.RESERVE and is_beyond else group


def _outcome(
    decision: Decision, application: Application, line: PlainLine, reserve: int | None
) -> Outcome:
    group = _group_of(line, reserve)
    reasons: list[object] = [step for step in line["steps"] if step["code"] in FROM_LINE]
    if group == Group.NOT_ELIGIBLE:
        reasons = [*reasons_not_eligible(application), *reasons]
    return Outcome(
        decision=decision,
        application=application,
        group=group,
        place=line["place"],
        position=line["position"] if group == Group.RESERVE else None,
        score=rounded(line["score"], SCORE_DIGITS),
        amount_cents=line["amount_cents"],
        reasons=reasons,
    )


@transaction.atomic
def propose_decision(
    call_id: int,
    *,
    reserve: int | None = None,
    cut_off: int | None = None,
    by: Person,
    at: datetime,
) -> Decision:
    """Propose what the latest ranking says; beyond `reserve` places nobody waits on the list.

    Raises `Refused` where the ranking is not what the marks say now, or something is decided.
    """
    call = locked_call(call_id)
    refuse_early(call, cut_off, at=at)
    ranking = latest_ranking(call, cut_off)
    if ranking is None:
        raise Refused(Stop.NO_RANKING)
    lines: list[PlainLine] = ranking.lines
    applications = names_in(call)
    pks = [applications[line["code"]].pk for line in lines]
    failed = {
        Stop.RANKING_OUTDATED: not is_current(ranking),
        Stop.NOT_ASSESSED_LEFT: any(line["group"] == Group.NOT_ASSESSED for line in lines),
        Stop.DECIDED_ALREADY: bool(kept.final_outcomes(pks)),
        Stop.PROPOSED_ALREADY: bool(kept.proposed_among(pks)),
    }
    if reasons := [stop for stop, is_failed in failed.items() if is_failed]:
        raise Refused(*reasons)
    decision = _begin(call, ranking, by=by, at=at)
    Outcome.objects.bulk_create(
        _outcome(decision, applications[line["code"]], line, reserve) for line in lines
    )
    _tell("decision.proposed", decision, by=by, at=at, ranking=ranking.number, reserve=reserve)
    _release_open_files((line["code"] for line in lines), decision, at=at)
    return _say_yes_if_it_counts(decision, by=by, at=at)


@transaction.atomic
def propose_single_decision(
    application_id: int, *, group: Group, why: str = "", by: Person, at: datetime
) -> Decision:
    """Propose what is decided of one application by itself, or that a reserve moves up.

    Raises `Refused` with every reason against it.
    """
    call = locked_call(kept.call_of(application_id))
    [application] = kept.locked_applications([application_id])
    _refuse_open(call, [application], at=at)
    final = kept.final_outcomes([application_id]).get(application_id)
    before = final or kept.reopened_outcome(application_id)
    allowed = rules.single(
        Single(
            group=group,
            state=State(application.state),
            has_why=bool(why.strip()),
            experts=call.experts,
            is_proposed=bool(kept.proposed_among([application_id])),
            final=Group(final.group) if final else None,
            is_reopened=final is None and before is not None,
            is_by_itself=is_by_itself(call),
            is_drawn=is_on_drawn_list(call, application),
            judged=judged_alone(call, application),
        )
    )
    if not allowed:
        raise Refused(*allowed.reasons)
    decision = _begin(call, None, by=by, at=at)
    outcome = _single_outcome(decision, application, group, why.strip(), before)
    if group == Group.AWARDED:
        refuse_out_of_turn(call, [outcome])
        refuse_overspending(call, [outcome])
    outcome.save()
    _tell("decision.proposed", decision, by=by, at=at, application=application.code, group=group)
    _release_open_files([application.code], decision, at=at)
    return _say_yes_if_it_counts(decision, by=by, at=at)


def _single_outcome(
    decision: Decision, application: Application, group: Group, why: str, before: Outcome | None
) -> Outcome:
    reasons: list[object] = [{"code": "said", "numbers": {"text": why}}] if why else []
    if group == Group.NOT_ELIGIBLE:
        reasons = [*reasons_not_eligible(application), *reasons]
    call = decision.call
    line = line_now(call, application)
    if line and group == Group.BELOW_THRESHOLD:
        reasons = [step for step in line["steps"] if step["code"] in FROM_LINE] + reasons
    is_paid = group in (Group.AWARDED, Group.RESERVE) and call.support != Support.NONE
    return Outcome(
        decision=decision,
        application=application,
        group=group,
        place=before.place if before else None,
        position=kept.next_position(call) if group == Group.RESERVE else None,
        score=_score_now(line, before),
        amount_cents=amount_for(call, application) if is_paid else None,
        reasons=reasons,
    )


def _score_now(line: PlainLine | None, before: Outcome | None) -> Decimal | None:
    """The score of the ranking that holds, else the one that was decided on before."""
    if line is not None:
        return rounded(line["score"], SCORE_DIGITS)
    return before.score if before else None


def _release_open_files(applications: Iterable[str], decision: Decision, *, at: datetime) -> None:
    """Marks that are not locked when a decision is proposed do not come into it any more."""
    for code in applications:
        release_assignments(code, at=at, decision=decision)


def _say_yes_if_it_counts(decision: Decision, *, by: Person, at: datetime) -> Decision:
    """Whoever proposes and may decide has thereby said yes."""
    voice = kept.voice_of(by, decision.call, kept.applications_in(decision))
    if approval(kept.consent_terms(decision.call), (), voice, proposer=by.pk):
        _say_yes(decision, partner=voice.partner, by=by, at=at)
    return decision


def _say_yes(decision: Decision, *, partner: str, by: Person, at: datetime) -> None:
    Approval.objects.create(
        decision=decision,
        person=by,
        partner=kept.partner_coded(decision.call, partner) if partner else None,
        at=at,
    )
    said = kept.yeses_to(decision)
    _tell("decision.approved", decision, by=by, at=at, partner=partner, said=said)
    if not awaited(kept.consent_terms(decision.call), said):
        _confirm(decision, by=by, at=at)


@transaction.atomic
def approve_decision(pk: int, *, by: Person, at: datetime) -> Decision:
    """Say yes; with the last yes that is needed the decision counts.

    Raises `Refused` where this person's yes cannot count, or the decision no longer stands.
    """
    decision = kept.locked_decision(pk)
    if decision.state != DecisionState.PROPOSED:
        raise MoveRefused(DecisionAction.CONFIRM, decision.state)
    voice = kept.voice_of(by, decision.call, kept.applications_in(decision))
    said, proposer = kept.yeses_to(decision), decision.proposed_by_id
    allowed = approval(kept.consent_terms(decision.call), said, voice, proposer=proposer)
    if not allowed:
        raise Refused(*allowed.reasons)
    _say_yes(decision, partner=voice.partner, by=by, at=at)
    return decision


def _confirm(decision: Decision, *, by: Person, at: datetime) -> None:
    """Everybody has said yes: the outcomes are final, what they replace is not any more."""
    call = locked_call(decision.call_id)
    outcomes = list(decision.outcomes.order_by("pk"))
    applications = kept.locked_applications(outcome.application_id for outcome in outcomes)
    _refuse_open(call, applications, at=at)
    _refuse_stale(decision, outcomes, applications)
    if ceiling_over_calls(call) is not None:
        for organisation in sorted({one.organisation_id for one in applications}):
            locked_organisation(organisation)
    awarded = [one for one in outcomes if one.group == Group.AWARDED]
    refuse_out_of_turn(call, awarded)
    refuse_overspending(call, awarded)
    decision.state = target_of(DECISION_TABLE, DecisionAction.CONFIRM, decision.state)
    decision.confirmed_at = at
    decision.save(update_fields=["state", "confirmed_at"])
    final = kept.final_outcomes(one.pk for one in applications)
    Outcome.objects.filter(pk__in=[one.pk for one in final.values()]).update(is_final=False)
    decision.outcomes.update(is_final=True)
    _tell("decision.confirmed", decision, by=by, at=at, files=len(outcomes), awarded=len(awarded))
    _close_thread(call, by=by, at=at)


def _close_thread(call: Call, *, by: Person, at: datetime) -> None:
    """With its last application a call is decided; one that still takes in is not."""
    is_over = opening(opening_terms(call), at=at) == Stage.CLOSED
    is_first = call.decided_at is None and call.intake not in OPEN_ENDED and is_over
    if is_first and not kept.undecided_applications(call).exists():
        mark_decided(call.pk, by=by, at=at)


def _refuse_stale(
    decision: Decision, outcomes: list[Outcome], applications: list[Application]
) -> None:
    """A withdrawal, a refusal or a changed mark since the proposal takes the ground away."""
    eligible = {one.pk for one in applications if one.state == State.ELIGIBLE}
    not_admitted = any(
        one.group in GIVING and one.application_id not in eligible for one in outcomes
    )
    withdrawn = any(one.state == State.WITHDRAWN for one in applications)
    outdated = decision.ranking is not None and not is_current(decision.ranking)
    failed = {
        Stop.WITHDRAWN: withdrawn,
        Stop.NOT_ADMITTED: not_admitted and not withdrawn,
        Stop.RANKING_OUTDATED: outdated,
    }
    if reasons := [stop for stop, is_failed in failed.items() if is_failed]:
        raise Refused(*reasons)


@transaction.atomic
def drop_decision(pk: int, *, why: str, by: Person, at: datetime) -> Decision:
    """Give up a decision that does not count yet, with the reason."""
    if not why.strip():
        raise Refused(Stop.REASON_NEEDED)
    decision = kept.locked_decision(pk)
    decision.state = target_of(DECISION_TABLE, DecisionAction.DROP, decision.state)
    decision.save(update_fields=["state"])
    _tell("decision.dropped", decision, by=by, at=at, why=why.strip())
    give_back(decision, at=at)
    return decision


@transaction.atomic
def renounce_outcome(application: str, *, by_id: int | None, at: datetime) -> Outcome | None:
    """A withdrawn application gives back its award or its place on the reserve list, if any.

    The caller has locked the application. Letters of a decision on it that nobody has released yet
    are held back.
    """
    outcome = kept.locked_final_outcome(application, Group)
    subjects = {application, *(told_under([outcome]).values() if outcome else ())}
    for subject in sorted(subjects):
        why = HeldBack.APPLICATION_WITHDRAWN
        hold_back_letters(subject, occasions=OCCASIONS.values(), why=why, at=at)
    if outcome is None or outcome.group not in GIVING:
        return None
    outcome.is_final, outcome.renounced_at = False, at
    outcome.save(update_fields=["is_final", "renounced_at"])
    trail.record(
        "decision.renounced",
        subject=outcome.decision.code,
        programme=outcome.decision.call.programme.code,
        by_id=by_id,
        at=at,
        application=application,
        group=outcome.group,
        amount_cents=outcome.amount_cents,
    )
    return outcome
