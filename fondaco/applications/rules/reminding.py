"""On which of the days that the officer set a draft is reminded now."""

from collections.abc import Sequence
from datetime import datetime, timedelta

NEWS = timedelta(days=1)
"""A reminder that could not be written within a day is no longer due."""


def reminder_due(days: Sequence[int], closes_at: datetime, *, at: datetime) -> int | None:
    """How many days before the deadline the reminder is that is due; none where none is."""
    for before in sorted(days):
        begins = closes_at - timedelta(days=before)
        if begins <= at < min(begins + NEWS, closes_at):
            return before
    return None


def is_reminded(started_at: datetime, closes_at: datetime, before: int) -> bool:
    """Whoever begins later than the day of the reminder knows the deadline."""
    return started_at <= closes_at - timedelta(days=before)
