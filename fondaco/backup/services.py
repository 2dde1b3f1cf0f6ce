"""Making a backup and restoring one."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from fondaco.backup import archives, places
from fondaco.backup.archives import Writer
from fondaco.backup.databases import (
    MEMBERS,
    Configured,
    Database,
    database_of,
    engine_of,
    own_database,
    pointed_at,
)
from fondaco.backup.faults import NotDone, named, require_room
from fondaco.backup.manifests import Manifest
from fondaco.trail import services as trail
from fondaco.trail.access import INSTALLATION
from fondaco.trail.rules import Verification
from fondaco.trail.selectors import verified

SPARE = 16 * 1024 * 1024
LEFT_BEHIND = timedelta(days=2)
FAULTS = (NotDone, OSError, DatabaseError, sqlite3.Error)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: its archive, what it says of itself, and the older ones that went."""

    archive: Path
    size: int
    sha256: str
    manifest: Manifest
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and what reading the trail again has shown."""

    manifest: Manifest
    database: Database
    verification: Verification


def back_up(folder: Path, *, kept: int, at: datetime) -> Made:
    """Make a backup, remove the oldest beyond `kept`, and tell the installation's story of it.

    Raises `NotDone`, after the story has been told of the failure.
    """
    try:
        archive, manifest = _archive(folder, at)
        made = Made(
            archive,
            archive.stat().st_size,
            archives.sha256_of(archive),
            manifest,
            _forgotten(folder, kept),
        )
    except FAULTS as fault:
        with suppress(DatabaseError):
            _record_failure(str(fault), at=at)
        raise NotDone(str(fault)) from fault
    _record(made, at=at)
    return made


@transaction.atomic
def _record(made: Made, *, at: datetime) -> None:
    trail.record(
        "backup.made",
        subject=INSTALLATION,
        by_id=None,
        at=at,
        archive=made.archive.name,
        size=made.size,
        sha256=made.sha256,
        head=str(made.manifest.contents.head),
        uploads=len(made.manifest.below("uploads")),
        missing_keys=made.manifest.missing_keys,
        removed=made.removed,
    )


@transaction.atomic
def _record_failure(reason: str, *, at: datetime) -> None:
    trail.record("backup.failed", subject=INSTALLATION, by_id=None, at=at, reason=reason[:500])


def _archive(folder: Path, at: datetime) -> tuple[Path, Manifest]:
    """Write the archive under a name that nobody takes for finished, then rename it."""
    database, final = own_database(), folder / places.archive_name(at)
    kept = (places.uploads(), settings.VAR / "keys", Path(settings.SPOOL))
    inside = {place.resolve() for place in kept}
    if inside & {folder.resolve(), *folder.resolve().parents}:
        words = _("%(folder)s is itself backed up: choose another folder.")
        raise NotDone(words % {"folder": folder})
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if final.exists():
        raise NotDone(_("%(archive)s is there already.") % {"archive": final})
    _sweep(folder, at)
    files = places.size_of(places.files_below(places.uploads()))
    require_room(folder, 2 * database.size() + files + SPARE)
    with _scratch(folder) as scratch:
        manifest = _filled(scratch, database, at)
        (scratch / "archive").replace(final)
    _keep_name(folder)
    return final, manifest


def _filled(scratch: Path, database: Database, at: datetime) -> Manifest:
    """The database before the uploads, so that every file that a row names is still there.

    The spool before the database: what is brought in between the two is then in both, and brought
    in once all the same.
    """
    engine = engine_of(database.configured)
    copy, spool = scratch / MEMBERS[engine], scratch / "spool"
    _copy_spool(spool)
    contents = database.copied(copy)
    keys, missing = places.keys()
    with archives.new_archive(scratch / "archive") as writer:
        writer.add(copy.name, copy)
        _add_uploads(writer)
        for path in places.files_below(spool):
            writer.add(f"spool/{path.relative_to(spool).as_posix()}", path)
        for name, path in keys.items():
            writer.add(f"keys/{name}", path)
        manifest = Manifest(
            made_at=at,
            version=version("fondaco"),
            engine=engine,
            database=copy.name,
            contents=contents,
            members=writer.members,
            missing_keys=missing,
        )
        writer.close_with(manifest)
    return manifest


def _copy_spool(to: Path) -> None:
    for path in places.spooled():
        place = to / path.relative_to(settings.SPOOL)
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # it was brought in meanwhile
            shutil.copy2(path, place)


def _add_uploads(writer: Writer) -> None:
    folder = places.uploads()
    for path in places.files_below(folder):
        with suppress(FileNotFoundError):  # its owner destroyed it meanwhile
            writer.add(f"uploads/{path.relative_to(folder).as_posix()}", path)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    scratch = Path(tempfile.mkdtemp(prefix=places.UNFINISHED, dir=folder))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _sweep(folder: Path, at: datetime) -> None:
    """Take away what a backup left that was cut off long ago."""
    for left in folder.glob(f"{places.UNFINISHED}*"):
        if left.stat().st_mtime < (at - LEFT_BEHIND).timestamp():
            shutil.rmtree(left, ignore_errors=True)


def _keep_name(folder: Path) -> None:
    """Wait until the new name is on the disk too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _forgotten(folder: Path, kept: int) -> tuple[str, ...]:
    """Remove the oldest archives; the newest always stays."""
    old = places.archives_in(folder)[: -max(kept, 1)]
    for path in old:
        path.unlink()
    return tuple(path.name for path in old)


def restore(archive: Path, *, into: Path, database: Configured | None) -> Restored:
    """Put everything back into an empty place, and read the trail again there.

    Without `database`, SQLite is put into the folder as well. Raises `NotDone`.
    """
    manifest = archives.checked(archive)
    target = _target(manifest, into, database)
    try:
        there = [*places.in_the_way(into), *target.in_the_way()]
        if there:
            words = _("Only an empty place is restored into; there is already: %(there)s")
            raise NotDone(words % {"there": named(set(there))})
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        require_room(into, sum(kept.size for kept in manifest.members.values()) + SPARE)
        _put_back(archive, manifest, into, target)
        with pointed_at(target.configured):
            return Restored(manifest, target, verified(manifest.contents.head))
    except (OSError, DatabaseError, sqlite3.Error) as fault:
        raise NotDone(str(fault)) from fault


def _target(manifest: Manifest, into: Path, database: Configured | None) -> Database:
    inside = {"ENGINE": "django.db.backends.sqlite3", "NAME": into / "fondaco.sqlite3"}
    wanted = database or inside
    if engine_of(wanted) != manifest.engine:
        words = _("The archive is of %(engine)s: name an empty database of that kind (--database).")
        raise NotDone(words % {"engine": manifest.engine})
    return database_of(wanted)


def _put_back(archive: Path, manifest: Manifest, into: Path, target: Database) -> None:
    """Files first, the database last; what was begun is taken away when it cannot be finished."""
    placed: list[Path] = []
    with _scratch(into) as scratch:

        def place_of(name: str) -> Path:
            if name == manifest.database:
                return scratch / name
            placed.append(into / name)
            return placed[-1]

        try:
            archives.unpack(archive, place_of)
            target.put_back(scratch / manifest.database)
        except BaseException:
            for path in placed:
                path.unlink(missing_ok=True)
            raise
