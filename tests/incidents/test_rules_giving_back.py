"""What an outage gives back: tables at the edges, and properties over any log."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.incidents.rules.giving_back import (
    MINUTE,
    Outage,
    Terms,
    Threshold,
    loss,
    new_deadline,
    outages,
)
from fondaco.incidents.rules.minutes import Status

DEADLINE = datetime(2026, 3, 2, 17, tzinfo=UTC)
COUNTED = frozenset({Status.DOWN, Status.AWAY, Status.UNKNOWN})
TERMS = Terms((Threshold(24 * 60, 60), Threshold(60, 0)), COUNTED, 60, 240)
DAY = timedelta(days=1)
WIDEST = 24 * 60


def log_with(*lost, until=DEADLINE + DAY, status=Status.DOWN):
    """A log of two days, all up but for the pairs (minutes before the deadline, how many)."""
    begins = DEADLINE - DAY
    log = {begins + i * MINUTE: Status.UP for i in range((until - begins) // MINUTE)}
    for before, minutes in lost:
        for i in range(minutes):
            log[DEADLINE - before * MINUTE + i * MINUTE] = status
    return log


def found_in(log, *, since=DEADLINE - 3 * DAY, until=DEADLINE + DAY, terms=TERMS):
    """What was lost by a day after the deadline."""
    return loss(log, terms, deadline=DEADLINE, since=since, until=until)


@pytest.mark.parametrize(
    ("lost", "is_enough"),
    [
        ([], False),
        ([(600, 60)], False),
        ([(600, 61)], True),
        ([(600, 30), (400, 31)], True),
        ([(61, 1)], False),
        ([(60, 1)], True),
        ([(1, 1)], True),
        ([(-1, 90)], False),
    ],
)
def test_the_thresholds_hold_to_the_minute(lost, is_enough):
    assert found_in(log_with(*lost)).is_enough is is_enough


def test_an_outage_at_the_deadline_counts_to_its_end():
    found = found_in(log_with((30, 90)))

    begins = DEADLINE - 30 * MINUTE
    assert found.outages == (Outage(begins, begins + 90 * MINUTE),)
    assert (found.minutes, found.is_enough, found.is_over) == (90, True, True)


def test_an_outage_that_goes_on_is_not_over():
    found = found_in(log_with((30, 40)), until=DEADLINE + 10 * MINUTE)

    assert (found.minutes, found.is_over) == (40, False)


def test_minutes_without_a_line_are_unknown_and_said_so():
    log = log_with((20, 2))
    del log[DEADLINE - 18 * MINUTE]

    found = found_in(log)

    assert (found.minutes, found.unknown) == (3, 1)


def test_a_rule_that_counts_measured_minutes_alone_leaves_out_the_unknown():
    terms = Terms(TERMS.thresholds, frozenset({Status.DOWN}), 60, 240)

    found = found_in({}, terms=terms)

    assert (found.minutes, found.is_enough) == (0, False)


def test_what_was_given_back_before_counts_no_more():
    found = found_in(log_with((30, 20)), since=DEADLINE - 5 * MINUTE)

    assert (found.minutes, found.is_enough) == (0, False)


def test_a_rule_without_thresholds_gives_nothing_back():
    terms = Terms((), COUNTED, 60, 240)

    assert found_in(log_with((30, 20)), terms=terms).outages == ()


@pytest.mark.parametrize(
    ("announced", "expected"),
    [
        (DEADLINE - DAY, DEADLINE + 2 * timedelta(hours=1)),
        (DEADLINE, DEADLINE + timedelta(hours=4)),
        (DEADLINE + timedelta(seconds=1), DEADLINE + timedelta(hours=5)),
    ],
)
def test_the_new_deadline_rounds_up_and_gives_notice(announced, expected):
    found = found_in(log_with((100, 61)))

    assert new_deadline(found, TERMS, deadline=DEADLINE, announced=announced) == expected


STATUSES = st.lists(st.sampled_from(list(Status)), min_size=1, max_size=200)


def drawn(statuses):
    """A log whose last minute is the one before the deadline."""
    begins = DEADLINE - len(statuses) * MINUTE
    return {begins + i * MINUTE: status for i, status in enumerate(statuses)}, begins


@given(STATUSES)
def test_outages_are_exactly_the_counted_minutes(statuses):
    log, begins = drawn(statuses)

    found = outages(log, COUNTED, begins=begins, ends=DEADLINE)

    inside = {at for at in log if any(one.begins <= at < one.ends for one in found)}
    assert inside == {at for at, status in log.items() if status in COUNTED}
    assert all(a.ends < b.begins for a, b in pairwise(found))
    assert sum(one.unknown for one in found) == statuses.count(Status.UNKNOWN)


@given(STATUSES, st.integers(0, 199))
def test_one_more_lost_minute_never_gives_back_less(statuses, place):
    log, begins = drawn(statuses)
    worse = {**log, begins + (place % len(statuses)) * MINUTE: Status.DOWN}

    before, after = (found_in(one, since=begins, until=DEADLINE) for one in (log, worse))

    moved = [
        new_deadline(one, TERMS, deadline=DEADLINE, announced=begins) for one in (before, after)
    ]
    assert before.minutes <= after.minutes
    assert before.is_enough <= after.is_enough
    assert moved[0] <= moved[1]


@given(STATUSES, st.integers(-500, 500), st.integers(1, 180), st.integers(0, 600))
def test_a_deadline_never_moves_back_and_gives_all_that_was_lost(statuses, later, rounds, notice):
    log, begins = drawn(statuses)
    terms = Terms(TERMS.thresholds, COUNTED, rounds, notice)
    found = found_in(log, since=begins, until=DEADLINE, terms=terms)
    announced = DEADLINE + later * MINUTE

    moved = new_deadline(found, terms, deadline=DEADLINE, announced=announced)

    assert moved >= DEADLINE + found.minutes * MINUTE
    assert moved >= announced + notice * MINUTE
    assert moved - DEADLINE < max(
        (found.minutes + rounds) * MINUTE, announced - DEADLINE + (notice + rounds) * MINUTE
    )
