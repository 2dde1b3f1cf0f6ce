"""Several cut-offs: to which one an application belongs, and when it is assessed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.calls.rules.opening import (
    OpeningTerms,
    Reason,
    Recorded,
    assessing,
    correcting,
    cut_off_of,
    cut_offs,
    next_deadline,
    span_of,
)
from fondaco.calls.rules.timetable import StepTerms, is_overtaken, moves
from fondaco.calls.states import ActKind, Intake
from fondaco.kernel.clock import day_after, is_day_off

OPENS = datetime(2026, 1, 1, 9, tzinfo=UTC)
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
FIRST, SECOND, LAST = OPENS + 30 * DAY, OPENS + 60 * DAY, OPENS + 90 * DAY
TERMS = OpeningTerms(
    Intake.CUT_OFFS, OPENS - DAY, OPENS, LAST, cut_offs=(FIRST.astimezone(UTC), SECOND)
)


@pytest.mark.parametrize(
    ("received", "number"),
    [
        (OPENS, 1),
        (FIRST, 1),
        (FIRST + TICK, 2),
        (SECOND, 2),
        (SECOND + TICK, 3),
        (LAST, 3),
        (LAST + DAY, 3),
    ],
)
def test_an_application_belongs_to_the_first_cut_off_at_or_after_its_arrival(received, number):
    assert cut_off_of(TERMS, received) == number


def test_a_call_with_one_deadline_has_no_cut_offs():
    terms = replace(TERMS, intake=Intake.DEADLINE)

    assert (cut_offs(terms), cut_off_of(terms, OPENS)) == ((), None)
    assert next_deadline(terms, at=OPENS) == LAST


def test_an_extension_moves_the_last_cut_off_alone():
    moved = Recorded(ActKind.EXTENSION, SECOND, LAST + DAY)

    assert cut_offs(replace(TERMS, acts=(moved,))) == (FIRST, SECOND, LAST + DAY)


def test_each_cut_off_is_assessed_by_itself_while_the_call_stays_open():
    at = FIRST + DAY

    assert assessing(TERMS, at=at, received_at=FIRST)
    assert assessing(TERMS, at=at, received_at=FIRST + TICK).reasons == (Reason.STILL_OPEN,)
    assert assessing(TERMS, at=FIRST, received_at=FIRST).reasons == (Reason.STILL_OPEN,)


def test_what_a_passed_cut_off_holds_can_no_longer_be_corrected():
    assert correcting(TERMS, FIRST, at=FIRST)
    assert correcting(TERMS, FIRST, at=FIRST + TICK).reasons == (Reason.CUT_OFF_PASSED,)
    assert correcting(TERMS, FIRST + TICK, at=FIRST + DAY)


@given(st.timedeltas(timedelta(0), 120 * DAY), st.integers(1, 3))
def test_the_spans_of_the_cut_offs_part_all_moments(after, number):
    received = OPENS + after
    begins, ends = span_of(TERMS, number)
    is_inside = (begins is None or begins < received) and (ends is None or received <= ends)

    assert is_inside == (cut_off_of(TERMS, received) == number)


# The days after the deadline


def test_a_day_that_counts_from_the_deadline_moves_with_it_and_leaves_days_off_out():
    off = ("saturday", "sunday", "2026-04-03")
    steps = [StepTerms(1, after=2), StepTerms(2, on=date(2026, 4, 8)), StepTerms(3)]
    before, after = datetime(2026, 4, 1, 15, tzinfo=UTC), datetime(2026, 4, 8, 15, tzinfo=UTC)

    found = moves(steps, before, after, zone="Europe/Brussels", days_off=off)

    assert [(one.position, one.before, one.after) for one in found] == [
        (1, date(2026, 4, 6), date(2026, 4, 10)),
        (2, date(2026, 4, 8), date(2026, 4, 8)),
    ]
    assert [is_overtaken(one, after, "Europe/Brussels") for one in found] == [False, True]


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    st.integers(0, 30),
    st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20),
)
def test_no_holiday_is_counted(start, days, holidays):
    off = ("sunday", *(day.isoformat() for day in holidays))

    last = day_after(start, days, off)

    between = [start + timedelta(n) for n in range(1, (last - start).days + 1)]
    assert sum(not is_day_off(day, off) for day in between) == days
