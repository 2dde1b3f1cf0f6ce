"""What may be decided of one application by itself, and what stops a decision from counting."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fondaco.applications.states import State
from fondaco.evaluation.rules.funds import Ceilings, Claim, Part, cost_of, room_for
from fondaco.evaluation.states import Group
from fondaco.kernel.decisions import Decision


class Stop(StrEnum):
    """Why a decision cannot be proposed or confirmed."""

    NO_RANKING = "no-ranking"
    RANKING_OUTDATED = "ranking-outdated"
    NOT_ASSESSED_LEFT = "not-assessed-left"
    DECIDED_ALREADY = "decided-already"
    PROPOSED_ALREADY = "proposed-already"
    NEEDS_RANKING = "needs-ranking"
    NOT_ADMITTED = "not-admitted"
    WITHDRAWN = "withdrawn"
    REASON_NEEDED = "reason-needed"
    GROUP_UNKNOWN = "group-unknown"
    NO_MONEY_LEFT = "no-money-left"
    NO_PLACE_LEFT = "no-place-left"
    AMOUNT_UNKNOWN = "amount-unknown"
    STILL_OPEN = "still-open"
    NO_MONEY_IN_PART = "no-money-in-part"
    NO_PLACE_IN_PART = "no-place-in-part"
    PART_CLOSED = "part-closed"
    OVER_CEILING = "over-ceiling"
    BELOW_LEAST = "below-least"
    TOO_MANY_SENT = "too-many-sent"
    BELOW_THRESHOLD = "marks-below-threshold"
    EARLIER_ONES_FIRST = "earlier-ones-first"
    DRAW_FIRST = "draw-first"
    CUT_OFF_NEEDED = "cut-off-needed"


SINGLE = (Group.AWARDED, Group.RESERVE, Group.NOT_FUNDED, Group.NOT_ELIGIBLE)
REOPENED = (*SINGLE, Group.BELOW_THRESHOLD)
"""What can be decided anew after redress: also what only a ranking says the first time."""


@dataclass(frozen=True, slots=True)
class Single:
    """One application that is decided by itself, and what is decided of it so far.

    `is_by_itself`: the call decides each as it comes, so that no ranking is needed; `judged` is
    then what its own marks say. `is_drawn`: a draw puts it in its place.
    """

    group: Group
    state: State
    has_why: bool
    experts: int
    is_proposed: bool = False
    final: Group | None = None
    is_reopened: bool = False
    is_by_itself: bool = False
    is_drawn: bool = False
    judged: Group | None = None


@dataclass(frozen=True, slots=True)
class Purse:
    """What the call may still spend, and what the decision would take out of it."""

    total_cents: int | None
    spent_cents: int
    places: int | None
    given: int


def single(facts: Single) -> Decision:
    """Whether the application may be decided by itself.

    A reserve may always be moved up, and what redress has opened again is decided by itself too.
    """
    is_no = facts.group == Group.NOT_ELIGIBLE
    failed = {
        Stop.GROUP_UNKNOWN: facts.group not in groups_for(facts),
        Stop.WITHDRAWN: facts.state in (State.WITHDRAWN, State.DRAFT),
        Stop.NOT_ADMITTED: not is_no
        and facts.state in (State.SUBMITTED, State.COMPLETION, State.INELIGIBLE),
        Stop.REASON_NEEDED: is_no and not facts.has_why and facts.state != State.INELIGIBLE,
        Stop.NEEDS_RANKING: _needs_ranking(facts),
        Stop.NOT_ASSESSED_LEFT: not is_no and facts.judged == Group.NOT_ASSESSED,
        Stop.BELOW_THRESHOLD: facts.group in (Group.AWARDED, Group.RESERVE)
        and facts.judged == Group.BELOW_THRESHOLD,
        Stop.PROPOSED_ALREADY: facts.is_proposed,
        Stop.DECIDED_ALREADY: facts.final not in (None, Group.RESERVE),
    }
    return Decision(tuple(stop for stop, is_failed in failed.items() if is_failed))


def groups_for(facts: Single) -> tuple[Group, ...]:
    """What can be decided: a missed threshold only where marks can say so without a ranking."""
    is_marked_alone = facts.is_by_itself and facts.experts > 0
    return REOPENED if facts.is_reopened or is_marked_alone else SINGLE


def _needs_ranking(facts: Single) -> bool:
    """Whether only a ranking, or a draw, may decide of it the first time."""
    if facts.is_reopened or facts.final == Group.RESERVE:
        return False
    return facts.is_drawn or (facts.experts > 0 and not facts.is_by_itself)


def spending(purse: Purse, amounts: tuple[int | None, ...]) -> Decision:
    """Whether all awards of a decision fit into what is left."""
    needs_amounts = purse.total_cents is not None
    cost = sum(cents or 0 for cents in amounts)
    left = (purse.total_cents or 0) - purse.spent_cents
    failed = {
        Stop.AMOUNT_UNKNOWN: needs_amounts and None in amounts,
        Stop.NO_MONEY_LEFT: needs_amounts and cost > left,
        Stop.NO_PLACE_LEFT: purse.places is not None and len(amounts) > purse.places - purse.given,
    }
    return Decision(tuple(stop for stop, is_failed in failed.items() if is_failed))


def fitting(parts: Iterable[Part], given: Mapping[str, int], claims: Iterable[Claim]) -> Decision:
    """Whether all awards of a decision fit into their envelopes and quotas."""
    asked = list(claims)
    found: list[Stop] = []
    for part in parts:
        own = [claim for claim in asked if part.code in claim.parts]
        cost = sum(cost_of(part, claim) for claim in own)
        if own and part.is_closed:
            found.append(Stop.PART_CLOSED)
        elif own and part.most is not None and given.get(part.code, 0) + cost > part.most:
            found.append(Stop.NO_MONEY_IN_PART if part.is_money else Stop.NO_PLACE_IN_PART)
    return Decision(tuple(dict.fromkeys(found)))


def under_ceilings(
    ceilings: Ceilings, given: Mapping[str, int], claims: Iterable[Claim]
) -> Decision:
    """Whether no organisation gets more than its ceilings by all awards of a decision."""
    got: dict[str, int] = defaultdict(int, given)
    for claim in claims:
        room = room_for(ceilings, had=claim.had_cents, given=got[claim.organisation])
        if room.cents is not None and claim.cents is None:
            return Decision((Stop.AMOUNT_UNKNOWN,))
        if room.cents is not None and (claim.cents or 0) > room.cents:
            return Decision((Stop.OVER_CEILING,))
        got[claim.organisation] += claim.cents or 0
    return Decision()
