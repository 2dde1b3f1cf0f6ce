"""PostgreSQL: dumped and restored by the operator's own client programs."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from fondaco.backup.databases import Configured, pointed_at
from fondaco.backup.faults import NotDone
from fondaco.backup.manifests import Contents, Table
from fondaco.trail.selectors import sealed_head

PACKAGE = "postgresql-client"
AS_IS = ("--no-owner", "--no-privileges")
PARTS = {
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "NAME": "PGDATABASE",
}
OPTIONS = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "options": "PGOPTIONS",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
}
SAME_WORDS = (
    "SET LOCAL timezone TO 'UTC'",
    "SET LOCAL datestyle TO 'ISO, YMD'",
    "SET LOCAL intervalstyle TO 'postgres'",
    "SET LOCAL bytea_output TO 'hex'",
    "SET LOCAL extra_float_digits TO 1",
)
OURS = """
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (
        SELECT 1 FROM pg_depend d
        WHERE d.classid = o.tableoid AND d.objid = o.oid AND d.deptype = 'e'
    )
"""
RELATIONS = f"""
    SELECT format('%I.%I', n.nspname, o.relname), o.relkind::text
    FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
    WHERE o.relkind IN ('r', 'p', 'v', 'm', 'S') AND {OURS}
    ORDER BY o.relkind = 'S', 1
"""  # noqa: S608 - our own words
FUNCTIONS = f"""
    SELECT o.oid::regprocedure::text FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace
    WHERE {OURS} ORDER BY 1
"""  # noqa: S608 - our own words
KINDS = {"r": "TABLE", "p": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW", "S": "SEQUENCE"}


class Postgresql:
    """A database on a server."""

    def __init__(self, configured: Configured) -> None:
        self.configured = configured

    def size(self) -> int:
        """What the server says it takes."""
        with pointed_at(self.configured) as connection:
            return int(_rows(connection, "SELECT pg_database_size(current_database())")[0][0])

    def copied(self, to: Path) -> Contents:
        """A dump of the very moment that is read here: both see one snapshot."""
        with pointed_at(self.configured) as connection, transaction.atomic():
            _rows(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            moment = _rows(connection, "SELECT pg_export_snapshot()")[0][0]
            self._run("pg_dump", "--format=custom", *AS_IS, f"--snapshot={moment}", f"--file={to}")
            to.chmod(0o600)
            return _contents(connection)

    def in_the_way(self) -> list[str]:
        """Every table, view and sequence that belongs to no extension."""
        with pointed_at(self.configured) as connection:
            return [str(name) for name, _kind in _rows(connection, RELATIONS)]

    def put_back(self, copy: Path) -> None:
        """Restore the dump, all of it or nothing."""
        whole = ("--exit-on-error", "--single-transaction", *AS_IS)
        self._run("pg_restore", *whole, f"--dbname={self.configured['NAME']}", str(copy))

    def contents(self) -> Contents:
        """Every table, row by row."""
        with pointed_at(self.configured) as connection, transaction.atomic():
            _rows(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return _contents(connection)

    def clear(self) -> None:
        """Take all tables and functions out; the database itself stays."""
        with pointed_at(self.configured) as connection, transaction.atomic():
            for name, kind in _rows(connection, RELATIONS):
                _rows(connection, f"DROP {KINDS[kind]} IF EXISTS {name} CASCADE")
            for (name,) in _rows(connection, FUNCTIONS):
                _rows(connection, f"DROP ROUTINE IF EXISTS {name} CASCADE")

    def _run(self, name: str, *words: str) -> None:
        """Run a client program; the password goes by the environment, where no one else looks."""
        program = shutil.which(name)
        if program is None:
            words_for_it = _("%(program)s is missing: install the Debian package %(package)s.")
            raise NotDone(words_for_it % {"program": name, "package": PACKAGE})
        done = subprocess.run(  # noqa: S603 - our own words
            [program, "--no-password", *words],
            env={**os.environ, **self._environment()},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            raise NotDone(f"{name}: {done.stderr.strip()}")

    def _environment(self) -> dict[str, str]:
        given = {**self.configured, **self.configured.get("OPTIONS", {})}
        names = {**PARTS, **OPTIONS}
        return {names[name]: str(kept) for name, kept in given.items() if name in names and kept}


def _rows(connection: BaseDatabaseWrapper, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def _contents(connection: BaseDatabaseWrapper) -> Contents:
    """The tables, each as text in one order, whatever the server is set to."""
    for statement in SAME_WORDS:
        _rows(connection, statement)
    names = [str(name) for name, kind in _rows(connection, RELATIONS) if kind == "r"]
    return Contents(sealed_head(), {name: _table(connection, name) for name in names})


def _table(connection: BaseDatabaseWrapper, name: str) -> Table:
    digest, rows = hashlib.sha256(), 0
    lines = f'SELECT t::text AS line FROM {name} t ORDER BY t::text COLLATE "C"'  # noqa: S608
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({lines}) TO STDOUT") as copy,
    ):
        for block in copy:
            digest.update(block)
            rows += bytes(block).count(b"\n")
    return Table(rows, digest.hexdigest())
