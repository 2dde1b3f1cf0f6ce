"""All figures in one run: `make bench`; in full size, for half an hour: `make bench FULL=yes`.

Words choose some of them: `python -m benchmarks one rush`.
"""

import asyncio
import os
import sys
import time
from collections.abc import Iterator

from benchmarks import floor, lists, one, page, rows, surge, uploads
from benchmarks.faults import Faults, Timetable, own_volumes
from benchmarks.place import Place, Postgres, postgres_of_its_own, served
from benchmarks.rows import Row
from tools import processes

ALL = ("one", "autosave", "page", "floor", "side", "rush", "kills", "uploads", "lists")
IN_FULL = os.environ.get("FULL") == "yes"
SIDE_SECONDS, ALONE_SECONDS = 60.0, 15.0


def cheap(place: Place, wanted: set[str]) -> Iterator[Row]:
    """The rows that say what one thing costs."""
    if not wanted & {"one", "autosave", "page"}:
        return
    least = asyncio.run(one.floor_of(place))
    yield Row("smallest answer: the site is alive", place.name, least, "ms of cpu")
    if "one" in wanted:
        yield from asyncio.run(one.application(place, least))
        yield from asyncio.run(one.parts(place))
    if "autosave" in wanted:
        yield asyncio.run(one.autosave(place, least))


def side(place: Place) -> Iterator[Row]:
    """Whole applications side by side, with the worker of jobs and without."""
    with_worker = surge.side_by_side(place, SIDE_SECONDS, surge.RATE, "worker running")
    yield from asyncio.run(with_worker)
    place.end("worker")
    alone = ALONE_SECONDS if not IN_FULL else SIDE_SECONDS
    yield from asyncio.run(surge.side_by_side(place, alone, surge.RATE_ALONE, "worker paused"))
    place.start("worker")


def rush(place: Place) -> Iterator[Row]:
    """The last ten minutes, nothing going wrong."""
    size = surge.FULL if IN_FULL else surge.Rush()
    ledger = asyncio.run(surge.last_minutes(place, size))
    what = f"the last {size.seconds:.0f} s, {size.people} people"
    yield from surge.rows_of(place, what, surge.checked(place, ledger))


def kills(database: Postgres) -> Iterator[Row]:
    """The same with everything going wrong, on a site of its own."""
    size = surge.FULL if IN_FULL else surge.Rush(seconds=40.0)
    when = Timetable(end=size.seconds, full=(1.0, 10.0)) if IN_FULL else Timetable(end=size.seconds)
    faults = Faults(when)
    with served(database, own_volumes, is_bare=True) as place:
        ledger = asyncio.run(surge.last_minutes(place, size, faults))
        found = surge.checked(place, ledger)
    yield from surge.rows_of(place, "the same with kills, database away, disk full", found)
    yield Row(
        "  faults", place.name, len(faults.happened.said), "", note="; ".join(faults.happened.said)
    )


def on_postgres(wanted: set[str]) -> Iterator[Row]:
    """Everything, on the database of production."""
    with postgres_of_its_own() as database, served(database) as place:
        yield from cheap(place, wanted)
        if "page" in wanted:
            least = asyncio.run(one.floor_of(place))
            yield from asyncio.run(one.public_page(place, least))
            yield from page.weights(place, asyncio.run(one.a_call(place)))
        if "floor" in wanted:
            yield floor.submissions(place)
        if "lists" in wanted:
            yield from lists.pages_and_tables(place)
        if "side" in wanted:
            yield from side(place)
        if "uploads" in wanted:
            yield from asyncio.run(uploads.open_at_once(place))
        if "rush" in wanted:
            yield from rush(place)
    if "kills" in wanted:
        with postgres_of_its_own() as database:
            yield from kills(database)


def on_sqlite(wanted: set[str]) -> Iterator[Row]:
    """What a small installation costs."""
    if wanted & {"one", "autosave", "lists"}:
        with served(None) as place:
            yield from cheap(place, wanted)
            if "lists" in wanted:
                yield from lists.pages_and_tables(place)


def main() -> None:
    """Measure, print and keep."""
    processes.stop_on_sigterm()
    wanted = set(sys.argv[1:]) or set(ALL)
    if unknown := wanted - set(ALL):
        raise SystemExit(
            f"Nothing is called {', '.join(sorted(unknown))}; there are: {', '.join(ALL)}"
        )
    begun, surroundings, found = time.monotonic(), rows.machine(), list[Row]()
    try:
        for measured in (on_postgres, on_sqlite):
            for row in measured(wanted):
                print(rows.said(row))
                found.append(row)
    finally:
        kept = rows.keep(found, surroundings, time.monotonic() - begun)
        print(f"\n{time.monotonic() - begun:.0f} s; kept in {os.path.relpath(kept)}")


if __name__ == "__main__":
    main()
