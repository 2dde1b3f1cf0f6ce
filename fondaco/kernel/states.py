"""A state table says what may happen to a thing, from where, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow of a table: the states it leaves from and the one it reaches."""

    sources: frozenset[str]
    target: str


class MoveRefused(Exception):
    """The action does not leave from the present state."""

    def __init__(self, action: str, state: str) -> None:
        super().__init__(f"{action} does not leave from {state}")
        self.action, self.state = action, state


def target_of(table: Mapping[str, Move], action: str, state: str) -> str:
    """The state that `action` leads to; raises `MoveRefused` where it may not start."""
    move = table[action]
    if state not in move.sources:
        raise MoveRefused(action, state)
    return move.target


def is_possible(table: Mapping[str, Move], action: str, state: str) -> bool:
    """Whether `action` may start from `state`."""
    return state in table[action].sources
