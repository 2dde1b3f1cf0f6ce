"""The life of a proposal and of a claim, every action in every state."""

import itertools

import pytest

from fondaco.incidents.phrases import STATES, TONES
from fondaco.incidents.states import INITIAL, TABLE, Action, State
from fondaco.kernel.states import MoveRefused, target_of

ARROWS = {
    (State.WAITING, Action.GRANT): State.GRANTED,
    (State.WAITING, Action.REFUSE): State.REFUSED,
    (State.WAITING, Action.REOPEN): State.WAITING,
    (State.REFUSED, Action.REOPEN): State.WAITING,
}


@pytest.mark.parametrize(("state", "action"), list(itertools.product(State, Action)))
def test_every_action_in_every_state(state, action):
    if target := ARROWS.get((state, action)):
        assert target_of(TABLE, action, state) == target
    else:
        with pytest.raises(MoveRefused):
            target_of(TABLE, action, state)


def test_it_begins_by_waiting_and_every_word_is_there():
    assert INITIAL == State.WAITING
    assert set(STATES) == set(TONES) == set(State)
