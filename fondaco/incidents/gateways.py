"""The outside of incidents: logs on the disk, and how the platform looks from outside."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from django.conf import settings
from django.db import Error, connection

from fondaco.incidents.rules.minutes import Seen, minute_of

OWNER_ONLY = 0o600
PATIENCE = 10.0
TAIL = 200
HOLDS = ("waiting", "taken")
"""Where the spool has what is not brought in yet: a file for each application."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A log that is only added to: a file for each day, or as it is `named`; a line a thing."""

    folder: Path
    named: str = "%Y-%m-%d"

    def add(self, line: str, *, at: datetime) -> None:
        """Add a line; a line that was torn by a crash is ended first."""
        with self._opened(at) as file:
            self._write(file, line)

    def add_once(self, line: str, *, at: datetime, mark: str) -> bool:
        """Add a line unless one of the last holds `mark`, as when several workers look."""
        with self._opened(at) as file:
            if mark in self._tail(file):
                return False
            self._write(file, line)
            return True

    def since(self, at: datetime) -> Iterator[str]:
        """The lines of the file of `at` and of every later one, in order."""
        first = self._name(at)
        for path in self._files():
            if path.name >= first:
                with path.open(encoding="utf-8", errors="replace") as lines:
                    yield from lines

    def forget(self, *, before: datetime) -> int:
        """Remove the files from before a moment; how many went."""
        old = [path for path in self._files() if path.name < self._name(before)]
        for path in old:
            with suppress(FileNotFoundError):
                path.unlink()
        return len(old)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.jsonl")) if self.folder.is_dir() else []

    def _name(self, at: datetime) -> str:
        return f"{minute_of(at):{self.named}}.jsonl"

    def _opened(self, at: datetime) -> "_Opened":
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _Opened(self.folder / self._name(at))

    def _tail(self, file: int) -> str:
        size = os.fstat(file).st_size
        return os.pread(file, TAIL * 4, max(0, size - TAIL * 4)).decode("utf-8", "replace")

    def _write(self, file: int, line: str) -> None:
        size = os.fstat(file).st_size
        is_torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
        os.write(file, (b"\n" if is_torn else b"") + f"{line}\n".encode())


@dataclass(slots=True)
class _Opened:
    """A file of a log while it is ours to write to."""

    path: Path
    file: int = -1

    def __enter__(self) -> int:
        self.file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
        fcntl.flock(self.file, fcntl.LOCK_EX)
        return self.file

    def __exit__(self, *failure: object) -> None:
        os.close(self.file)


def minutes_log() -> Lines:
    """The availability log of this house."""
    return Lines(Path(settings.AVAILABILITY) / "minutes")


def attempts_log() -> Lines:
    """What people tried in vain."""
    return Lines(Path(settings.AVAILABILITY) / "attempts", "%Y-%m-%dT%H-%M")


def look_from_outside(at: datetime) -> Seen:
    """Ask the web server, the database, the spool and the disk how they are."""
    begun = time.monotonic()
    web = _ask_web()
    took = round((time.monotonic() - begun) * 1000)
    database, waiting = _ask_database(), _ask_spool()
    faults = {"web": web, "database": database, "spool": "" if waiting is not None else "spool"}
    return Seen(
        at=at,
        web=not web,
        database=not database,
        spool=waiting is not None,
        milliseconds=took,
        waiting=waiting or 0,
        free=_free_bytes(),
        why="; ".join(f"{name}: {said}" for name, said in faults.items() if said)[:200],
    )


def _ask_web() -> str:
    """What is wrong with the web server; nothing where it answers to its public name."""
    opener, host = build_opener(ProxyHandler({})), urlsplit(settings.ADDRESS).netloc
    asked = Request(f"{settings.WATCHED_ADDRESS}/alive/", headers={"Host": host})  # noqa: S310
    try:
        with opener.open(asked, timeout=PATIENCE) as answer:
            return "" if b"alive" in answer.read(TAIL) else "another answer"
    except (URLError, OSError, ValueError) as fault:
        return type(getattr(fault, "reason", fault)).__name__


def _ask_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as fault:
        connection.close()
        return type(fault).__name__
    return ""


def _ask_spool() -> int | None:
    """How many applications wait there; None where nothing can be written."""
    try:
        folder = Path(settings.SPOOL)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / ".looked").write_bytes(b"looked")
        return len({path.name for one in HOLDS for path in (folder / one).glob("*")})
    except OSError:
        return None


def _free_bytes() -> int:
    """The room that is left where there is the least."""
    places = [Path(settings.VAR), Path(settings.SPOOL), Path(settings.MEDIA_ROOT)]
    return min((shutil.disk_usage(one).free for one in places if one.is_dir()), default=0)
