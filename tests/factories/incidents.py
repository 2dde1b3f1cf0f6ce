"""Minutes of the availability log and what follows from them; all invented."""

from datetime import datetime, timedelta

from fondaco.calls.models import Call
from fondaco.incidents.models import Minute
from fondaco.incidents.rules.minutes import Status, minute_of
from tests.factories.applications import open_call
from tests.factories.directory import AT

MINUTE = timedelta(minutes=1)


def keep_log(begins: datetime, ends: datetime, *lost: tuple[datetime, int]) -> None:
    """A log of every minute, up but for the pairs (since when, how many minutes)."""
    down = {minute_of(since) + i * MINUTE for since, count in lost for i in range(count)}
    begins = minute_of(begins)
    every = (begins + i * MINUTE for i in range((ends - begins) // MINUTE))
    Minute.objects.bulk_create(
        Minute(at=at, status=Status.DOWN if at in down else Status.UP, milliseconds=7)
        for at in every
    )


def call_closing(hours: float = 0, **more: object) -> Call:
    """An open call that closes so many hours after AT."""
    return open_call(closes_at=AT + timedelta(hours=hours), **more)
