"""Faults that really happen: killed programs, a database stopped at once, a full volume."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.place import Place

VOLUME = "768m"
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Timetable:
    """When what goes wrong, in seconds from the beginning."""

    end: float
    kill_every: float = 5.0
    job_worker: tuple[float, ...] = (7.0, 19.0)
    database: tuple[float, float] = (9.0, 20.0)
    """When the database stops at once, and for how long it is away."""
    full: tuple[float, float] = (1.0, 7.0)
    """When the uploads' volume is full, and for how long."""


@dataclass(slots=True)
class Happened:
    """What was really done, to be said beside the figures."""

    begun: float = field(default_factory=time.monotonic)
    said: list[str] = field(default_factory=list)

    def note(self, words: str) -> None:
        """One more fault."""
        self.said.append(f"{time.monotonic() - self.begun:.0f} s {words}")


@contextmanager
def own_volumes(folder: Path) -> Iterator[tuple[str, ...]]:
    """What a site is started through so that a folder is a small volume of its own.

    Nothing else on the machine sees that volume. Empty where the system allows no namespace.
    """
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        yield ()
        return
    as_root = () if os.geteuid() == 0 else ("-r",)
    mounts = (
        f'mount -t tmpfs -o size={VOLUME} tmpfs "{folder}" && echo there && exec sleep infinity'
    )
    command = ["unshare", *as_root, "-m", "sh", "-c", mounts]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as holder:
        try:
            is_there = holder.stdout is not None and holder.stdout.readline() == b"there\n"
            user = () if os.geteuid() == 0 else ("-U", "--preserve-credentials")
            yield ("nsenter", "-t", str(holder.pid), *user, "-m", "--") if is_there else ()
        finally:
            with suppress(ProcessLookupError):
                holder.kill()


class Faults:
    """Everything that goes wrong in the last minutes."""

    def __init__(self, when: Timetable) -> None:
        self.when, self.happened = when, Happened()

    async def __call__(self, place: Place) -> None:
        """Let all of it go wrong, each in its time."""
        self.happened = Happened()
        await asyncio.gather(
            self._keep_alive(place),
            self._kill_web(place),
            self._kill_jobs(place),
            self._stop_database(place),
            self._fill(place),
        )

    async def _keep_alive(self, place: Place) -> None:
        while time.monotonic() - self.happened.begun < self.when.end:
            await asyncio.sleep(2.0)
            place.keep_alive()

    async def _kill_web(self, place: Place) -> None:
        turn = 0
        while time.monotonic() - self.happened.begun + self.when.kill_every < self.when.end:
            await asyncio.sleep(self.when.kill_every)
            place.kill_web_worker(turn)
            turn += 1
        self.happened.note(f"{turn} web workers killed")

    async def _kill_jobs(self, place: Place) -> None:
        for at in self.when.job_worker:
            await self._until(at)
            place.end("worker", by=signal.SIGKILL)
            place.start("worker")
            self.happened.note("job worker killed")

    async def _stop_database(self, place: Place) -> None:
        at, away = self.when.database
        if place.database is None or not away:
            return
        await self._until(at)
        await asyncio.to_thread(place.database.stop_at_once)
        self.happened.note("database stopped at once")
        await asyncio.sleep(away)
        place.database.launch()
        await asyncio.to_thread(place.database.wait)
        self.happened.note("database back")

    async def _fill(self, place: Place) -> None:
        at, full = self.when.full
        uploads = self._uploads(place)
        if uploads is None or not full:
            self.happened.note("no volume of its own here: it was never full")
            return
        await self._until(at)
        filler = uploads / "filler"
        is_full = await asyncio.to_thread(_fill, filler)
        self.happened.note(f"uploads' volume full: a plain write {'fails' if is_full else 'WORKS'}")
        until = time.monotonic() + full
        while time.monotonic() < until:  # what is thrown away meanwhile makes no room
            await asyncio.sleep(0.2)
            await asyncio.to_thread(_fill, filler)
        filler.unlink()
        self.happened.note("room again")

    def _uploads(self, place: Place) -> Path | None:
        """The volume as its holder sees it."""
        if not place.within:
            return None
        holder = place.within[place.within.index("-t") + 1]
        return Path(f"/proc/{holder}/root") / str(place.var / "uploads").lstrip("/")

    async def _until(self, at: float) -> None:
        await asyncio.sleep(max(0.0, self.happened.begun + at - time.monotonic()))


def _fill(filler: Path) -> bool:
    """Write until nothing more goes in, then byte by byte; whether a plain write fails then."""
    with filler.open("ab", buffering=0) as file:
        for size in (BLOCK, 4096, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    try:
        with filler.with_name("plain").open("wb") as plain:
            plain.write(b"x" * 4096)
    except OSError:
        return True
    finally:
        with suppress(OSError):
            filler.with_name("plain").unlink()
    return False
