"""A state table leads where it says and nowhere else."""

import pytest

from fondaco.kernel.states import Move, MoveRefused, is_possible, target_of

TABLE = {
    "send": Move(frozenset({"draft"}), "sent"),
    "take back": Move(frozenset({"sent", "read"}), "draft"),
}


@pytest.mark.parametrize(
    ("action", "state", "target"),
    [("send", "draft", "sent"), ("take back", "sent", "draft"), ("take back", "read", "draft")],
)
def test_a_move_leads_to_its_target(action, state, target):
    assert is_possible(TABLE, action, state)
    assert target_of(TABLE, action, state) == target


@pytest.mark.parametrize(("action", "state"), [("send", "sent"), ("take back", "draft")])
def test_a_move_from_elsewhere_is_refused_and_says_why(action, state):
    with pytest.raises(MoveRefused, match=f"{action} does not leave from {state}") as refused:
        target_of(TABLE, action, state)

    assert (refused.value.action, refused.value.state) == (action, state)
    assert not is_possible(TABLE, action, state)


def test_an_action_nobody_wrote_down_is_a_mistake_of_the_code():
    with pytest.raises(KeyError):
        target_of(TABLE, "burn", "draft")
