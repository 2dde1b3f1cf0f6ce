"""From one stage to the next: who is among the best of a decided ranking."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fondaco.kernel.decisions import Decision


class Bar(StrEnum):
    """Why the best of a stage are not invited."""

    NO_SECOND_STAGE = "no-second-stage"
    STAGE_NOT_DECIDED = "stage-not-decided"
    NOBODY_PLACED = "nobody-placed"


@dataclass(frozen=True, slots=True)
class Placed:
    """An application with the place that a confirmed decision gave it."""

    application: int
    place: int


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What stands when the best are to be invited."""

    is_second_stage: bool
    is_decided: bool
    placed: int


def inviting(facts: StageFacts) -> Decision:
    """Whether the best can be invited: once the first stage is decided, with its places."""
    failed = {
        Bar.NO_SECOND_STAGE: not facts.is_second_stage,
        Bar.STAGE_NOT_DECIDED: facts.is_second_stage and not facts.is_decided,
        Bar.NOBODY_PLACED: facts.is_decided and facts.placed == 0,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def best_of(placed: Iterable[Placed], most: int) -> tuple[Placed, ...]:
    """The best so many, the first place first; equal places come in by their number."""
    ordered = sorted(placed, key=lambda one: (one.place, one.application))
    return tuple(ordered[:most])
