"""Restoring: everything back, byte for byte, into an empty place, or nothing at all."""

import gzip
import stat

import pytest
from django.conf import settings
from django.db import DatabaseError

from fondaco.backup import archives, services
from fondaco.backup.databases import database_of, pointed_at
from fondaco.backup.faults import NotDone
from fondaco.config.cli import main
from fondaco.documents.models import Upload
from fondaco.trail.models import Entry
from fondaco.trail.rules import Head
from fondaco.trail.selectors import sealed_head
from tests.backup.stage import files_below, opened, packed, retold


def test_everything_comes_back_byte_for_byte(home, elsewhere, capsys):
    url, configured = elsewhere
    made, into = home.backup(), home.root / "new"
    home.upload(b"%PDF- later")

    assert main(["restore", str(made.archive), "--into", str(into), "--database", url]) == 0

    told = capsys.readouterr().out
    assert told.splitlines()[0] == "Restored as of 2026-11-01 09:00:00 UTC, version 0.1.0:"
    assert told.splitlines()[-1] == f"The trail is whole up to {sealed_head()}."
    for folder in ("uploads", "keys"):
        kept = {
            name.removeprefix(f"{folder}/"): content
            for name, (content, _mode) in opened(made.archive).items()
            if name.startswith(f"{folder}/")
        }
        assert files_below(into / folder) == kept
    assert stat.S_IMODE((into / "keys" / "seal.pem").stat().st_mode) == 0o600
    with pointed_at(configured):
        assert Upload.objects.count() == 2
        assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
            "thing.done",
            "thing.undone",
        ]
        with pytest.raises(DatabaseError, match="only added to"):
            Entry.objects.update(subject="another")


def test_sqlite_is_put_into_the_folder_and_postgresql_asks_for_a_database(home, capsys):
    made, into = home.backup(), home.root / "new"

    code = main(["restore", str(made.archive), "--into", str(into)])

    if settings.IS_SQLITE:
        assert (code, (into / "fondaco.sqlite3").is_file()) == (0, True)
    else:
        assert (code, into.exists()) == (1, False)
        assert "The archive is of postgresql" in capsys.readouterr().err


def test_an_archive_that_lacks_a_key_says_so(home, elsewhere, capsys):
    (home.var / "keys" / "seal.pem").unlink()
    made = home.backup()

    words = ["restore", str(made.archive), "--into", str(home.root / "new")]
    assert main([*words, "--database", elsewhere[0]]) == 0

    assert "Keys that are not in the archive: seal.pem." in capsys.readouterr().out


def test_a_place_that_is_not_empty_is_refused_by_name(home, elsewhere):
    made, into = home.backup(), home.root / "new"
    for folder in ("static", "uploads", "keys"):
        (into / folder).mkdir(parents=True)
    (into / "static" / "site.css").write_text("")
    (into / "keys" / "seal.pem").write_text("older")

    with pytest.raises(NotDone, match=f"there is already: {into / 'keys'}$"):
        services.restore(made.archive, into=into, database=elsewhere[1])
    (into / "keys" / "seal.pem").unlink()
    services.restore(made.archive, into=into, database=elsewhere[1])

    with pytest.raises(NotDone, match="there is already: "):
        services.restore(made.archive, into=home.root / "third", database=elsewhere[1])
    with pytest.raises(NotDone, match=f"there is already: {made.archive}"):
        services.restore(made.archive, into=made.archive, database=elsewhere[1])


def test_any_changed_byte_of_a_member_is_refused(home):
    made, into = home.backup(), home.root / "new"
    whole = made.archive.read_bytes()

    for place in (len(whole) // 3, len(whole) - 6):
        changed = bytearray(whole)
        changed[place] ^= 1
        made.archive.write_bytes(changed)
        with pytest.raises(NotDone):
            services.restore(made.archive, into=into, database=None)

    assert not into.exists()


def _with(archive, **changes):
    members = {name: kept for name, kept in opened(archive).items() if name not in changes}
    return packed(archive, {**{n: (c, 0o600) for n, c in changes.items() if c}, **members})


TAMPERED = [
    ({"keys/seal.pem": b"mine"}, "manifest says: keys/seal.pem"),
    ({"keys/seal.pem": b""}, "manifest says: keys/seal.pem"),
    ({"uploads/more": b"x"}, "manifest says: uploads/more"),
    ({"manifest.json": b""}, "holds no manifest"),
    ({"manifest.json": b"[]"}, "manifest cannot be read"),
    ({"manifest.json": b'{"format": 2}'}, "format 2"),
]


def test_an_archive_that_is_not_what_it_says_is_refused(home):
    archive, into = home.backup().archive, home.root / "new"
    whole = archive.read_bytes()

    for changes, why in TAMPERED:
        archive.write_bytes(whole)
        with pytest.raises(NotDone, match=why):
            services.restore(_with(archive, **changes), into=into, database=None)

    assert not into.exists()


def test_a_member_that_leads_out_of_the_folder_is_refused(home):
    archive = home.backup().archive
    members = opened(archive)
    out = "uploads/../../out"
    packed(archive, {out: members["keys/seal.pem"], **members})
    retold(archive, lambda said: said["members"].update({out: said["members"]["keys/seal.pem"]}))

    with pytest.raises(NotDone, match=r"uploads/\.\./\.\./out"):
        services.restore(archive, into=home.root / "new", database=None)


def test_a_member_that_comes_twice_is_refused(home):
    archive = home.backup().archive
    with gzip.open(archive) as file:
        once = file.read().rstrip(b"\0")
    with gzip.open(archive, "wb") as file:
        file.write(2 * once.ljust(-(-len(once) // 512) * 512, b"\0"))

    with pytest.raises(NotDone, match="cannot be read"):
        services.restore(archive, into=home.root / "new", database=None)


def test_what_follows_the_end_of_the_tar_is_read_too(home):
    made = home.backup()
    with gzip.open(made.archive, "ab") as file:
        file.write(bytes(64 * 1024))

    assert archives.checked(made.archive) == made.manifest


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("not an archive")

    for name in ("letter.txt", "nothing.tar.gz"):
        with pytest.raises(NotDone, match=f"{name} cannot be read"):
            archives.checked(tmp_path / name)


def test_a_restoring_that_fails_half_way_leaves_the_place_empty(home, elsewhere, monkeypatch):
    made, into = home.backup(), home.root / "new"
    target = type(database_of(elsewhere[1]))

    def full(_self, _copy):
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(target, "put_back", full)
        with pytest.raises(NotDone, match="no space left"):
            services.restore(made.archive, into=into, database=elsewhere[1])

    assert files_below(into) == {}
    services.restore(made.archive, into=into, database=elsewhere[1])


def test_a_trail_that_ends_before_its_head_is_told(home, elsewhere, capsys):
    archive = home.backup().archive
    beyond = Head(9, "a" * 64)
    retold(archive, lambda said: said.update(head=str(beyond)))

    words = ["restore", str(archive), "--into", str(home.root / "new")]
    assert main([*words, "--database", elsewhere[0]]) == 1

    assert capsys.readouterr().err.startswith(f"{beyond}: The head that was kept lies beyond")


def test_an_address_that_names_no_database_is_refused(tmp_path, capsys):
    words = ["restore", str(tmp_path / "a"), "--into", str(tmp_path / "b"), "--database", "ftp://x"]

    assert main(words) == 1

    assert "ftp" in capsys.readouterr().err
