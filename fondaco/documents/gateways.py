"""The disk on which files arrive in parts, and the program that searches them for viruses."""

import errno
import fcntl
import hashlib
import os
import shutil
import socket
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File

from fondaco.documents.rules import HEAD
from fondaco.documents.states import Finding

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
PARTIAL, WHOLE = "partial", ".whole"


class End(StrEnum):
    """How the arrival of a part ended."""

    WHOLE = "whole"
    CUT = "cut"
    FULL = "full"
    BROKEN = "broken"
    LOCKED = "locked"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a file stands after a part, and how the part ended."""

    offset: int
    end: End


class Whole(File):  # type: ignore[type-arg]
    """A file that has arrived; storage takes it over by its name, without copying it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), str(path))
        self.path = path

    def temporary_file_path(self) -> str:
        """A second name of the file: the first one stays until everything is written down."""
        second = self.path.with_suffix(WHOLE)
        second.unlink(missing_ok=True)
        try:
            os.link(self.path, second)
        except OSError as fault:
            if fault.errno in NO_ROOM:
                raise
            shutil.copyfile(self.path, second)
        return str(second)


def folder() -> Path:
    """Where files arrive, on the volume of the uploads."""
    return Path(settings.MEDIA_ROOT) / PARTIAL


def _path(code: str) -> Path:
    return folder() / f"{code}.part"


def offset_of(code: str) -> int:
    """How many bytes have arrived."""
    try:
        return _path(code).stat().st_size
    except FileNotFoundError:
        return 0


def touched_at(code: str) -> float:
    """When something arrived last, in seconds since 1970; 0 where nothing ever did."""
    try:
        return _path(code).stat().st_mtime
    except FileNotFoundError:
        return 0.0


def head_of(code: str) -> bytes:
    """The first bytes."""
    with _path(code).open("rb") as arrived:
        return arrived.read(HEAD)


def whole(code: str) -> Whole:
    """What has arrived, to be kept."""
    return Whole(_path(code))


def remove(code: str) -> None:
    """Take away what has arrived."""
    for path in (_path(code), _path(code).with_suffix(WHOLE)):
        path.unlink(missing_ok=True)


def append(
    code: str, pieces: Iterator[bytes], *, offset: int, length: int, checksum: bytes | None = None
) -> Arrival:
    """Put a part at the end of what has arrived, and onto the disk before anything is answered.

    What came before a cut stays, unless the part has a checksum, which only a whole part can meet.
    """
    with _alone(code) as descriptor:
        if descriptor is None:
            return Arrival(offset_of(code), End.LOCKED)
        before = os.fstat(descriptor).st_size
        if before != offset:
            return Arrival(before, End.MOVED)
        os.lseek(descriptor, 0, os.SEEK_END)
        digest = hashlib.sha256() if checksum else None
        end = _written(descriptor, pieces, before + length, digest)
        if digest and (end != End.WHOLE or digest.digest() != checksum):
            os.ftruncate(descriptor, before)
            end = End.BROKEN if end == End.WHOLE else end
        end = _on_disk(descriptor, before, end)
        return Arrival(os.fstat(descriptor).st_size, end)


@contextmanager
def _alone(code: str) -> Iterator[int | None]:
    """The file, opened for us alone; None while somebody else has it."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(_path(code), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield descriptor
    except BlockingIOError:
        yield None
    finally:
        os.close(descriptor)


def _written(
    descriptor: int, pieces: Iterator[bytes], goal: int, digest: "hashlib._Hash | None"
) -> End:
    """Write piece after piece, into the hash too where one is asked for; how it ended."""
    try:
        for piece in pieces:
            if digest:
                digest.update(piece)
            view = memoryview(piece)
            while view:
                view = view[os.write(descriptor, view) :]
    except OSError as fault:
        if fault.errno not in NO_ROOM:
            raise
        return End.FULL
    return End.WHOLE if os.fstat(descriptor).st_size == goal else End.CUT


def _on_disk(descriptor: int, before: int, end: End) -> End:
    """Flush; where the disk refuses even that, nothing of the part counts."""
    try:
        os.fdatasync(descriptor)
    except OSError as fault:
        if fault.errno not in NO_ROOM:
            raise
        os.ftruncate(descriptor, before)
        return End.FULL
    return end


Known = Callable[[Iterable[str]], set[str]]
BATCH = 500


def clear_parts(*, before: float, known: Known) -> int:
    """Remove parts that are old and no transfer's; how many."""
    found = [path for path in folder().glob("*.*") if path.stat().st_mtime < before]
    kept = known(path.stem for path in found)
    return _removed(path for path in found if path.stem not in kept)


def clear_files(*, before: float, known: Known) -> int:
    """Remove stored files that are old and no upload's, month by month; how many."""
    root, gone = Path(settings.MEDIA_ROOT), 0
    for month in sorted((root / "files").glob("*/*")):
        found = [path for path in month.iterdir() if path.stat().st_mtime < before]
        for start in range(0, len(found), BATCH):
            named = {path.relative_to(root).as_posix(): path for path in found[start:][:BATCH]}
            kept = known(named)
            gone += _removed(path for name, path in named.items() if name not in kept)
    return gone


def _removed(paths: Iterable[Path]) -> int:
    gone = 0
    for path in paths:
        path.unlink(missing_ok=True)
        gone += 1
    return gone


class NoAnswer(Exception):
    """clamd is not there, or says what it should not: the search is tried again."""


PIECE = 64 * 1024
SECONDS = 60


def searched(content: IO[bytes], address: str) -> tuple[Finding, str]:
    """What clamd finds in a file, by its INSTREAM command; with the name of the virus."""
    try:
        with _line(address) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := content.read(PIECE):
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            said = _answer(line)
    except OSError as fault:
        raise NoAnswer(f"clamd at {address}: {fault}") from fault
    if said.endswith("OK"):
        return Finding.CLEAN, ""
    if said.endswith(" FOUND"):
        return Finding.INFECTED, said.removesuffix(" FOUND").removeprefix("stream: ")
    raise NoAnswer(f"clamd at {address} said {said!r}")


def _line(address: str) -> socket.socket:
    """The connection to `/path/of/socket` or `host:port`."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _answer(line: socket.socket) -> str:
    """What clamd says, up to its closing zero."""
    said = b""
    while not said.endswith(b"\0") and (more := line.recv(4096)):
        said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()
