"""Where the parts of a house lie, and where archives lie."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

ARCHIVE = re.compile(r"fondaco-\d{8}T\d{6}Z\.tar\.gz")
UNFINISHED = ".fondaco-backup-"
NAMED_KEYS = {"seal.pem": "SEAL_KEY", "receipt.pem": "RECEIPT_KEY"}
MADE_ANEW = "static"
SPOOLED = ("waiting", "taken")


def archive_name(at: datetime) -> str:
    """The name of an archive, sorted as the time is."""
    return f"fondaco-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar.gz"


def archives_in(folder: Path) -> list[Path]:
    """The archives of a folder, the oldest first."""
    return sorted(path for path in folder.iterdir() if ARCHIVE.fullmatch(path.name))


def uploads() -> Path:
    """The folder of the files that people gave."""
    return Path(settings.MEDIA_ROOT)


def spooled() -> Iterator[Path]:
    """What was received while the database was away and waits to be brought in.

    A worker moves a file from the first folder to the second: looked for in this order, none
    slips through.
    """
    for stage in SPOOLED:
        yield from files_below(Path(settings.SPOOL) / stage)


def files_below(folder: Path) -> list[Path]:
    """Every file of a folder, however deep."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def size_of(files: Iterable[Path]) -> int:
    """What some files take; one that has just been taken away takes nothing."""
    return sum(path.stat().st_size for path in files if path.exists())


def keys() -> tuple[dict[str, Path], tuple[str, ...]]:
    """The files of keys by name, and the names of those that are not there."""
    folder = settings.VAR / "keys"
    found = {path.name: path for path in files_below(folder) if not path.name.startswith(".")}
    missing = []
    for name, setting in NAMED_KEYS.items():
        path: Path = getattr(settings, setting)
        if path.is_file():
            found[name] = path
        else:
            missing.append(name)
    return found, tuple(missing)


def in_the_way(folder: Path) -> list[str]:
    """What a folder holds already; empty folders and collected static files are no hindrance."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        return [str(folder)]
    return [
        str(path)
        for path in sorted(folder.iterdir())
        if path.name != MADE_ANEW and (not path.is_dir() or files_below(path))
    ]
