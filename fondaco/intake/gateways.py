"""The outside of intake: the disk of the spool, the database as it fails, the letters it mails."""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.db import Error, InterfaceError, InternalError, OperationalError, connection
from django.template.loader import render_to_string
from django.utils import translation

from fondaco.intake.rules.faults import Fault, fault_of_sqlite, fault_of_state
from fondaco.intake.rules.records import APPLICATION, Record, framed, records_in

logger = logging.getLogger(__name__)
WAITING, TAKEN, DONE, LOCKS = "waiting", "taken", "done", "locks"
OWNER_ONLY = 0o600


class NotKept(Exception):
    """The disk did not take the record: nothing of it may be called received."""


@dataclass(frozen=True, slots=True)
class Spool:
    """What was received while the database was away: one file for each application.

    `waiting` is added to; the worker moves a file to `taken`, brings its records in, and leaves it
    in `done` until it is forgotten. A lock on a file lasts as long as the process that holds it.
    """

    folder: Path

    def keep(self, record: Record) -> None:
        """Add the record; it is on the disk when this returns. Raises `NotKept`."""
        try:
            self._append(self._place(WAITING, record.application), framed(record))
        except OSError as fault:
            raise NotKept(str(fault)) from fault

    def _append(self, path: Path, written: bytes) -> None:
        self._made(path.parent)
        with _own_file(path) as file:
            size = os.fstat(file).st_size
            try:
                _written_whole(file, written)
                os.fsync(file)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(file, size)
                raise
            if size == 0:
                _sync_folder(path.parent)

    def has(self, application: str) -> bool:
        """Whether anything of the application waits to be brought in, as far as can be seen."""
        places = [self._place(stage, application) for stage in (WAITING, TAKEN)]
        try:
            return any(place.exists() for place in places)
        except OSError:
            logger.exception("the spool cannot be read")
            return False

    def applications(self) -> list[str]:
        """The applications of which something waits."""
        found: set[str] = set()
        for stage in (WAITING, TAKEN):
            with suppress(FileNotFoundError):
                found |= set(os.listdir(self.folder / stage))
        return sorted(found)

    def holds(self, application: str, identity: str) -> bool:
        """Whether this record waits to be brought in."""
        return any(record.identity == identity for record in self.records(application))

    def records(self, application: str) -> list[Record]:
        """What waits of the application, in the order of its receipt."""
        return [
            record
            for stage in (TAKEN, WAITING)
            for record in records_in(_bytes_of(self._place(stage, application)))
        ]

    @contextmanager
    def taken(self, application: str) -> Iterator[list[Record] | None]:
        """The records to be brought in now; None where another process is at it.

        Where the block fails, or its process dies, they wait for the next time.
        """
        with self._turn(application) as is_ours:
            if not is_ours:
                yield None
                return
            path = self._place(TAKEN, application)
            if not path.exists():
                self._take(application)
            yield list(records_in(_bytes_of(path)))
            if path.exists():
                self._lay_aside(path)

    @contextmanager
    def _turn(self, application: str) -> Iterator[bool]:
        self._made(self.folder / LOCKS)
        path = self._place(LOCKS, application)
        file = os.open(path, os.O_WRONLY | os.O_CREAT, OWNER_ONLY)
        try:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield _is_still(path, file)
        finally:
            os.close(file)

    def _take(self, application: str) -> None:
        """Move the file away while nobody adds to it; who comes next begins a new one."""
        path = self._place(WAITING, application)
        self._made(self.folder / TAKEN)
        with suppress(FileNotFoundError), _own_file(path, flags=os.O_WRONLY):
            path.rename(self._place(TAKEN, application))
            _sync_folder(self.folder / TAKEN)

    def _lay_aside(self, path: Path) -> None:
        self._made(self.folder / DONE)
        path.rename(self.folder / DONE / f"{path.name}.{path.stat().st_mtime_ns}")

    def forget(self, *, before: float) -> int:
        """Remove what was brought in before a moment; how many files went."""
        gone = 0
        for stage in (DONE, LOCKS):
            for path in _files_of(self.folder / stage):
                with suppress(FileNotFoundError):
                    application = path.name.partition(".")[0]
                    if path.stat().st_mtime < before and not self.has(application):
                        path.unlink()
                        gone += stage == DONE
        return gone

    def _place(self, stage: str, application: str) -> Path:
        if not APPLICATION.fullmatch(application):
            raise ValueError(application)
        return self.folder / stage / application

    def _made(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(folder.parent)


def fault_of(failure: BaseException) -> Fault | None:
    """Whether a failure is the database's being gone or unwritable, however deep it lies."""
    for one in _causes(failure):
        if isinstance(one, sqlite3.Error):
            return fault_of_sqlite(getattr(one, "sqlite_errorname", ""))
        told = one.__cause__
        is_of_database = isinstance(one, OperationalError | InterfaceError | InternalError)
        if is_of_database and not isinstance(told, sqlite3.Error):
            return fault_of_state(getattr(told, "sqlstate", None))
    return None


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    while failure is not None:
        yield failure
        failure = failure.__cause__


def database_answers() -> bool:
    """Whether the database answers; connections from before its fall are given up first."""
    try:
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def mail(letter: str, *, to: str, language: str, words: dict[str, object]) -> None:
    """Send one of intake's own letters; its first line is the subject."""
    with translation.override(language):
        text = render_to_string(f"intake/letters/{letter}.txt", words)
    subject, _line, body = text.strip().partition("\n")
    send_mail(" ".join(subject.split()), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to])


def spool() -> Spool:
    """The spool of this house."""
    return Spool(Path(settings.SPOOL))


@contextmanager
def _own_file(path: Path, *, flags: int = os.O_WRONLY | os.O_CREAT) -> Iterator[int]:
    """The file that has this name, locked; one that was moved away meanwhile is let go."""
    while True:
        file = os.open(path, flags | os.O_APPEND, OWNER_ONLY)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not _is_still(path, file):
                continue
            yield file
            return
        finally:
            os.close(file)


def _is_still(path: Path, file: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(file).st_ino
    except FileNotFoundError:
        return False


def _written_whole(file: int, written: bytes) -> None:
    left = memoryview(written)
    while left:
        left = left[os.write(file, left) :]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _files_of(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
