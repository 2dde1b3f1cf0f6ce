"""The manifest of an archive: what is in it, and what the database held at that moment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fondaco.kernel.plain import plain
from fondaco.trail.rules import Head, head_of

FORMAT = 1


class Unreadable(ValueError):
    """The text is no manifest of ours."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive."""

    size: int
    sha256: str
    mode: int = 0o600


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table has, and a hash over all of them."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds at one moment."""

    head: Head
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself; `missing_keys` were not there when it was made."""

    made_at: datetime
    version: str
    engine: str
    database: str
    contents: Contents
    members: Mapping[str, Member]
    missing_keys: tuple[str, ...] = ()

    def below(self, folder: str) -> dict[str, Member]:
        """The members of one folder, by their names in the archive."""
        return {n: kept for n, kept in self.members.items() if n.startswith(f"{folder}/")}


def written(manifest: Manifest) -> bytes:
    """The manifest as people and programs read it."""
    said = {
        "format": FORMAT,
        "made_at": manifest.made_at,
        "version": manifest.version,
        "engine": manifest.engine,
        "database": manifest.database,
        "head": str(manifest.contents.head),
        "missing_keys": manifest.missing_keys,
        "tables": manifest.contents.tables,
        "members": manifest.members,
    }
    return (json.dumps(plain(said), ensure_ascii=False, indent=1) + "\n").encode()


def read(text: bytes) -> Manifest:
    """The manifest of an archive; raises `Unreadable`."""
    try:
        said: dict[str, Any] = json.loads(text)
        if said["format"] != FORMAT:
            raise Unreadable(f"format {said['format']}")
        return _manifest(said)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Unreadable(str(fault)) from fault


def _manifest(said: dict[str, Any]) -> Manifest:
    tables = {name: Table(**kept) for name, kept in said["tables"].items()}
    return Manifest(
        made_at=datetime.fromisoformat(said["made_at"]),
        version=said["version"],
        engine=said["engine"],
        database=said["database"],
        contents=Contents(head_of(said["head"]), tables),
        members={name: Member(**kept) for name, kept in said["members"].items()},
        missing_keys=tuple(said["missing_keys"]),
    )
