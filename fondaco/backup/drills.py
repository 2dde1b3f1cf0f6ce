"""A drill: an archive is restored into a place of no consequence and compared with itself."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from fondaco.backup.archives import sha256_of
from fondaco.backup.databases import Configured, pointed_at
from fondaco.backup.manifests import Manifest, Table
from fondaco.backup.places import files_below
from fondaco.backup.services import Restored, restore
from fondaco.documents.models import Upload
from fondaco.trail.phrases import FAULTS

NONE = "-"
SHORT = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as the archive says it and as it was found."""

    what: str
    kept: str
    found: str

    @property
    def is_same(self) -> bool:
        """Whether it came back as it was."""
        return self.kept == self.found


def drill(archive: Path, *, database: Configured | None) -> list[Line]:
    """Restore, compare everything, and take away what was made; raises `NotDone`."""
    with tempfile.TemporaryDirectory(prefix="fondaco-drill-") as folder:
        into = Path(folder)
        restored = restore(archive, into=into, database=database)
        try:
            return [
                *_tables(restored),
                *_files(restored.manifest, into),
                _rows_with_files(restored, into),
                _trail(restored),
            ]
        finally:
            restored.database.clear()


def _tables(restored: Restored) -> Iterator[Line]:
    kept, found = restored.manifest.contents.tables, restored.database.contents().tables
    for name in sorted(kept.keys() | found.keys()):
        yield Line(name, _said(kept.get(name)), _said(found.get(name)))


def _said(table: Table | None) -> str:
    return f"{table.rows} {table.sha256[:SHORT]}" if table else NONE


def _files(manifest: Manifest, into: Path) -> Iterator[Line]:
    """How many files of each folder came back, and each one that did not."""
    for folder in ("uploads", "keys", "spool"):
        kept = {name: member.sha256 for name, member in manifest.below(folder).items()}
        paths = files_below(into / folder)
        found = {path.relative_to(into).as_posix(): sha256_of(path) for path in paths}
        yield Line(f"{folder}/", str(len(kept)), str(len(found)))
        for name in sorted(kept.keys() | found.keys()):
            if kept.get(name) != found.get(name):
                yield Line(name, kept.get(name, NONE)[:SHORT], found.get(name, NONE)[:SHORT])


def _rows_with_files(restored: Restored, into: Path) -> Line:
    """How many files are named by rows, and how many of them are there as the rows say."""
    with pointed_at(restored.database.configured):
        rows = list(Upload.objects.values_list("stored", "sha256"))
    whole = sum(_is_whole(into / "uploads" / stored, sha256) for stored, sha256 in rows)
    return Line(_("files that rows name"), str(len(rows)), str(whole))


def _is_whole(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) == sha256


def _trail(restored: Restored) -> Line:
    found = restored.verification
    head = str(restored.manifest.contents.head)
    said = str(found.head) if found.fault is None else str(FAULTS[found.fault.why])
    return Line(_("trail"), head, said)
