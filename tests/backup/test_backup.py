"""Making backups: complete, of one moment, readable by their owner alone, and not too many."""

import hashlib
import os
import stat
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from fondaco.backup import faults, places, services, tasks
from fondaco.backup.databases import own_database, pointed_at
from fondaco.backup.faults import NotDone
from fondaco.config.cli import main
from fondaco.documents.models import Upload
from fondaco.trail.models import Entry
from fondaco.trail.rules import head_of
from fondaco.trail.selectors import sealed_head
from fondaco.web.jobs import JOBS, PERIODIC
from tests.backup.stage import files_below, opened, said_of
from tests.factories.directory import AT
from tests.trail.work import record


def story():
    """What the installation's story says of backups."""
    return list(Entry.objects.filter(subject="installation").order_by("pk"))


def test_an_archive_holds_everything_with_its_hashes(home):
    made = home.backup()

    said, members = said_of(made.archive), opened(made.archive)
    assert list(members)[-1] == "manifest.json"
    assert {name for name in members if name.startswith("keys/")} == {
        "keys/receipt.pem",
        "keys/seal.pem",
    }
    assert {
        name.removeprefix("uploads/"): content
        for name, (content, _mode) in members.items()
        if name.startswith("uploads/")
    } == files_below(home.var / "uploads")
    assert said["members"] == {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "mode": mode}
        for name, (content, mode) in members.items()
        if name != "manifest.json"
    }
    assert said["engine"] == ("sqlite" if settings.IS_SQLITE else "postgresql")
    assert head_of(said["head"]) == sealed_head()
    assert said["made_at"] == AT.isoformat()
    assert members["keys/seal.pem"][1] == 0o600
    assert stat.S_IMODE(made.archive.stat().st_mode) == 0o600
    assert [path.name for path in home.backups.iterdir()] == ["fondaco-20261101T090000Z.tar.gz"]


def test_what_waits_in_the_spool_is_kept(home):
    waiting = {"waiting/bc-a2b3c4": b"one", "taken/bc-b3c4d5": b"two"}
    others = {"done/bc-a2b3c4.1": b"brought in", "locks/bc-a2b3c4": b""}
    for name, content in (waiting | others).items():
        place = home.var / "spool" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    made = home.backup()

    kept = {
        name.removeprefix("spool/"): content
        for name, (content, _mode) in opened(made.archive).items()
        if name.startswith("spool/")
    }
    assert kept == waiting


def test_a_backup_stands_in_the_story_of_the_installation(home):
    made = home.backup()

    (entry,) = story()
    assert (entry.verb, entry.at) == ("backup.made", AT)
    assert entry.data == {
        "archive": made.archive.name,
        "size": made.archive.stat().st_size,
        "sha256": hashlib.sha256(made.archive.read_bytes()).hexdigest(),
        "head": str(sealed_head()),
        "uploads": 2,
        "missing_keys": [],
        "removed": [],
    }


def test_what_is_written_meanwhile_is_there_whole_or_not_at_all(home, elsewhere, monkeypatch):
    """Two entries are always written together; every one of them counts or its pair does not."""
    stop, begun = threading.Event(), threading.Event()

    def write():
        try:
            while not stop.is_set():
                with transaction.atomic():
                    record("pair.left")
                    record("pair.right")
                begun.set()
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(10)
        made = home.backup()
    finally:
        stop.set()
        writer.join(20)

    _url, configured = elsewhere
    restored = services.restore(made.archive, into=home.root / "new", database=configured)
    with pointed_at(configured):
        left, right = (
            Entry.objects.filter(verb=f"pair.{side}").count() for side in ("left", "right")
        )
    assert left == right > 0
    assert restored.verification.fault is None
    assert restored.database.contents() == restored.manifest.contents


def test_a_file_destroyed_meanwhile_is_left_out(home, monkeypatch):
    gone = next(iter(files_below(home.var / "uploads")))
    listed = places.files_below(home.var / "uploads")
    (home.var / "uploads" / gone).unlink()
    monkeypatch.setattr(places, "size_of", lambda files: 0)
    monkeypatch.setattr(
        places, "files_below", lambda folder: listed if folder.name == "uploads" else []
    )

    made = home.backup()

    assert len(made.manifest.below("uploads")) == 1


def test_a_missing_key_is_told(home, capsys):
    (home.var / "keys" / "seal.pem").unlink()

    assert main(["backup", "--to", str(home.backups)]) == 0

    assert "Keys that are not in the archive: seal.pem." in capsys.readouterr().out
    assert story()[-1].data["missing_keys"] == ["seal.pem"]


def test_keys_that_lie_elsewhere_are_kept_by_their_own_names(home):
    apart = home.root / "safe" / "ours.pem"
    apart.parent.mkdir()
    apart.write_text("invented")

    with override_settings(SEAL_KEY=apart):
        made = home.backup()

    assert opened(made.archive)["keys/seal.pem"][0] == b"invented"


def test_only_the_newest_archives_stay(home, capsys):
    names = [home.backup(at=AT + timedelta(days=day)).archive.name for day in range(3)]
    (home.backups / "notes.txt").write_text("not ours")

    with override_settings(BACKUPS=home.backups, BACKUPS_KEPT=2):
        assert main(["backup"]) == 0

    assert "Removed: " in capsys.readouterr().out
    assert story()[-1].data["removed"] == names[:2]
    assert [path.name for path in places.archives_in(home.backups)] == sorted(
        [names[2], story()[-1].data["archive"]]
    )
    assert (home.backups / "notes.txt").exists()


def test_the_newest_archive_always_stays(home):
    home.backup()

    newest = home.backup(kept=0, at=AT + timedelta(days=1))

    assert places.archives_in(home.backups) == [newest.archive]


def test_no_room_is_told_and_nothing_is_left(home, monkeypatch, capsys):
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1024))

    assert main(["backup", "--to", str(home.backups)]) == 1

    assert "MB are needed, 0 MB are free." in capsys.readouterr().err
    assert list(home.backups.iterdir()) == []
    assert story()[-1].verb == "backup.failed"
    assert "MB are needed" in story()[-1].data["reason"]


def test_an_interrupted_backup_leaves_nothing_and_is_swept_later(home, monkeypatch):
    left = home.backups / ".fondaco-backup-left"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    going_on = home.backups / ".fondaco-backup-going-on"
    going_on.mkdir()
    os.utime(going_on, (AT.timestamp(), AT.timestamp()))

    def full(*_words):
        raise OSError("no space left")

    monkeypatch.setattr(services.archives.Writer, "close_with", full)
    with pytest.raises(NotDone, match="no space left"):
        home.backup()

    assert list(home.backups.iterdir()) == [going_on]


def test_a_second_backup_of_the_same_second_is_refused(home):
    home.backup()

    with pytest.raises(NotDone, match="is there already"):
        home.backup()


def test_a_folder_that_is_backed_up_is_no_place_for_backups(home):
    home.backups = home.var / "uploads" / "backups"

    with pytest.raises(NotDone, match="is itself backed up"):
        home.backup()

    assert not home.backups.exists()


def test_without_a_folder_the_command_asks_for_one(home, capsys):
    with override_settings(BACKUPS=None):
        assert main(["backup"]) == 1

    assert "--to FOLDER" in capsys.readouterr().err


def test_the_worker_makes_one_a_day_where_a_folder_is_set(home):
    with override_settings(BACKUPS=None):
        tasks.back_up()
    assert story() == []

    with override_settings(BACKUPS=home.backups, BACKUPS_KEPT=14):
        tasks.back_up()

    assert [entry.verb for entry in story()] == ["backup.made"]
    assert PERIODIC["fondaco.backup.tasks.back_up"] == 24 * 3600
    assert JOBS["fondaco.backup.tasks.back_up"].retries == 2


@pytest.mark.postgres
def test_a_client_that_is_missing_is_named_with_its_package(home, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(home.root))

    assert main(["backup", "--to", str(home.backups)]) == 1

    assert "pg_dump is missing: install the Debian package postgresql-client." in (
        capsys.readouterr().err
    )


@pytest.mark.postgres
def test_what_the_client_says_is_passed_on(home):
    database = own_database()
    with pytest.raises(NotDone, match="pg_restore: "):
        database.put_back(home.root / "nowhere.dump")


def test_a_database_that_cannot_be_reached_is_told(home):
    lost = {**connection.settings_dict, "NAME": "/nowhere/at-all"}

    with pointed_at(lost), pytest.raises(NotDone):
        home.backup()

    assert Upload.objects.count() == 2
