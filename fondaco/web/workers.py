"""A job worker that says it is alive, hands out turns and picks up what a dead one left."""

import logging
import threading
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import autodiscover_modules
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from fondaco.web.jobs import take_turns
from fondaco.web.models import WorkerBeat
from fondaco.web.watches import keep_watch

logger = logging.getLogger(__name__)
BEAT_SECONDS = 3.0
DEAD_AFTER = timedelta(seconds=20)


def beat(worker: str) -> None:
    """Say that `worker` lives."""
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"seen_at": timezone.now()})


def reap() -> int:
    """Give back the jobs of workers that have been silent; how many came back."""
    limit = timezone.now() - DEAD_AFTER
    WorkerBeat.objects.filter(seen_at__lt=limit).delete()
    living = set(WorkerBeat.objects.values_list("worker", flat=True))
    orphans = [
        result.pk
        for result in DBTaskResult.objects.running().filter(started_at__lt=limit)
        if not result.worker_ids or result.worker_ids[-1] not in living
    ]
    return DBTaskResult.objects.filter(pk__in=orphans, status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.READY, run_after=timezone.now()
    )


class JobWorker(Worker):
    """The library's worker with a heart that beats beside it."""

    def run(self) -> None:
        """Work until told to stop."""
        stop = threading.Event()
        heart = threading.Thread(target=self._live, args=(stop,), daemon=True)
        heart.start()
        if not self.batch:
            threading.Thread(target=keep_watch, args=(stop,), daemon=True).start()
        try:
            super().run()
        finally:
            stop.set()
            heart.join(5)
            WorkerBeat.objects.filter(worker=self.worker_id).delete()

    def _live(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                beat(self.worker_id)
                take_turns()
                reap()
            except DatabaseError:
                logger.exception("a beat was missed; the next one follows")
                connection.close()
            stop.wait(BEAT_SECONDS)
        connection.close()


def job_worker(*, is_batch: bool = False) -> JobWorker:
    """A worker on all queues; in a batch it ends when nothing is left to do."""
    autodiscover_modules("tasks")
    return JobWorker(
        queue_names=["*"],
        interval=0.3,
        batch=is_batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(16),
        excluded_queue_names=[],
    )
