"""The days of a call after its deadline, and what a change of the deadline moves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fondaco.kernel.clock import day_after


@dataclass(frozen=True, slots=True)
class StepTerms:
    """When a step is: on a day, or so many days after the deadline."""

    position: int
    on: date | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One step and its day before and after the deadline changes; equal where it stands still."""

    position: int
    before: date | None
    after: date | None

    @property
    def is_moved(self) -> bool:
        """Whether the step gets another day."""
        return self.before != self.after


def day_of(
    step: StepTerms, deadline: datetime | None, zone: str, days_off: Collection[str] = ()
) -> date | None:
    """The day of a step on the calendar of the call; None where nobody knows it yet."""
    if step.on is not None or step.after is None or deadline is None:
        return step.on
    return day_after(deadline.astimezone(ZoneInfo(zone)).date(), step.after, days_off)


def moves(
    steps: Iterable[StepTerms],
    before: datetime | None,
    after: datetime | None,
    *,
    zone: str,
    days_off: Collection[str] = (),
) -> tuple[Moved, ...]:
    """Each dated step as it is and as it would be with another deadline, in their order."""
    found = (
        Moved(
            step.position,
            day_of(step, before, zone, days_off),
            day_of(step, after, zone, days_off),
        )
        for step in steps
    )
    return tuple(one for one in found if one.before is not None or one.after is not None)


def is_overtaken(moved: Moved, deadline: datetime, zone: str) -> bool:
    """Whether a step that stands still would come before the new deadline."""
    if moved.after is None or moved.is_moved:
        return False
    return moved.after <= deadline.astimezone(ZoneInfo(zone)).date()
