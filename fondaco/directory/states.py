"""The life of a request to join an organisation, and what may be done with an organisation."""

from enum import StrEnum

from fondaco.kernel.states import Move


class RequestState(StrEnum):
    """Where a request to join stands."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


class RequestAction(StrEnum):
    """What the reviewer does with a request."""

    GRANT = "grant"
    REFUSE = "refuse"


REQUEST_MOVES: dict[str, Move] = {
    RequestAction.GRANT: Move(frozenset({RequestState.WAITING}), RequestState.GRANTED),
    RequestAction.REFUSE: Move(frozenset({RequestState.WAITING}), RequestState.REFUSED),
}


class Action(StrEnum):
    """What a colleague wants with an organisation: look, or run it."""

    SEE = "see"
    RUN = "run"
