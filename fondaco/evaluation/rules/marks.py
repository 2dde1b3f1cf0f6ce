"""Whether a mark stands on the scale of the call, and whether a file is ready to be locked."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from fondaco.calls.states import Scale
from fondaco.kernel.decisions import Decision
from fondaco.questionnaires.rules.reading import Unreadable, number_in

HIGHEST_WORD = Decimal(5)


class Fault(StrEnum):
    """What is wrong with one mark."""

    NOT_A_NUMBER = "not-a-number"
    BELOW_ZERO = "below-zero"
    ABOVE_MOST = "above-most"
    OFF_STEP = "off-step"
    MISSING = "missing"
    COMMENT_NEEDED = "comment-needed"
    COMMENT_TOO_LONG = "comment-too-long"


@dataclass(frozen=True, slots=True)
class CriterionTerms:
    """One line of the grid: most points on the scale of points, weight on the scale 0-5."""

    code: str
    points: Decimal | None = None
    weight: Decimal = Decimal(1)
    threshold: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The scale of the call, the smallest difference between two marks, and the criteria."""

    scale: Scale
    step: Decimal
    criteria: tuple[CriterionTerms, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """What an evaluator kept on one criterion so far."""

    value: Decimal | None = None
    comment: str = ""


def highest(scale: Scale, criterion: CriterionTerms) -> Decimal:
    """The best mark a criterion can have."""
    if scale == Scale.ZERO_TO_FIVE or criterion.points is None:
        return HIGHEST_WORD
    return criterion.points


MOST_TO_CHOOSE = 11


def marks_offered(grid: Grid, criterion: CriterionTerms) -> tuple[Decimal, ...]:
    """All marks there are, where they are few enough to choose from; else none."""
    steps = int(highest(grid.scale, criterion) / grid.step)
    if steps >= MOST_TO_CHOOSE:
        return ()
    return tuple(grid.step * number for number in range(steps + 1))


def number_of(raw: str) -> Decimal | None:
    """The number that was typed, as people write numbers; None where there is none.

    Raises `ValueError` where something else was typed.
    """
    if not raw.strip():
        return None
    found = number_in(raw.strip())
    if isinstance(found, Unreadable):
        raise ValueError(raw)
    return found


def fault_of(value: Decimal, grid: Grid, criterion: CriterionTerms) -> Fault | None:
    """The first thing wrong with a mark; None where it stands on the scale."""
    if value < 0:
        return Fault.BELOW_ZERO
    if value > highest(grid.scale, criterion):
        return Fault.ABOVE_MOST
    return Fault.OFF_STEP if value % grid.step else None


def _lack_of(marked: Marked, grid: Grid, criterion: CriterionTerms) -> Fault | None:
    if marked.value is None:
        return Fault.MISSING
    if fault := fault_of(marked.value, grid, criterion):
        return fault
    is_short = criterion.threshold is not None and marked.value < criterion.threshold
    return Fault.COMMENT_NEEDED if is_short and not marked.comment.strip() else None


def locking(grid: Grid, marks: Mapping[str, Marked]) -> Decision:
    """Everything that keeps a file from being locked, each reason as `fault:criterion`."""
    lacks = (
        (criterion.code, _lack_of(marks.get(criterion.code, Marked()), grid, criterion))
        for criterion in grid.criteria
    )
    return Decision(tuple(f"{lack}:{code}" for code, lack in lacks if lack))
