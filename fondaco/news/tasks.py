"""What the worker does: the news of the week, and forgetting addresses that never said yes."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from fondaco.news.selectors.follows import due_readers
from fondaco.news.services import forget_unconfirmed, tell_week
from fondaco.web.jobs import every, job

TIME_TO_CONFIRM = timedelta(days=7)


@every(seconds=900)
@job(retries=0)
def tell_weeks() -> None:
    """Write to every reader whose day and hour has come."""
    now = timezone.now()
    due = due_readers(at=now, weekday=settings.NEWS_WEEKDAY, hour=settings.NEWS_HOUR)
    for rows in due.values():
        tell_week(rows, at=now)


@every(seconds=86_400)
@job()
def forget_addresses() -> None:
    """Forget addresses that were typed and never said yes."""
    forget_unconfirmed(before=timezone.now() - TIME_TO_CONFIRM)
