"""Work for later: enqueued by name in the caller's transaction, retried, and at set intervals.

A job may run more than once (a worker can die in the middle): each must be safe to repeat.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fondaco.web.models import Turn

logger = logging.getLogger(__name__)
Work = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work, how often it is tried again, and how long to wait before (seconds)."""

    work: Work
    retries: int
    wait: float


JOBS: dict[str, Job] = {}
PERIODIC: dict[str, float] = {}


def job(*, retries: int = 5, wait: float = 10.0) -> Callable[[Work], Work]:
    """Declare a function of a `tasks.py` as work that `later` may name."""

    def declare(work: Work) -> Work:
        JOBS[f"{work.__module__}.{work.__name__}"] = Job(work, retries, wait)
        return work

    return declare


def every(seconds: float) -> Callable[[Work], Work]:
    """Run the declared job once in each interval, however many workers there are."""

    def declare(work: Work) -> Work:
        PERIODIC[f"{work.__module__}.{work.__name__}"] = seconds
        return work

    return declare


def later(name: str, *arguments: Any, after: timedelta | None = None) -> None:
    """Enqueue the job `name` (`fondaco.<slice>.tasks.<function>`) with plain arguments."""
    enqueue = run.using(run_after=timezone.now() + after) if after else run
    enqueue.enqueue(name, list(arguments), 1)


def job_of(name: str) -> Job:
    """The declared job; imports its module where nobody has yet."""
    if name not in JOBS:
        import_module(name.rpartition(".")[0])
    return JOBS[name]


@task()
def run(name: str, arguments: list[Any], attempt: int) -> None:
    """Do the job; after a failure enqueue it again, each time waiting twice as long."""
    wanted = job_of(name)
    try:
        wanted.work(*arguments)
    except Exception:
        if attempt > wanted.retries:
            raise
        logger.exception("%s failed at attempt %s and is tried again", name, attempt)
        wait = timedelta(seconds=wanted.wait * 2 ** (attempt - 1))
        run.using(run_after=timezone.now() + wait).enqueue(name, arguments, attempt + 1)


def prune(*, before: datetime, failed_before: datetime) -> int:
    """Forget turns taken and jobs done before a moment, failures before another; how many."""
    oldest = int(before.timestamp())
    gone = 0
    for name, seconds in PERIODIC.items():
        gone += Turn.objects.filter(job=name, slot__lt=int(oldest // seconds)).delete()[0]
    limits = {TaskResultStatus.SUCCESSFUL: before, TaskResultStatus.FAILED: failed_before}
    for status, limit in limits.items():
        gone += DBTaskResult.objects.filter(status=status, finished_at__lt=limit).delete()[0]
    return gone


def take_turns() -> None:
    """Enqueue every periodic job whose turn has come and that no other worker has taken."""
    now = time.time()
    for name, seconds in PERIODIC.items():
        try:
            with transaction.atomic():
                Turn.objects.create(job=name, slot=int(now // seconds))
                later(name)
        except IntegrityError:
            continue
