"""Who is told of what, and when the news of the week leave."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.calls.states import ActKind
from fondaco.kernel.clock import WEEKDAYS
from fondaco.news.phrases import NEWS, PACES
from fondaco.news.rules.following import (
    ANSWER,
    KINDS,
    PUBLISHED,
    About,
    Pace,
    Wish,
    is_due,
    last_turn,
    meets,
    wants,
)

CALL = About(1, 7, "voucher", frozenset({"TN", "IT"}), frozenset({"textile"}))
TURN = {"zone": "Europe/Brussels", "weekday": "monday", "hour": 8}


@pytest.mark.parametrize(
    ("wish", "is_met"),
    [
        (Wish(), True),
        (Wish(call=1, kinds=frozenset({"training"})), True),
        (Wish(call=2), False),
        (Wish(programme=7), True),
        (Wish(programme=8), False),
        (Wish(kinds=frozenset({"voucher", "training"})), True),
        (Wish(kinds=frozenset({"training"})), False),
        (Wish(countries=frozenset({"IT", "FR"})), True),
        (Wish(countries=frozenset({"FR"})), False),
        (Wish(ecosystems=frozenset({"textile"}), countries=frozenset({"TN"})), True),
        (Wish(ecosystems=frozenset({"health"}), countries=frozenset({"TN"})), False),
    ],
)
def test_which_calls_somebody_follows(wish, is_met):
    assert meets(wish, CALL) is is_met


def test_answers_and_corrections_are_told_to_those_who_follow_the_call_itself():
    assert wants(Wish(call=1), CALL, ANSWER)
    assert not wants(Wish(), CALL, ANSWER)
    assert not wants(Wish(), CALL, ActKind.CORRIGENDUM.value)
    assert wants(Wish(), CALL, PUBLISHED)


@pytest.mark.parametrize(
    ("at", "turn"),
    [
        ("2026-03-30T06:00:00+00:00", "2026-03-30T06:00:00+00:00"),
        ("2026-03-30T05:59:59+00:00", "2026-03-23T07:00:00+00:00"),
        ("2026-04-01T00:00:00+00:00", "2026-03-30T06:00:00+00:00"),
    ],
)
def test_the_last_turn_on_the_clock_of_the_reader_also_after_the_clock_has_changed(at, turn):
    assert last_turn(datetime.fromisoformat(at), **TURN) == datetime.fromisoformat(turn)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(["Europe/Brussels", "Africa/Tunis", "Asia/Amman", "UTC"]),
    st.sampled_from(WEEKDAYS),
    st.integers(3, 23),
)
def test_a_turn_is_never_later_than_now_nor_older_than_a_week(at, zone, weekday, hour):
    turn = last_turn(at, zone=zone, weekday=weekday, hour=hour)
    local = turn.astimezone(ZoneInfo(zone))

    assert timedelta() <= at - turn <= timedelta(days=7, hours=1)
    assert (WEEKDAYS[local.weekday()], local.hour) == (weekday, hour)


def test_it_leaves_once_a_turn():
    turn = datetime(2026, 3, 30, 6, tzinfo=UTC)

    assert is_due(turn - timedelta(seconds=1), turn, **TURN)
    assert not is_due(turn, turn + timedelta(days=6), **TURN)
    assert is_due(turn, turn + timedelta(days=7), **TURN)


def test_every_word_is_there():
    assert set(NEWS) == set(KINDS)
    assert set(PACES) == set(Pace)
