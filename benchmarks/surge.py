"""Many at once: whole applications side by side, and the last ten minutes before a deadline."""

import asyncio
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.client import Applicant, Broken, Refused
from benchmarks.form import FILLED, pdf
from benchmarks.one import SIZE, people
from benchmarks.place import Place
from benchmarks.rows import Row, at_least, at_most

CROWD = 128
RATE, RATE_ALONE, SLOWEST = 20.0, 30.0, 3.0
AGAIN = 0.3
"""Seconds after which a browser tries again what failed."""
GIVEN_UP = 100.0


async def side_by_side(place: Place, seconds: float, goal: float, what: str) -> list[Row]:
    """So many people at once, each a whole application after the other, for so long."""
    crowd, content = people(place, int(CROWD + seconds * goal * 1.6)), pdf(SIZE)
    waiting, waits, failures = iter(crowd), list[float](), Counter[str]()
    done, until = 0, time.monotonic() + seconds

    async def one_after_the_other() -> None:
        nonlocal done
        while time.monotonic() < until and (person := next(waiting, None)) is not None:
            try:
                await person.whole_application(content, FILLED)
                done += time.monotonic() < until
            except (Refused, *Broken) as fault:
                failures[f"{type(fault).__name__} {fault}"[:160]] += 1
            waits.extend(person.line.waits)
            person.line.close()

    before, begun = place.processor_seconds(), time.monotonic()
    await asyncio.gather(*(one_after_the_other() for _ in range(CROWD)))
    spent, took = place.processor_seconds() - before, time.monotonic() - begun
    slow = statistics.quantiles(waits, n=100)[-1]
    wrong = sum(failures.values())
    told = f"{done} applications in {seconds:.0f} s; {spent / took:.2f} cores used by the site"
    return [
        at_least(
            f"{CROWD} people at once, {what}",
            place.name,
            done / seconds,
            "a second",
            goal,
            note=told,
        ),
        at_most("  failures", place.name, wrong, "failed", 0, note="; ".join(failures)),
        at_most("  99 of 100 requests within", place.name, slow, "s", SLOWEST),
    ]


@dataclass(frozen=True, slots=True)
class Rush:
    """How large the last minutes are, and over how long the submissions rise."""

    people: int = 800
    typing: int = 60
    seconds: float = 24.0
    peak: float = 8.0
    """Submissions a second at the deadline."""


FULL = Rush(people=5000, typing=500, seconds=600.0, peak=25.0)
SMALL = Rush(people=40, typing=6, seconds=5.0, peak=6.0)


@dataclass(slots=True)
class Told:
    """What one person was told: the last text that was acknowledged, and whether it is sent."""

    code: str
    key: str
    text: str = ""
    sent_at: float = 0.0
    """When the first try to submit began, by this machine's clock."""
    receipt: str = ""
    uploaded: bool = False
    failures: list[str] = field(default_factory=list)


async def until_acknowledged(told: Told, ask: Callable[[], Awaitable[Any]]) -> Any:
    """Ask again, as a browser does, until somebody says yes or it is given up."""
    until = time.monotonic() + GIVEN_UP
    while True:
        try:
            return await ask()
        except (Refused, *Broken) as fault:
            told.failures.append(f"{type(fault).__name__} {fault}"[:200])
            final = isinstance(fault, Refused) and fault.status in {302, 401, 403, 404, 409, 422}
            if final or time.monotonic() > until:
                return None
        await asyncio.sleep(AGAIN)


async def typist(person: Applicant, told: Told, end: asyncio.Event) -> None:
    """Somebody who types on; what was acknowledged last is what must be there."""
    turn = 0
    while not end.is_set():
        text, turn = f"typed {turn} by {told.code}", turn + 1
        said = await until_acknowledged(told, lambda text=text: person.save({"text-0": text}))  # type: ignore[misc]
        if said and not said["clashes"]:
            told.text = text
        await asyncio.sleep(min(float((said or {}).get("next", 0)), 2.0) + random.uniform(0.7, 1.3))  # noqa: S311


async def sender(person: Applicant, told: Told, wait: float, number: int) -> None:
    """Somebody who types a last word, some of them upload a file, and sends the application."""
    await asyncio.sleep(wait)
    text = f"the last word of {told.code}"
    if number % 10 == 3:  # noqa: PLR2004 - one in ten loses the connection in the middle of a save
        await _broken_off(person, text)
    if await until_acknowledged(told, lambda: person.save({"text-0": text})):
        told.text = text
    if number % 5 == 1:
        content = pdf(60_000)
        told.uploaded = (await until_acknowledged(told, lambda: _uploaded(person, content))) is True
    told.sent_at = time.time()
    if number % 5 == 2:  # noqa: PLR2004 - one in five is impatient and presses twice
        other = Applicant(person.line.port, "", {"code": person.code, "pass": "", "session": ""})
        other.line.cookie, other.way, other.pass_text = (
            person.line.cookie,
            person.way,
            person.pass_text,
        )
        twice = [until_acknowledged(told, each.submit) for each in (person, other)]
        found = [one for one in await asyncio.gather(*twice) if one]
        told.receipt = max(found, key=len, default="")
        other.line.close()
    else:
        told.receipt = await until_acknowledged(told, person.submit) or ""


async def _uploaded(person: Applicant, content: bytes) -> bool:
    await person.upload(content)
    return True


async def _broken_off(person: Applicant, text: str) -> None:
    """Begin a save and hang up before the answer."""
    try:
        async with asyncio.timeout(0.004):
            await person.save({"text-0": text})
    except (Refused, *Broken):
        person.line.close()


Fault = Callable[[Place], Coroutine[Any, Any, None]]


async def last_minutes(place: Place, rush: Rush, faults: Fault | None = None) -> dict[str, Any]:
    """Typists and senders up to the deadline, faults beside them; what everybody was told.

    Everybody has the page of the form open already, with its pass.
    """
    made = json.loads(place.ask("benchmarks.crowd", "make", str(rush.people), "filled"))
    crowd = [Applicant(place.port, made["call"], person) for person in made["people"]]
    for person in crowd:
        person.marks = dict(made["marks"])
    ledger = [Told(person.code, person.key) for person in crowd]
    sending = int(rush.seconds * rush.peak / 2)
    # they rise to the peak: as many have sent as the square of the time that has gone by
    waits = [rush.seconds * 0.9 * (turn / sending) ** 0.5 for turn in range(sending)]
    closes = place.ask("benchmarks.crowd", "deadline", made["call"], str(rush.seconds + 1))
    end = asyncio.Event()
    typing = slice(sending, sending + rush.typing)
    typists = [
        asyncio.create_task(typist(person, told, end))
        for person, told in zip(crowd[typing], ledger[typing], strict=True)
    ]
    senders = [
        asyncio.create_task(sender(crowd[turn], ledger[turn], wait, turn))
        for turn, wait in enumerate(waits)
    ]
    broken = asyncio.create_task(faults(place)) if faults else None
    await asyncio.gather(*senders)
    if broken:
        await broken
    end.set()
    await asyncio.gather(*typists)
    for person in crowd:
        person.line.close()
    return {
        "call": made["call"],
        "closes_at": json.loads(closes),
        "told": [asdict(told) for told in ledger],
    }


def checked(place: Place, ledger: dict[str, Any]) -> dict[str, Any]:
    """What the tables say to what people were told, once everything received is brought in."""
    place.keep_alive()
    found: dict[str, Any] = json.loads(
        place.ask("benchmarks.audit", given=json.dumps(ledger)) or "{}"
    )
    return found


def rows_of(place: Place, what: str, found: dict[str, Any]) -> list[Row]:
    """The ledger and the tables, side by side."""
    told = f"{found['sent']} sent, {found['acknowledged']} acknowledged, {found['saved']} texts"
    more = f"; {found['tries']} tries repeated; {found['after_deadline']} first tried too late"
    kinds = {
        "lost": "acknowledged submissions not in the database",
        "doubled": "applications sent more than once",
        "altered": "acknowledged texts or files that are not there byte for byte",
        "late": "sent before the deadline and refused as late",
        "broken": "drafts that are not whole",
    }
    wrong = sum(len(found[kind]) for kind in kinds)
    says = "; ".join(f"{kinds[k]}: {found[k][:4]}" for k in kinds if found[k])
    return [
        at_most(
            what, place.name, wrong, "wrong", 0, note=f"{told}{more}{'; ' + says if says else ''}"
        ),
        at_most(
            "  sent in time, never acknowledged",
            place.name,
            len(found["given_up_codes"]),
            "people",
            0,
        ),
    ]
