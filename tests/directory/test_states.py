"""Every action in every state of a request to join."""

import pytest

from fondaco.directory.states import REQUEST_MOVES, RequestAction, RequestState
from fondaco.kernel.states import MoveRefused, target_of

REACHED = {
    (RequestAction.GRANT, RequestState.WAITING): RequestState.GRANTED,
    (RequestAction.REFUSE, RequestState.WAITING): RequestState.REFUSED,
}


@pytest.mark.parametrize("action", RequestAction)
@pytest.mark.parametrize("state", RequestState)
def test_a_request_is_answered_once(action, state):
    target = REACHED.get((action, state))

    if target:
        assert target_of(REQUEST_MOVES, action, state) is target
    else:
        with pytest.raises(MoveRefused):
            target_of(REQUEST_MOVES, action, state)
