"""What a fault of the database means, and when it is looked for again."""

import pytest

from fondaco.intake.rules.faults import Fault, Line, fault_of_sqlite, fault_of_state


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        (None, Fault.GONE),
        ("08006", Fault.GONE),
        ("57P01", Fault.GONE),
        ("57P03", Fault.GONE),
        ("53300", Fault.GONE),
        ("53100", Fault.UNWRITABLE),
        ("25006", Fault.UNWRITABLE),
        ("40P01", None),
        ("23505", None),
        ("57014", None),
    ],
)
def test_a_code_of_postgresql_says_what_is_wrong(state, fault):
    assert fault_of_state(state) == fault


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("SQLITE_BUSY", Fault.UNWRITABLE),
        ("SQLITE_BUSY_SNAPSHOT", Fault.UNWRITABLE),
        ("SQLITE_FULL", Fault.UNWRITABLE),
        ("SQLITE_READONLY_DBMOVED", Fault.UNWRITABLE),
        ("SQLITE_CANTOPEN", Fault.GONE),
        ("SQLITE_IOERR_WRITE", Fault.GONE),
        ("SQLITE_CONSTRAINT_UNIQUE", None),
        ("", None),
    ],
)
def test_a_word_of_sqlite_says_what_is_wrong(name, fault):
    assert fault_of_sqlite(name) == fault


def test_a_line_that_is_cut_is_tried_by_one_at_a_time():
    line = Line(pause=2.0)
    before = (line.is_cut, line.may_try(0.0))

    line.cut(10.0)
    tries = [line.may_try(moment) for moment in (10.0, 11.9, 12.0, 12.1, 14.0)]
    was_cut = line.is_cut
    line.mend()

    assert before == (False, False)
    assert tries == [False, False, True, False, True]
    assert (was_cut, line.is_cut, line.may_try(20.0)) == (True, False, False)
