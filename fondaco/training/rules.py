"""When a place on a course may be marked as completed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fondaco.kernel.decisions import Decision


class Reason(StrEnum):
    """Why a place cannot be marked as completed."""

    IN_THE_FUTURE = "in-the-future"
    MARKED_ALREADY = "marked-already"
    GIVEN_BACK = "given-back"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the place, and the day that is told."""

    completed_on: date
    is_marked: bool
    is_freed: bool = False


def completion(facts: Facts, *, today: date) -> Decision:
    """Whether the place may be marked as completed on that day."""
    failed = {
        Reason.IN_THE_FUTURE: facts.completed_on > today,
        Reason.MARKED_ALREADY: facts.is_marked,
        Reason.GIVEN_BACK: facts.is_freed,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))
