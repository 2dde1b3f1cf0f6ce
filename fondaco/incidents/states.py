"""The life of a proposed extension and of a claim: it waits, then it is granted or refused."""

from collections.abc import Mapping
from enum import StrEnum

from fondaco.kernel.states import Move


class State(StrEnum):
    """Where a proposal or a claim stands."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


class Action(StrEnum):
    """What can happen to it."""

    GRANT = "grant"
    REFUSE = "refuse"
    REOPEN = "reopen"
    """Only of a proposal: more was lost since an officer said no."""


INITIAL = State.WAITING
TABLE: Mapping[str, Move] = {
    Action.GRANT: Move(frozenset({State.WAITING}), State.GRANTED),
    Action.REFUSE: Move(frozenset({State.WAITING}), State.REFUSED),
    Action.REOPEN: Move(frozenset({State.WAITING, State.REFUSED}), State.WAITING),
}
