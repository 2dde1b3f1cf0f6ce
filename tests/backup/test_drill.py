"""The drill: a sound archive passes, a planted difference is found, and nothing stays."""

import tempfile

import pytest
from django.conf import settings

from fondaco.backup import drills, services
from fondaco.backup.databases import database_of
from fondaco.config.cli import main
from tests.backup.stage import retold


@pytest.fixture
def drilled(home, elsewhere, capsys, tmp_path, monkeypatch):
    """Drill an archive as an operator would; the code, and what was said line by line."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    url, configured = elsewhere

    def drill(archive):
        code = main(["drill", str(archive), *([] if settings.IS_SQLITE else ["--database", url])])
        said = capsys.readouterr()
        assert list((tmp_path / "scratch").iterdir()) == []
        assert database_of(configured).in_the_way() == []
        return code, said.out.splitlines(), said.err

    return drill


def differing(lines):
    """The first words of the lines that differ."""
    return [line.split("  ")[0] for line in lines if "  DIFFERS  " in line]


def test_a_sound_archive_comes_back_as_it_was(home, drilled):
    code, lines, complaint = drilled(home.backup().archive)

    assert (code, complaint, differing(lines)) == (0, "", [])
    assert any(line.split()[:3] == ["uploads/", "same", "2"] for line in lines)
    assert any(line.split()[-1] == "2" for line in lines if line.startswith("files that rows name"))


def test_planted_differences_are_found(home, drilled):
    archive = home.backup().archive
    prefix = "" if settings.IS_SQLITE else "public."

    def plant(said):
        said["tables"][f"{prefix}trail_heard"]["rows"] += 1
        said["tables"][f"{prefix}documents_upload"]["sha256"] = "0" * 64
        del said["tables"][f"{prefix}web_turn"]
        said["head"] = f"1:{'b' * 64}"

    code, lines, complaint = drilled(retold(archive, plant))

    assert code == 1
    assert differing(lines) == [
        f"{prefix}documents_upload",
        f"{prefix}trail_heard",
        f"{prefix}web_turn",
        "trail",
    ]
    assert complaint == f"4 of {len(lines)} differ.\n"


def test_a_file_that_a_row_names_and_that_is_not_there_is_found(home, drilled):
    gone = next(path for path in (home.var / "uploads").rglob("*.pdf"))
    gone.unlink()

    code, lines, _complaint = drilled(home.backup().archive)

    assert (code, differing(lines)) == (1, ["files that rows name"])


def test_a_file_that_comes_back_otherwise_is_found(home, elsewhere, monkeypatch):
    made = home.backup()
    name = sorted(made.manifest.below("uploads"))[0]
    unspoilt = services.restore

    def spoilt(archive, *, into, database):
        restored = unspoilt(archive, into=into, database=database)
        (into / name).write_bytes(b"spoilt")
        return restored

    monkeypatch.setattr(drills, "restore", spoilt)

    lines = drills.drill(made.archive, database=elsewhere[1])

    assert [line.what for line in lines if not line.is_same] == [name, "files that rows name"]
    assert database_of(elsewhere[1]).in_the_way() == []


def test_a_broken_archive_is_refused(home, drilled):
    archive = home.backup().archive
    archive.write_bytes(archive.read_bytes()[:-100])

    code, lines, complaint = drilled(archive)

    assert (code, lines) == (1, [])
    assert "cannot be read" in complaint
