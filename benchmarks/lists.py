"""A list of 10,000 applications, page by page, and all of them as a table."""

import asyncio
import json
from collections.abc import Iterator

from benchmarks.client import Line, Refused
from benchmarks.one import cost
from benchmarks.place import Place
from benchmarks.rows import Row, at_most

APPLICATIONS = 10_000
PAGES = 20
MOST_MILLISECONDS, MOST_QUERIES, MOST_SECONDS = 60.0, 12, 30.0
OK = 200
ASKED = {
    "first page": "",
    "last page": "?page=400",
    "by name, page 200": "?sort=organisation&page=200",
    "searched": "?search=ecluse",
    "filtered by conditions": "?verdict=unknown&sort=-organisation",
}


def pages_and_tables(place: Place) -> Iterator[Row]:
    """Both, beside their goals and floors; the tables are made here, not by the worker as well."""
    made = json.loads(place.ask("benchmarks.many", "make", str(APPLICATIONS)))
    yield from asyncio.run(_pages(place, made))
    place.end("worker")
    for kind in ("csv", "xlsx"):
        yield from _table(place, made, kind)
    place.start("worker")


async def _pages(place: Place, made: dict[str, str]) -> list[Row]:
    line = Line(place.port, f"sessionid={made['session']}; language=en")
    bare = float(place.ask("benchmarks.many", "bare", made["call"]))
    found = list[Row]()
    for what, query in ASKED.items():
        path = f"/en/calls/{made['call']}/applications/office/{query}"

        async def read(_turn: int, path: str = path) -> None:
            answer = await line.ask("GET", path)
            if answer.status != OK:
                raise Refused(path, answer)

        spent = await cost(place, PAGES, read)
        asked = float(place.ask("benchmarks.many", "queries", made["session"], path))
        floor = f"bare SQL by name: {bare:.1f} ms, {spent / bare:.0f} times"
        named = f"list of {APPLICATIONS:,} applications: {what}"
        found.append(at_most(named, place.name, spent, "ms of cpu", MOST_MILLISECONDS, floor=floor))
        found.append(at_most("  its questions", place.name, asked, "queries", MOST_QUERIES))
    return found


def _table(place: Place, made: dict[str, str], kind: str) -> Iterator[Row]:
    before = place.processor_seconds()
    told = json.loads(place.ask("benchmarks.many", "export", made["officer"], made["call"], kind))
    by_database = place.processor_seconds() - before
    spent = told["seconds"] + by_database
    floor = f"csv.writer alone: {told['least']:.2f} s, {spent / told['least']:.0f} times"
    what = f"table of {told['rows']:,} applications as {kind.upper()}"
    note = f"{by_database:.1f} s of it in other processes; at most {told['held']:.0f} MB held"
    yield at_most(what, place.name, spent, "s of cpu", MOST_SECONDS, floor=floor, note=note)
