"""`manage.py worker`: do the jobs, until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand

from fondaco.web.workers import job_worker


class Command(BaseCommand):
    """Runs the job worker."""

    help = "Does the jobs that pages and services left for later, until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or Ctrl-C; the job under way is finished first."""
        worker = job_worker()
        worker.configure_signals()
        worker.run()
