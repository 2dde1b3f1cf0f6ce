"""Work for later: enqueued with the transaction, tried again, taken in turns, never lost."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fondaco.web import jobs, tasks, workers
from fondaco.web.jobs import Job
from fondaco.web.management.commands import worker as command
from fondaco.web.models import Turn, WorkerBeat
from tests.threads import at_once

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
NAME = "fondaco.thing.tasks.do"
pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """A declared job that notes what it is given; `fail` among it makes it fail."""
    noted = []

    def do(*given):
        noted.append(given)
        if "fail" in given:
            raise ValueError("no luck")

    monkeypatch.setattr(jobs, "JOBS", {NAME: Job(do, 2, 10.0)})
    monkeypatch.setattr(jobs, "PERIODIC", {})
    return noted


def waiting():
    """What is enqueued: name, arguments, attempt."""
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("enqueued_at")
    return [tuple(row.args_kwargs["args"]) for row in rows]


# Declaring and enqueueing


def test_a_function_is_declared_under_its_name(done):
    @jobs.every(seconds=30)
    @jobs.job(retries=1, wait=5)
    def tidy():
        """Tidy."""

    name = f"{tidy.__module__}.tidy"

    assert jobs.job_of(name) == Job(tidy, 1, 5)
    assert {name: 30} == jobs.PERIODIC


def test_a_job_is_found_although_nobody_has_imported_it_yet(done):
    with pytest.raises(ModuleNotFoundError):
        jobs.job_of("fondaco.nowhere.tasks.do")
    with pytest.raises(KeyError):
        jobs.job_of("fondaco.web.jobs.nothing")


def test_the_house_declares_its_periodic_jobs_when_it_starts():
    assert {
        "fondaco.mail.tasks.send_letters",
        "fondaco.trail.tasks.hear_everything",
        "fondaco.trail.tasks.seal",
    } <= set(jobs.PERIODIC)


def test_work_is_kept_with_its_plain_arguments(done):
    jobs.later(NAME, 7, "a")

    assert waiting() == [(NAME, [7, "a"], 1)]
    assert done == []


def test_work_for_a_later_moment_is_not_ready_before(done):
    with time_machine.travel(AT, tick=False):
        jobs.later(NAME, after=timedelta(minutes=5))

        assert DBTaskResult.objects.get().run_after == AT + timedelta(minutes=5)
        assert not DBTaskResult.objects.ready().exists()
    with time_machine.travel(AT + timedelta(minutes=5), tick=False):
        assert DBTaskResult.objects.ready().exists()


def test_work_vanishes_with_the_transaction_that_left_it(done):
    def leave_and_fail():
        with transaction.atomic():
            jobs.later(NAME)
            raise ValueError("rolled back")

    with pytest.raises(ValueError, match="rolled back"):
        leave_and_fail()

    assert waiting() == []


# Trying again


def test_a_job_that_works_is_done_once(done):
    jobs.run.call(NAME, [1], 1)

    assert (done, waiting()) == ([(1,)], [])


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 10), (2, 20)])
def test_a_job_that_fails_is_tried_again_after_twice_the_wait(done, attempt, seconds, caplog):
    with time_machine.travel(AT, tick=False):
        jobs.run.call(NAME, ["fail"], attempt)

    assert waiting() == [(NAME, ["fail"], attempt + 1)]
    assert f"{NAME} failed at attempt {attempt}" in caplog.text
    assert "no luck" in caplog.text
    assert DBTaskResult.objects.get().run_after == AT + timedelta(seconds=seconds)


def test_a_job_that_fails_too_often_is_seen_to_fail(done):
    with pytest.raises(ValueError, match="no luck"):
        jobs.run.call(NAME, ["fail"], 3)

    assert waiting() == []


@pytest.mark.parametrize(
    ("status", "days", "is_kept"),
    [
        (TaskResultStatus.SUCCESSFUL, 6, True),
        (TaskResultStatus.SUCCESSFUL, 8, False),
        (TaskResultStatus.FAILED, 29, True),
        (TaskResultStatus.FAILED, 31, False),
    ],
)
def test_finished_jobs_are_forgotten_in_time(done, status, days, is_kept):
    jobs.later(NAME)
    DBTaskResult.objects.update(status=status, finished_at=AT - timedelta(days=days))

    with time_machine.travel(AT, tick=False):
        tasks.forget_old_jobs()

    assert DBTaskResult.objects.exists() is is_kept


def test_sessions_that_have_run_out_are_forgotten():
    for name, expires in (("old", AT - timedelta(hours=1)), ("new", AT + timedelta(hours=1))):
        Session.objects.create(session_key=name, session_data="", expire_date=expires)

    with time_machine.travel(AT, tick=False):
        tasks.forget_old_sessions()

    assert [kept.pk for kept in Session.objects.all()] == ["new"]


# Turns


def test_a_turn_is_taken_once_in_each_interval(done):
    jobs.PERIODIC[NAME] = 30

    taken = []
    for seconds in (0, 29, 30, 59, 60):
        with time_machine.travel(AT + timedelta(seconds=seconds), tick=False):
            jobs.take_turns()
        taken.append(len(waiting()))

    assert taken == [1, 1, 2, 2, 3]
    assert len({str(turn) for turn in Turn.objects.all()}) == 3


def test_a_turn_that_another_worker_took_leaves_the_others(done):
    jobs.PERIODIC.update({NAME: 30, "fondaco.thing.tasks.other": 30})
    Turn.objects.create(job=NAME, slot=int(AT.timestamp() // 30))

    with time_machine.travel(AT, tick=False):
        jobs.take_turns()

    assert waiting() == [("fondaco.thing.tasks.other", [], 1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_workers_that_meet_take_each_turn_once(done):
    jobs.PERIODIC.update({f"fondaco.thing.tasks.do{number}": 3600 for number in range(20)})

    at_once(lambda _number: jobs.take_turns())

    assert len(waiting()) == len(set(jobs.PERIODIC)) == Turn.objects.count()


# Workers


def running(worker, *, since):
    """A job that `worker` has under way."""
    jobs.later(NAME)
    result = DBTaskResult.objects.latest("enqueued_at")
    DBTaskResult.objects.filter(pk=result.pk).update(
        status=TaskResultStatus.RUNNING, started_at=since, worker_ids=[worker] if worker else []
    )
    return result


@pytest.mark.parametrize(
    ("worker", "age", "is_given_back"),
    [
        ("dead", timedelta(minutes=1), True),
        ("", timedelta(minutes=1), True),
        ("alive", timedelta(minutes=1), False),
        ("dead", timedelta(seconds=5), False),
    ],
)
def test_the_job_of_a_dead_worker_is_given_back(done, worker, age, is_given_back):
    with time_machine.travel(AT, tick=False):
        result = running(worker, since=AT - age)
        workers.beat("alive")

        number = workers.reap()

    result.refresh_from_db()
    assert number == int(is_given_back)
    assert (result.status == TaskResultStatus.READY) is is_given_back


def test_a_worker_that_was_silent_is_forgotten_until_it_beats_again():
    with time_machine.travel(AT, tick=False):
        workers.beat("slow")
    with time_machine.travel(AT + timedelta(seconds=21), tick=False):
        workers.reap()
        silent = WorkerBeat.objects.count()
        workers.beat("slow")

    assert (silent, str(WorkerBeat.objects.get())) == (0, "slow")


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_waits_and_takes_its_leave(done, monkeypatch):
    monkeypatch.setattr(workers.JobWorker, "_live", lambda worker, stop: stop.wait(5))
    jobs.later(NAME, 1)
    jobs.later(NAME, "fail")
    worker = workers.job_worker(is_batch=True)
    workers.beat(worker.worker_id)

    worker.run()

    assert sorted(done, key=str) == [("fail",), (1,)]
    assert waiting() == [(NAME, ["fail"], 2)]
    assert not WorkerBeat.objects.exists()


def test_the_heart_beats_takes_turns_and_reaps_until_it_is_stopped(done, monkeypatch):
    class Connection:
        """The heart's own connection, closed at the end."""

        is_closed = False

        def close(self):
            self.is_closed = True

    class Stop(threading.Event):
        """Stops after two beats."""

        def wait(self, timeout=None):
            beats.append(timeout)
            if len(beats) == 2:
                self.set()

    beats, kept = [], Connection()
    monkeypatch.setattr(workers, "connection", kept)
    jobs.PERIODIC[NAME] = 3600
    worker, result = workers.job_worker(), running("dead", since=AT)

    worker._live(Stop())

    result.refresh_from_db()
    assert beats == [workers.BEAT_SECONDS] * 2
    assert WorkerBeat.objects.get().worker == worker.worker_id
    assert Turn.objects.filter(job=NAME).count() == 1
    assert (result.status, kept.is_closed) == (TaskResultStatus.READY, True)


def test_the_command_works_until_it_is_told_to_stop(monkeypatch):
    calls = []

    class Worker:
        """Notes what the command asks of it."""

        def configure_signals(self):
            calls.append("signals")

        def run(self):
            calls.append("run")

    monkeypatch.setattr(command, "job_worker", Worker)

    call_command("worker")

    assert calls == ["signals", "run"]
