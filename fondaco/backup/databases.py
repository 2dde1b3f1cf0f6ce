"""The two databases as a backup sees them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from fondaco.backup.manifests import Contents

Configured = Mapping[str, Any]
SQLITE, POSTGRESQL = "sqlite", "postgresql"
MEMBERS = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}


class Database(Protocol):
    """One database: copied as it is at one moment, put back, compared."""

    configured: Configured

    def size(self) -> int:
        """About how many bytes it takes."""

    def copied(self, to: Path) -> Contents:
        """Write a copy; what exactly that copy holds."""

    def in_the_way(self) -> list[str]:
        """What is there already, where a copy should be put."""

    def put_back(self, copy: Path) -> None:
        """Make the empty database what the copy is."""

    def contents(self) -> Contents:
        """What it holds now."""

    def clear(self) -> None:
        """Take everything out that was put back."""


def engine_of(configured: Configured) -> str:
    """The word for a database in a manifest."""
    return SQLITE if "sqlite" in configured["ENGINE"] else POSTGRESQL


def database_of(configured: Configured) -> Database:
    """The database that a setting names."""
    if engine_of(configured) == SQLITE:
        from fondaco.backup.sqlite import Sqlite

        return Sqlite(configured)
    from fondaco.backup.postgresql import Postgresql

    return Postgresql(configured)


def own_database() -> Database:
    """The house's own."""
    return database_of(connections[DEFAULT_DB_ALIAS].settings_dict)


@contextmanager
def pointed_at(configured: Configured) -> Iterator[BaseDatabaseWrapper]:
    """Let every query of this thread go to another database, by a connection of its own."""
    plain = {
        **configured,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            name: kept
            for name, kept in configured.get("OPTIONS", {}).items()
            if name not in {"pool", "init_command"}
        },
    }
    own = connections[DEFAULT_DB_ALIAS]
    other = ConnectionHandler({DEFAULT_DB_ALIAS: plain})[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield other
    finally:
        connections[DEFAULT_DB_ALIAS] = own
        other.close()
