"""What the worker does for the plumbing."""

from datetime import timedelta

from django.utils import timezone

from fondaco.web.jobs import every, job, prune

KEPT = timedelta(days=7)


@every(seconds=3600)
@job()
def forget_old_jobs() -> None:
    """Forget jobs that were done a week ago."""
    prune(before=timezone.now() - KEPT)
