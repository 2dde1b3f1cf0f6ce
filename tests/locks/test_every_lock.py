"""Every function of the house that locks rows has a race that shows what the lock is for."""

from collections import Counter

from tests.architecture import guards
from tests.locks import (
    applications,
    calls,
    directory,
    documents,
    enquiries,
    evaluation,
    incidents,
    mail,
    sketches,
)
from tests.locks.race import RACES

FILES = (
    applications,
    calls,
    directory,
    documents,
    enquiries,
    evaluation,
    incidents,
    mail,
    sketches,
)
RACED = {race.lock for race in RACES}


def locks():
    """Every lock of the house, by its slice and its function."""
    return [
        f"{guards.place_of(file)[0]}.{name}"
        for file in guards.FILES
        for name in guards.locks_taken(file.read_text("utf-8"))
    ]


def unmatched(found, raced):
    """The locks without a race, and the races of a lock that is gone."""
    return sorted(set(found) - raced), sorted(raced - set(found))


def test_every_lock_has_its_race_and_every_race_its_lock():
    assert unmatched(locks(), RACED) == ([], [])


def test_a_lock_without_a_race_is_seen():
    planted = guards.locks_taken(
        "def locked_stray(pk):\n    return Stray.objects.select_for_update().get(pk=pk)\n"
    )

    found = [*locks(), *(f"calls.{name}" for name in planted)]

    assert unmatched(found, RACED | {"calls.locked_once"}) == (
        ["calls.locked_stray"],
        ["calls.locked_once"],
    )


def test_no_two_locks_of_a_slice_have_one_name():
    assert [name for name, times in Counter(locks()).items() if times > 1] == []


def test_every_file_of_races_is_run():
    folder = guards.ROOT / "tests" / "locks"
    here = {file.stem for file in folder.glob("*.py") if "\n@race(" in file.read_text("utf-8")}

    assert here == {file.__name__.rsplit(".", 1)[-1] for file in FILES}


def test_no_race_expects_the_same_with_and_without_its_lock():
    assert [race.name for race in RACES if race.held == race.broken] == []
