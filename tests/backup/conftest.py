"""A house with uploads, a trail and keys, on the database of the run."""

import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, connections
from django.test import override_settings

from fondaco.backup import services
from fondaco.backup.archives import sha256_of
from fondaco.backup.databases import pointed_at
from tests.factories.directory import AT
from tests.factories.documents import PDF, UploadFactory
from tests.trail.work import record, seal


@dataclass
class House:
    """Where the house of a test lies, and what it makes."""

    root: Path
    var: Path
    backups: Path

    def backup(self, *, kept=14, at=AT):
        """One backup."""
        return services.back_up(self.backups, kept=kept, at=at)

    def upload(self, content=PDF):
        """A file that somebody gave."""
        kept = UploadFactory(stored=ContentFile(content, "stored.pdf"), size=len(content))
        kept.sha256 = sha256_of(Path(kept.stored.path))
        kept.save()
        return kept


@pytest.fixture
def on_disk(tmp_path, transactional_db, monkeypatch):
    """The database of the run; on SQLite as a file, as it is outside tests."""
    if not settings.IS_SQLITE:
        yield
        return
    path = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
    on_file = {**connection.settings_dict, "NAME": str(path)}
    monkeypatch.setitem(connections.settings, "default", on_file)
    with pointed_at(on_file):
        yield


@pytest.fixture
def home(on_disk, tmp_path):
    """A house that has something to lose."""
    var = tmp_path / "var"
    with override_settings(
        VAR=var,
        MEDIA_ROOT=var / "uploads",
        SPOOL=var / "spool",
        SEAL_KEY=var / "keys" / "seal.pem",
        RECEIPT_KEY=var / "keys" / "receipt.pem",
    ):
        made = House(tmp_path, var, tmp_path / "backups")
        made.upload()
        made.upload(PDF + b"another\n")
        record()
        seal()
        (var / "keys" / "receipt.pem").write_text("invented")
        record("thing.undone")
        yield made


@pytest.fixture
def elsewhere(tmp_path, on_disk):
    """The address of an empty database of the same kind, and what names it in settings."""
    if settings.IS_SQLITE:
        path = tmp_path / "elsewhere" / "other.sqlite3"
        yield f"sqlite:///{path}", {**connection.settings_dict, "NAME": str(path)}
        return
    name = f"elsewhere_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    given: dict[str, Any] = connection.settings_dict
    who = f"{given['USER']}:{given['PASSWORD']}@" if given["PASSWORD"] else f"{given['USER']}@"
    where = f"{quote(given['HOST'], safe='')}{':' if given['PORT'] else ''}{given['PORT'] or ''}"
    yield f"postgres://{who}{where}/{name}", {**given, "NAME": name}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
