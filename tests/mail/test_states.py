"""The life of a letter, every action in every state."""

import itertools

import pytest

from fondaco.kernel.states import MoveRefused, target_of
from fondaco.mail.phrases import ACTIONS, OCCASIONS, STATES, TONES
from fondaco.mail.states import INITIAL, TABLE, TOLD, Action, Occasion, State

ARROWS = {
    (State.WRITTEN, Action.RELEASE): State.RELEASED,
    (State.WRITTEN, Action.DISCARD): State.DISCARDED,
    (State.RELEASED, Action.SEND): State.SENT,
    (State.RELEASED, Action.FAIL): State.FAILED,
    (State.RELEASED, Action.BOUNCE): State.BOUNCED,
    (State.SENT, Action.BOUNCE): State.BOUNCED,
    (State.FAILED, Action.RETRY): State.RELEASED,
    (State.BOUNCED, Action.RETRY): State.RELEASED,
}


@pytest.mark.parametrize(("state", "action"), list(itertools.product(State, Action)))
def test_every_action_in_every_state(state, action):
    if target := ARROWS.get((state, action)):
        assert target_of(TABLE, action, state) == target
    else:
        with pytest.raises(MoveRefused):
            target_of(TABLE, action, state)


def test_a_letter_begins_as_written_and_every_word_is_there():
    assert INITIAL == State.WRITTEN
    assert set(STATES) == set(TONES) == set(State)
    assert set(ACTIONS) == set(Action)
    assert set(OCCASIONS) == set(Occasion)


def test_a_letter_stands_in_the_portal_whatever_became_of_its_mail():
    assert set(State) - set(TOLD) == {State.WRITTEN, State.DISCARDED}
