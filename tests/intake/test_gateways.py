"""The spool on the disk: whole or not at all, in order, by one process at a time."""

import fcntl
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fondaco.intake.gateways import NotKept, Spool
from fondaco.intake.rules.records import Kind, Record, framed
from tests.factories.directory import AT

SAVE = Record("a" * 32, Kind.SAVE, "bc-a2b3c4", 7, 3, AT, section="project", body="q-title=A")
CODE = SAVE.application


def numbered(number, **more):
    """One of several records."""
    return replace(SAVE, identity=f"{number:032x}", at=AT + timedelta(seconds=number), **more)


@pytest.fixture
def disk(tmp_path):
    """An empty spool."""
    return Spool(tmp_path / "spool")


def test_an_empty_spool_holds_nothing(disk):
    assert (disk.applications(), disk.records(CODE), disk.has(CODE)) == ([], [], False)
    with disk.taken(CODE) as records:
        assert records == []
    assert disk.forget(before=1e12) == 0


def test_records_are_kept_by_application_in_the_order_of_receipt(disk):
    kept = [numbered(number) for number in range(3)]
    other = numbered(9, application="bc-other")
    for record in [kept[0], other, *kept[1:]]:
        disk.keep(record)

    assert disk.applications() == [CODE, "bc-other"]
    assert disk.records(CODE) == kept
    assert disk.holds("bc-other", other.identity)
    assert not disk.holds(CODE, other.identity)


def test_only_its_owner_can_read_it(disk):
    disk.keep(SAVE)

    file = disk.folder / "waiting" / CODE
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_comes_while_a_worker_is_at_it_waits_for_the_next_time(disk):
    disk.keep(numbered(1))

    with disk.taken(CODE) as first:
        disk.keep(numbered(2))
        between = disk.records(CODE)
    with disk.taken(CODE) as second:
        pass

    assert (first, between, second) == (
        [numbered(1)],
        [numbered(1), numbered(2)],
        [numbered(2)],
    )
    assert not disk.has(CODE)


def test_a_worker_that_dies_leaves_everything_for_the_next(disk):
    disk.keep(numbered(1))
    with pytest.raises(KeyboardInterrupt), disk.taken(CODE):
        raise KeyboardInterrupt
    disk.keep(numbered(2))

    with disk.taken(CODE) as again:
        pass
    with disk.taken(CODE) as rest:
        pass

    assert (again, rest) == ([numbered(1)], [numbered(2)])


def test_two_processes_never_bring_in_the_same_application(disk):
    disk.keep(SAVE)
    with disk.taken(CODE) as ours, disk.taken(CODE) as theirs:
        assert (ours, theirs) == ([SAVE], None)


def test_a_file_that_was_taken_away_is_not_added_to(disk, monkeypatch):
    disk.keep(numbered(1))
    lock, calls = fcntl.flock, []

    def locked_late(file, how):
        if not calls and how == fcntl.LOCK_EX:
            calls.append(file)
            (disk.folder / "waiting" / CODE).rename(disk.folder / "moved")
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", locked_late)
    disk.keep(numbered(2))

    assert disk.records(CODE) == [numbered(2)]
    assert (disk.folder / "moved").read_bytes() == framed(numbered(1))


def test_a_disk_that_takes_a_part_only_is_said_to_have_kept_nothing(disk, monkeypatch):
    disk.keep(numbered(1))
    write, written = os.write, []

    def full(file, data):
        if written:
            raise OSError(28, "No space left on device")
        written.append(write(file, data[:20]))
        return 20

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(NotKept, match="No space left"):
            disk.keep(numbered(2))
    disk.keep(numbered(3))

    whole = framed(numbered(1)) + framed(numbered(3))
    assert (disk.folder / "waiting" / CODE).read_bytes() == whole


def test_a_torn_record_that_could_not_be_taken_back_is_passed_over(disk):
    disk.keep(numbered(1))
    with (disk.folder / "waiting" / CODE).open("ab") as file:
        file.write(framed(numbered(2))[:-3])
    disk.keep(numbered(3))

    assert disk.records(CODE) == [numbered(1), numbered(3)]


def test_a_code_that_is_no_code_names_no_file(disk):
    with pytest.raises(ValueError, match=r"\.\./x"):
        disk.has("../x")


def test_a_spool_that_cannot_be_read_is_told_and_stops_no_page(disk, monkeypatch, caplog):
    disk.keep(SAVE)

    def fail(_path):
        raise PermissionError("not mounted")

    monkeypatch.setattr(Path, "exists", fail)

    assert not disk.has(CODE)
    assert "cannot be read" in caplog.text


def test_what_was_brought_in_is_forgotten_after_a_time(disk):
    disk.keep(SAVE)
    with disk.taken(CODE):
        pass
    [done] = (disk.folder / "done").iterdir()
    os.utime(done, (100, 100))

    assert (disk.forget(before=99), disk.forget(before=101)) == (0, 1)
    assert list((disk.folder / "done").iterdir()) == []


def test_a_lock_of_what_waits_is_not_taken_away(disk):
    disk.keep(SAVE)
    with pytest.raises(RuntimeError), disk.taken(CODE):
        raise RuntimeError

    disk.forget(before=1e12)

    assert [path.name for path in (disk.folder / "locks").iterdir()] == [CODE]
