"""What one thing costs in processor time, of server, worker and database together."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks import client
from benchmarks.client import Applicant, Line
from benchmarks.form import FILLED, pdf
from benchmarks.place import Place
from benchmarks.rows import Row, at_most

APPLICATIONS, SAVES, PAGES, WARM = 80, 200, 60, 15
SIZE = 200 * 1024
REQUESTS = 6
GOAL = {"PostgreSQL": 40.0, "SQLite": 32.0}
Work = Callable[[int], Awaitable[object]]


def people(place: Place, number: int, *words: str) -> list[Applicant]:
    """As many people with drafts, signed in."""
    made: dict[str, Any] = json.loads(
        place.ask("benchmarks.crowd", "make", str(number), *words) or "{}"
    )
    return [Applicant(place.port, made["call"], person) for person in made["people"]]


async def cost(place: Place, number: int, work: Work) -> float:
    """Milliseconds of processor time for each of so many pieces of work, one after the other."""
    for turn in range(WARM):
        await work(turn)
    await asyncio.sleep(1.0)
    before = place.processor_seconds()
    for turn in range(number):
        await work(WARM + turn)
    await asyncio.sleep(0.2)
    return (place.processor_seconds() - before) * 1e3 / number


async def idle(place: Place, seconds: float) -> float:
    """Processor seconds a second that the site uses while nobody asks it anything."""
    before = place.processor_seconds()
    await asyncio.sleep(seconds)
    return (place.processor_seconds() - before) / seconds


async def floor_of(place: Place) -> float:
    """What the smallest answer costs: that the site is alive."""
    line = Line(place.port)
    return await cost(place, PAGES, lambda _turn: line.ask("GET", "/alive/"))


async def application(place: Place, floor: float) -> list[Row]:
    """A whole application; what the worker of jobs did meanwhile stands beside it."""
    crowd, content = people(place, APPLICATIONS + WARM), pdf(SIZE)
    by_worker = place.worker_seconds()
    found = await cost(
        place, APPLICATIONS, lambda turn: crowd[turn].whole_application(content, FILLED)
    )
    least = f"{REQUESTS} smallest answers: {REQUESTS * floor:.1f} ms"
    spent = (place.worker_seconds() - by_worker) * 1e3 / (APPLICATIONS + WARM)
    what = "one application: form, upload, save, submit, receipt"
    return [
        at_most(what, place.name, found, "ms of cpu", GOAL[place.name], floor=least),
        Row("  beside it: worker of jobs, letters", place.name, spent, "ms of cpu"),
    ]


async def autosave(place: Place, floor: float) -> Row:
    """One save of a page that saves itself, one answer changed."""
    [person] = people(place, 1)
    await person.open_form()

    async def save(turn: int) -> None:
        await person.save(FILLED | {"text-0": f"changed {turn}"})

    found = await cost(place, SAVES, save)
    least = f"smallest answer: {floor:.1f} ms"
    return at_most("one autosave", place.name, found, "ms of cpu", 5.0, floor=least)


async def parts(place: Place) -> list[Row]:
    """What the steps of an application cost, each alone."""
    crowd, content = people(place, PAGES + WARM), pdf(SIZE)
    sent: dict[int, str] = {}

    async def submit(turn: int) -> None:
        sent[turn] = await crowd[turn].submit()

    steps: dict[str, Work] = {
        "form": lambda turn: crowd[turn].open_form(),
        "upload": lambda turn: crowd[turn].upload(content),
        "first save": lambda turn: crowd[turn].save(FILLED),
        "submit": submit,
        "receipt": lambda turn: crowd[turn].read_receipt(sent[turn]),
    }
    return [
        Row(f"  of it: {name}", place.name, await cost(place, PAGES, work), "ms of cpu")
        for name, work in steps.items()
    ]


async def a_call(place: Place) -> str:
    """The code of a call that the public list names first."""
    listed = (await Line(place.port).ask("GET", "/en/calls/")).body.decode()
    found: list[str] = re.findall(r'href="/en/calls/([a-z0-9-]+)/"', listed)
    return found[0]


async def _read(line: Line, path: str) -> None:
    answer = await line.ask("GET", path)
    if answer.status != 200:  # noqa: PLR2004
        raise client.Refused(path, answer)


async def public_page(place: Place, floor: float) -> list[Row]:
    """The page of a call as it comes, to somebody who is not signed in, in each language."""
    line, rows, call = Line(place.port), list[Row](), await a_call(place)
    least = f"smallest answer: {floor:.1f} ms"
    for language in ("en", "fr", "ar"):
        path = f"/{language}/calls/{call}/"

        async def kept(_turn: int, path: str = path) -> None:
            await _read(line, path)

        async def made(turn: int, path: str = path) -> None:
            await _read(line, f"{path}?turn={turn}")

        for work, goal, how in ((kept, 6.0, "from memory"), (made, 20.0, "made anew")):
            found = await cost(place, PAGES, work)
            what = f"public page of a call, {language}, {how}"
            rows.append(at_most(what, place.name, found, "ms of cpu", goal, floor=least))
        asked = float(place.ask("benchmarks.crowd", "queries", path))
        what = f"  its questions to the database, {language}"
        rows.append(at_most(what, place.name, asked, "queries", 10))
    return rows
