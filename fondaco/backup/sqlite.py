"""SQLite: a file, copied by its online backup while people write."""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from fondaco.backup.databases import Configured, pointed_at
from fondaco.backup.manifests import Contents, Table
from fondaco.trail.selectors import sealed_head

SECONDS = 60.0
BESIDE = ("", "-wal", "-shm", "-journal")


class Sqlite:
    """A database in one file."""

    def __init__(self, configured: Configured) -> None:
        self.configured = configured
        self.path = Path(configured["NAME"])

    def _files(self) -> list[Path]:
        files = (self.path.with_name(self.path.name + end) for end in BESIDE)
        return [file for file in files if file.exists()]

    def size(self) -> int:
        """The file and what stands in the log beside it."""
        return sum(file.stat().st_size for file in self._files())

    def copied(self, to: Path) -> Contents:
        """One step of the online backup, which is one moment; writers are not held up."""
        with closing(_opened(self.path, "rw")) as live, closing(sqlite3.connect(to)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        to.chmod(0o600)
        return Sqlite({"ENGINE": self.configured["ENGINE"], "NAME": to}).contents()

    def in_the_way(self) -> list[str]:
        """The file, and logs that would be read into another."""
        return [str(file) for file in self._files()]

    def put_back(self, copy: Path) -> None:
        """Put the file in its place."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(copy, self.path)
        with self.path.open("rb") as file:
            os.fsync(file.fileno())

    def contents(self) -> Contents:
        """Every table, row by row, in the order in which they lie in the file."""
        with pointed_at(self.configured):
            head = sealed_head()
        with closing(_opened(self.path, "ro")) as file:
            file.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            names = file.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            ).fetchall()
            tables = {name: _table(file, name) for (name,) in names}
        return Contents(head, tables)

    def clear(self) -> None:
        """Take the file away."""
        for file in self._files():
            file.unlink()


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    """A file that must be there."""
    where = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(where, uri=True, timeout=SECONDS)


def _table(file: sqlite3.Connection, name: str) -> Table:
    digest, rows = hashlib.sha256(), 0
    for row in file.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608 - our own name
        digest.update(repr(row).encode())
        rows += 1
    return Table(rows, digest.hexdigest())
