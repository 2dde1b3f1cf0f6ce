"""A thousand uploads open at once, slow senders among them: all of them arrive whole."""

import asyncio
import time
from collections import Counter

from benchmarks.client import PART, Applicant, Broken, Refused
from benchmarks.form import pdf
from benchmarks.one import people
from benchmarks.place import Place
from benchmarks.rows import Row, at_most

UPLOADS, SIZE = 1000, 200 * 1024
SLOW_EVERY, SLOW = 5, 15.0
"""One in five sends its bytes over that many seconds."""
GIVEN_UP = 120.0


async def arrived(person: Applicant, content: bytes, *, slow: float, gate: asyncio.Event) -> int:
    """One upload, gone on with after each refusal or cut as the browser does; how often it was."""
    until, again, address = time.monotonic() + GIVEN_UP, 0, ""
    while True:
        try:
            address = address or await person.announce(content)
            await gate.wait()
            if await _sent(person, address, content, slow=slow if again == 0 else 0.0):
                return again
        except (Refused, *Broken):
            if time.monotonic() > until:
                raise
        again += 1
        if time.monotonic() > until:
            raise TimeoutError
        await asyncio.sleep(1.0)


async def _sent(person: Applicant, address: str, content: bytes, *, slow: float) -> bool:
    asked = await person.line.ask("HEAD", address, Tus_Resumable="1.0.0")
    offset = int(asked.headers.get("upload-offset", 0))
    if offset == len(content):
        return True
    part = content[offset : offset + PART]
    answer = await person.send_part(address, part, offset, slow=slow)
    return answer.headers.get("upload-offset") == str(len(content))


async def open_at_once(place: Place, number: int = UPLOADS) -> list[Row]:
    """Announce all, open a connection for each, send all together."""
    crowd, content, gate = people(place, number), pdf(SIZE), asyncio.Event()
    tasks = [
        asyncio.create_task(
            arrived(one, content, slow=SLOW if turn % SLOW_EVERY == 0 else 0.0, gate=gate)
        )
        for turn, one in enumerate(crowd)
    ]
    ready = time.monotonic()
    while any(not one.marks and one.line.used_at == 0 for one in crowd):
        await asyncio.sleep(0.2)
        if time.monotonic() > ready + GIVEN_UP:
            break
    begun = time.monotonic()
    gate.set()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    took = time.monotonic() - begun
    for one in crowd:
        one.line.close()
    failed = [end for end in ends if isinstance(end, BaseException)]
    again = sum(end for end in ends if isinstance(end, int))
    kinds = Counter(f"{type(end).__name__} {end}"[:120] for end in failed)
    told = f"all sent within {took:.0f} s; {again} parts sent again; {dict(kinds) or ''}"
    what = f"{number} uploads open at once, unfinished"
    return [at_most(what, place.name, len(failed), "uploads", 0, note=told)]
