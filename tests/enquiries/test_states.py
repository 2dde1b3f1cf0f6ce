"""The life of a question, every action in every state."""

import itertools

import pytest

from fondaco.enquiries.phrases import FOR_ASKERS, STATES, TONES
from fondaco.enquiries.states import INITIAL, TABLE, UNANSWERED, Action, State
from fondaco.kernel.states import MoveRefused, target_of

ARROWS = {
    (State.RECEIVED, Action.DRAFT): State.DRAFTED,
    (State.RECEIVED, Action.JOIN): State.DUPLICATE,
    (State.RECEIVED, Action.REFUSE): State.REFUSED,
    (State.DUPLICATE, Action.PART): State.RECEIVED,
    (State.DRAFTED, Action.DRAFT): State.DRAFTED,
    (State.DRAFTED, Action.JOIN): State.DUPLICATE,
    (State.DRAFTED, Action.REFUSE): State.REFUSED,
    (State.DRAFTED, Action.APPROVE): State.APPROVED,
    (State.APPROVED, Action.DRAFT): State.DRAFTED,
    (State.APPROVED, Action.JOIN): State.DUPLICATE,
    (State.APPROVED, Action.TRANSLATE): State.TRANSLATED,
    (State.TRANSLATED, Action.DRAFT): State.DRAFTED,
    (State.TRANSLATED, Action.JOIN): State.DUPLICATE,
    (State.TRANSLATED, Action.PUBLISH): State.PUBLISHED,
    (State.PUBLISHED, Action.DRAFT): State.DRAFTED,
}


@pytest.mark.parametrize(("state", "action"), list(itertools.product(State, Action)))
def test_every_action_in_every_state(state, action):
    if target := ARROWS.get((state, action)):
        assert target_of(TABLE, action, state) == target
    else:
        with pytest.raises(MoveRefused):
            target_of(TABLE, action, state)


def test_it_begins_by_being_received_and_every_word_is_there():
    assert INITIAL == State.RECEIVED
    assert set(STATES) == set(TONES) == set(FOR_ASKERS) == set(State)


def test_whoever_asked_reads_of_one_state_while_the_office_works():
    assert len({str(FOR_ASKERS[state]) for state in UNANSWERED}) == 1
