"""Every action in every state."""

import itertools

import pytest

from fondaco.evaluation import phrases
from fondaco.evaluation.rules.conflicts import Tie
from fondaco.evaluation.rules.consent import Objection
from fondaco.evaluation.rules.decisions import Stop
from fondaco.evaluation.rules.marks import Fault
from fondaco.evaluation.rules.ranking import StepCode
from fondaco.evaluation.rules.redress import Bar
from fondaco.evaluation.states import (
    ASSIGNMENT_TABLE,
    DECISION_TABLE,
    REDRESS_TABLE,
    AssignmentAction,
    AssignmentState,
    DecisionAction,
    DecisionState,
    Group,
    RedressAction,
    RedressState,
)
from fondaco.kernel.states import MoveRefused, is_possible, target_of

A, D, R = AssignmentState, DecisionState, RedressState
ASSIGNMENT_MOVES = {
    (AssignmentAction.ACCEPT, A.ASSIGNED): A.ACCEPTED,
    (AssignmentAction.DECLARE_CONFLICT, A.ASSIGNED): A.CONFLICTED,
    (AssignmentAction.DECLARE_CONFLICT, A.ACCEPTED): A.CONFLICTED,
    (AssignmentAction.LOCK, A.ACCEPTED): A.LOCKED,
    (AssignmentAction.REOPEN, A.LOCKED): A.ACCEPTED,
    (AssignmentAction.RELEASE, A.ASSIGNED): A.RELEASED,
    (AssignmentAction.RELEASE, A.ACCEPTED): A.RELEASED,
    (AssignmentAction.ASSIGN_AGAIN, A.RELEASED): A.ASSIGNED,
}
DECISION_MOVES = {
    (DecisionAction.CONFIRM, D.PROPOSED): D.CONFIRMED,
    (DecisionAction.DROP, D.PROPOSED): D.DROPPED,
}
REDRESS_MOVES = {
    (RedressAction.WITHDRAW, R.ASKED): R.WITHDRAWN,
    (RedressAction.FIND_INADMISSIBLE, R.ASKED): R.INADMISSIBLE,
    (RedressAction.DISMISS, R.ASKED): R.DISMISSED,
    (RedressAction.UPHOLD, R.ASKED): R.UPHELD,
}
CASES = [
    *(
        (ASSIGNMENT_TABLE, ASSIGNMENT_MOVES, *pair)
        for pair in itertools.product(AssignmentAction, A)
    ),
    *((DECISION_TABLE, DECISION_MOVES, *pair) for pair in itertools.product(DecisionAction, D)),
    *((REDRESS_TABLE, REDRESS_MOVES, *pair) for pair in itertools.product(RedressAction, R)),
]


@pytest.mark.parametrize(("table", "moves", "action", "state"), CASES)
def test_every_action_in_every_state(table, moves, action, state):
    target = moves.get((action, state))

    assert is_possible(table, action, state) == (target is not None)
    if target is None:
        with pytest.raises(MoveRefused):
            target_of(table, action, state)
    else:
        assert target_of(table, action, state) == target


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (phrases.ASSIGNMENT_STATES, A),
        (phrases.ASSIGNMENT_TONES, A),
        (phrases.DECISION_STATES, D),
        (phrases.DECISION_TONES, D),
        (phrases.REDRESS_STATES, R),
        (phrases.REDRESS_TONES, R),
        (phrases.REDRESS_ACTIONS, RedressAction),
        (phrases.BARS, Bar),
        (phrases.GROUPS, Group),
        (phrases.GROUP_TONES, Group),
        (phrases.TIES, Tie),
        (phrases.FAULTS, Fault),
        (phrases.OBJECTIONS, Objection),
        (phrases.STOPS, Stop),
        (phrases.SAYERS, StepCode),
    ],
)
def test_every_code_has_its_words(words, codes):
    assert set(words) == set(codes)
