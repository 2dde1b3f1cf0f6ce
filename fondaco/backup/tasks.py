"""What the worker does about backups."""

from django.conf import settings
from django.utils import timezone

from fondaco.backup import services
from fondaco.web.jobs import every, job

A_DAY = 24 * 3600


@every(seconds=A_DAY)
@job(retries=2, wait=600)
def back_up() -> None:
    """Make the backup of the day, where a folder for it is set."""
    if settings.BACKUPS:
        services.back_up(settings.BACKUPS, kept=settings.BACKUPS_KEPT, at=timezone.now())
