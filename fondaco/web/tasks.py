"""What the worker does for the plumbing."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from fondaco.web.jobs import every, job, prune

KEPT = timedelta(days=7)
KEPT_WHEN_FAILED = timedelta(days=30)


@every(seconds=3600)
@job()
def forget_old_jobs() -> None:
    """Forget jobs that were done a week ago, and those that failed a month ago."""
    now = timezone.now()
    prune(before=now - KEPT, failed_before=now - KEPT_WHEN_FAILED)


@every(seconds=3600)
@job()
def forget_old_sessions() -> None:
    """Forget the sessions that have run out."""
    SessionStore.clear_expired()
