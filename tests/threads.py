"""Two people or many at the same moment, with real threads, where the database has real locks."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused
from fondaco.web import prepared

PATIENCE = 20
MANY = 4
HOUSE = "fondaco."


def at_once(act: Callable[[int], Any], times: int = MANY) -> list[Any]:
    """Let many threads do the same at the same moment; what each of them got."""
    gate = threading.Barrier(times, timeout=PATIENCE)

    def one(number: int) -> Any:
        try:
            gate.wait()
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def is_waiting_for_a_lock() -> bool:
    """Whether anybody in this database stands before a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def overlapping(first: Callable[[], object], second: Callable[[], object]) -> tuple[str, str]:
    """Begin `second` while `first` is done but not committed; what was said against each.

    Where `second` takes the same lock it waits for the commit; where it does not, it runs past.
    """
    said, barrier = ["", ""], threading.Barrier(2, timeout=PATIENCE)

    def run() -> None:
        try:
            barrier.wait()
            said[1] = against(second)
        except threading.BrokenBarrierError:
            said[1] = "never begun"
        finally:
            connection.close()

    def begin() -> None:
        with transaction.atomic():
            first()
            barrier.wait()
            until = time.monotonic() + PATIENCE
            while thread.is_alive() and not is_waiting_for_a_lock() and time.monotonic() < until:
                time.sleep(0.01)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        said[0] = against(begin)
    finally:
        barrier.abort()
        thread.join(PATIENCE)
    assert not thread.is_alive()
    return said[0], said[1]


def against(act: Callable[[], object]) -> str:
    """What a rule, a state table or a constraint of the database said to it; empty for a yes."""
    try:
        act()
    except Refused as refusal:
        return ", ".join(refusal.reasons)
    except MoveRefused:
        return "move-refused"
    except IntegrityError as clash:
        cause: Any = clash.__cause__
        return f"constraint {cause.diag.constraint_name}"
    return ""


def asked_in() -> str:
    """The slice and the function of the house that ask for the lock."""
    frame = sys._getframe(1)
    while not _is_of_a_slice(frame.f_globals["__name__"]):
        assert frame.f_back is not None
        frame = frame.f_back
    return f"{frame.f_globals['__name__'].split('.')[1]}.{frame.f_code.co_qualname}"


def _is_of_a_slice(module: str) -> bool:
    return module.startswith(HOUSE) and module != prepared.__name__


def _without_lock(rows: Any) -> Any:
    """The same question, prepared without its lock, and forgotten afterwards."""
    rows.query.select_for_update = False
    plain = prepared.Prepared[Any](lambda: rows)
    prepared.Prepared.known.remove(plain)
    return plain


@contextmanager
def taken_out(*locks: str) -> Iterator[list[str]]:
    """Let these functions read without a lock; which functions asked for one meanwhile."""
    asked, real, real_all = list[str](), QuerySet.select_for_update, prepared.Prepared.all

    def ask(rows: Any, *args: Any, **more: Any) -> Any:
        asked.append(name := asked_in())
        return rows.all() if name in locks else real(rows, *args, **more)

    def ask_prepared(query: Any, **given: object) -> Any:
        rows = query._build()
        if not rows.query.select_for_update:
            return real_all(query, **given)
        asked.append(name := asked_in())
        return real_all(_without_lock(rows) if name in locks else query, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", ask)
        patch.setattr(prepared.Prepared, "all", ask_prepared)
        yield asked
