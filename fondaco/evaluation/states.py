"""The lives of an assignment and of a decision, and the groups of a ranking."""

from collections.abc import Mapping
from enum import StrEnum

from fondaco.kernel.states import Move


class AssignmentState(StrEnum):
    """Where one evaluator stands with one file."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    CONFLICTED = "conflicted"
    LOCKED = "locked"
    RELEASED = "released"


class AssignmentAction(StrEnum):
    """What can happen to an assignment."""

    ACCEPT = "accept"
    DECLARE_CONFLICT = "declare-conflict"
    LOCK = "lock"
    REOPEN = "reopen"
    RELEASE = "release"
    ASSIGN_AGAIN = "assign-again"


ASSIGNMENT_INITIAL = AssignmentState.ASSIGNED
ASSIGNMENT_TABLE: Mapping[str, Move] = {
    AssignmentAction.ACCEPT: Move(frozenset({AssignmentState.ASSIGNED}), AssignmentState.ACCEPTED),
    AssignmentAction.DECLARE_CONFLICT: Move(
        frozenset({AssignmentState.ASSIGNED, AssignmentState.ACCEPTED}), AssignmentState.CONFLICTED
    ),
    AssignmentAction.LOCK: Move(frozenset({AssignmentState.ACCEPTED}), AssignmentState.LOCKED),
    AssignmentAction.REOPEN: Move(frozenset({AssignmentState.LOCKED}), AssignmentState.ACCEPTED),
    AssignmentAction.RELEASE: Move(
        frozenset({AssignmentState.ASSIGNED, AssignmentState.ACCEPTED}), AssignmentState.RELEASED
    ),
    AssignmentAction.ASSIGN_AGAIN: Move(
        frozenset({AssignmentState.RELEASED}), AssignmentState.ASSIGNED
    ),
}
LIVE = frozenset({AssignmentState.ASSIGNED, AssignmentState.ACCEPTED, AssignmentState.LOCKED})
OPENED = frozenset({AssignmentState.ACCEPTED, AssignmentState.LOCKED})


class DecisionState(StrEnum):
    """Where a decision stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class DecisionAction(StrEnum):
    """What can happen to a decision."""

    CONFIRM = "confirm"
    DROP = "drop"


DECISION_INITIAL = DecisionState.PROPOSED
DECISION_TABLE: Mapping[str, Move] = {
    DecisionAction.CONFIRM: Move(frozenset({DecisionState.PROPOSED}), DecisionState.CONFIRMED),
    DecisionAction.DROP: Move(frozenset({DecisionState.PROPOSED}), DecisionState.DROPPED),
}


class Group(StrEnum):
    """Where a ranking or a decision puts an application."""

    AWARDED = "awarded"
    RESERVE = "reserve"
    NOT_FUNDED = "not-funded"
    BELOW_THRESHOLD = "below-threshold"
    NOT_ELIGIBLE = "not-eligible"
    NOT_ASSESSED = "not-assessed"


class RedressState(StrEnum):
    """Where a request for redress stands."""

    ASKED = "asked"
    WITHDRAWN = "withdrawn"
    INADMISSIBLE = "inadmissible"
    DISMISSED = "dismissed"
    UPHELD = "upheld"


class RedressAction(StrEnum):
    """What can happen to a request for redress."""

    WITHDRAW = "withdraw"
    FIND_INADMISSIBLE = "find-inadmissible"
    DISMISS = "dismiss"
    UPHOLD = "uphold"


REDRESS_INITIAL = RedressState.ASKED
_OPEN = frozenset({RedressState.ASKED})
REDRESS_TABLE: Mapping[str, Move] = {
    RedressAction.WITHDRAW: Move(_OPEN, RedressState.WITHDRAWN),
    RedressAction.FIND_INADMISSIBLE: Move(_OPEN, RedressState.INADMISSIBLE),
    RedressAction.DISMISS: Move(_OPEN, RedressState.DISMISSED),
    RedressAction.UPHOLD: Move(_OPEN, RedressState.UPHELD),
}
ANSWERS = (RedressAction.FIND_INADMISSIBLE, RedressAction.DISMISS, RedressAction.UPHOLD)
ANSWERED = frozenset({RedressState.INADMISSIBLE, RedressState.DISMISSED, RedressState.UPHELD})
