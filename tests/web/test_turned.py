"""What was turned away is counted for all processes, and forgotten in time."""

import pytest

from fondaco.web import turned

NOW = 1_800_000_030.0


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path / "turned-away"


def test_each_counts_in_its_minute():
    for at in (NOW - 3600, NOW - 60, NOW, NOW, NOW + 1):
        turned.note(at=at)

    assert turned.within(1, at=NOW + 1) == 3
    assert turned.within(60, at=NOW) == 4
    assert turned.within(61, at=NOW) == 5


def test_nothing_was_turned_away_before_the_first():
    assert turned.within(60, at=NOW) == 0


def test_old_minutes_are_forgotten(folder):
    turned.note(at=NOW)
    turned.note(at=NOW + 60 * (turned.KEPT + 1))

    assert len(list(folder.iterdir())) == 1


def test_a_full_disk_turns_nobody_away_for_it(folder, caplog):
    folder.write_text("not a folder")

    turned.note(at=NOW)

    assert "not counted" in caplog.text
