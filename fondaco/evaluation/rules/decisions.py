"""What may be decided of one application by itself, and what stops a decision from counting."""

from dataclasses import dataclass
from enum import StrEnum

from fondaco.applications.states import State
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


SINGLE = (Group.AWARDED, Group.RESERVE, Group.NOT_FUNDED, Group.NOT_ELIGIBLE)
REOPENED = (*SINGLE, Group.BELOW_THRESHOLD)
"""What can be decided anew after redress: also what only a ranking says the first time."""


@dataclass(frozen=True, slots=True)
class Single:
    """One application that is decided by itself, and what is decided of it so far."""

    group: Group
    state: State
    has_why: bool
    experts: int
    is_proposed: bool = False
    final: Group | None = None
    is_reopened: bool = False


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
        Stop.GROUP_UNKNOWN: facts.group not in (REOPENED if facts.is_reopened else SINGLE),
        Stop.WITHDRAWN: facts.state in (State.WITHDRAWN, State.DRAFT),
        Stop.NOT_ADMITTED: not is_no
        and facts.state in (State.SUBMITTED, State.COMPLETION, State.INELIGIBLE),
        Stop.REASON_NEEDED: is_no and not facts.has_why and facts.state != State.INELIGIBLE,
        Stop.NEEDS_RANKING: facts.experts > 0
        and not facts.is_reopened
        and facts.final != Group.RESERVE,
        Stop.PROPOSED_ALREADY: facts.is_proposed,
        Stop.DECIDED_ALREADY: facts.final not in (None, Group.RESERVE),
    }
    return Decision(tuple(stop for stop, is_failed in failed.items() if is_failed))


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
