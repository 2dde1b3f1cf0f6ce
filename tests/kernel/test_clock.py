"""Wall clocks and moments."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.kernel.clock import (
    WEEKDAYS,
    abbreviation,
    day_after,
    day_before,
    end_of,
    is_day_off,
    moment_of,
    wall_clock,
)

ZONES = ["Europe/Brussels", "Africa/Tunis", "Asia/Beirut", "Africa/Cairo", "UTC"]
BRUSSELS = "Europe/Brussels"


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        pytest.param(
            datetime.fromisoformat("2023-01-12T17:00"),
            datetime(2023, 1, 12, 16, tzinfo=UTC),
            id="winter",
        ),
        pytest.param(
            datetime.fromisoformat("2023-04-12T17:00"),
            datetime(2023, 4, 12, 15, tzinfo=UTC),
            id="summer",
        ),
        pytest.param(
            datetime.fromisoformat("2023-10-29T02:30"),
            datetime(2023, 10, 29, 0, 30, tzinfo=UTC),
            id="the hour that comes twice is the first one",
        ),
        pytest.param(
            datetime.fromisoformat("2023-03-26T03:00"),
            datetime(2023, 3, 26, 1, tzinfo=UTC),
            id="after the leap",
        ),
    ],
)
def test_the_moment_of_a_wall_clock_in_brussels(local, expected):
    assert moment_of(local, BRUSSELS) == expected


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2023, 10, 29, 0, 30, tzinfo=UTC), "2023-10-29T02:30:00"),
        (datetime(2023, 10, 29, 1, 30, tzinfo=UTC), "2023-10-29T02:30:00+01:00"),
        (datetime(2023, 10, 29, 2, 30, tzinfo=UTC), "2023-10-29T03:30:00"),
    ],
)
def test_an_hour_that_comes_twice_is_told_apart_by_its_offset(moment, shown):
    assert wall_clock(moment, BRUSSELS).isoformat() == shown
    assert moment_of(datetime.fromisoformat(shown), BRUSSELS) == moment


@pytest.mark.parametrize(
    "said",
    ["2023-10-29T02:30+02:00", "2023-10-29T03:30+01:00", "2023-10-29T01:30Z"],
    ids=["the first time", "an hour that comes once", "another zone's"],
)
def test_no_other_time_has_an_offset(said):
    with pytest.raises(ValueError, match="is no hour that comes the second time in Europe"):
        moment_of(datetime.fromisoformat(said), BRUSSELS)


@given(
    st.datetimes(
        datetime.fromisoformat("1990-01-01"),
        datetime.fromisoformat("2060-01-01"),
        timezones=st.just(UTC),
    ),
    st.sampled_from(ZONES),
)
def test_every_moment_comes_back_from_what_the_clock_shows(moment, zone):
    assert moment_of(wall_clock(moment, zone), zone) == moment


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_a_time_that_the_clock_leapt_over_is_refused(minute):
    with pytest.raises(ValueError, match=f"2023-03-26 02:{minute:02} does not exist in Europe"):
        moment_of(datetime.fromisoformat(f"2023-03-26T02:{minute:02}"), BRUSSELS)


@given(
    st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2060-01-01")),
    st.sampled_from(ZONES),
)
def test_a_moment_shows_the_wall_clock_it_was_made_of(local, zone):
    try:
        moment = moment_of(local, zone)
    except ValueError:
        return

    assert moment.tzinfo is UTC
    assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local.replace(fold=0)


def test_the_abbreviation_is_that_of_the_date():
    winter, summer = datetime(2023, 1, 1, tzinfo=UTC), datetime(2023, 7, 1, tzinfo=UTC)

    assert (abbreviation(winter, BRUSSELS), abbreviation(summer, BRUSSELS)) == ("CET", "CEST")


# Days counted

FRIDAY, EUROPE, EGYPT = date(2026, 11, 20), ("saturday", "sunday"), ("friday", "saturday")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
NUMBERS = st.integers(0, 400)
WEEKENDS = st.sets(st.sampled_from(WEEKDAYS), max_size=6)


@pytest.mark.parametrize(
    ("start", "days", "weekend", "expected"),
    [
        pytest.param(FRIDAY, 7, (), date(2026, 11, 27), id="every day counts"),
        pytest.param(FRIDAY, 1, EUROPE, date(2026, 11, 23), id="the next one is Monday"),
        pytest.param(FRIDAY, 1, EGYPT, date(2026, 11, 22), id="the next one is Sunday"),
        pytest.param(FRIDAY, 5, EUROPE, date(2026, 11, 27), id="a week of five days"),
        pytest.param(date(2026, 11, 19), 5, EGYPT, date(2026, 11, 26), id="from Thursday"),
        pytest.param(date(2026, 11, 21), 1, EUROPE, date(2026, 11, 23), id="from a day off"),
        pytest.param(date(2026, 12, 31), 1, EUROPE, date(2027, 1, 1), id="over the year"),
        pytest.param(FRIDAY, 0, EUROPE, FRIDAY, id="none"),
    ],
)
def test_days_are_counted_as_the_week_runs(start, days, weekend, expected):
    assert day_after(start, days, weekend) == expected


@given(DAYS, NUMBERS.filter(bool), WEEKENDS)
def test_as_many_working_days_lie_between_as_were_given(start, days, weekend):
    last = day_after(start, days, weekend)

    between = (start + timedelta(days=n) for n in range(1, (last - start).days + 1))
    assert sum(not is_day_off(day, weekend) for day in between) == days
    assert not is_day_off(last, weekend)


@given(DAYS, NUMBERS, NUMBERS, WEEKENDS)
def test_one_window_after_another_is_as_long_as_both_together(start, first, second, weekend):
    together = day_after(start, first + second, weekend)

    assert day_after(day_after(start, first, weekend), second, weekend) == together


@given(DAYS, NUMBERS, WEEKENDS, st.sampled_from(WEEKDAYS))
def test_a_day_off_more_never_makes_a_window_shorter(start, days, weekend, more):
    weekend = weekend - {more}
    if len(weekend) < 6:
        assert day_after(start, days, weekend | {more}) >= day_after(start, days, weekend)


@given(DAYS, NUMBERS, WEEKENDS)
def test_counting_back_leads_where_counting_on_came_from(start, days, weekend):
    first = day_before(start, days, weekend)

    between = (first + timedelta(days=n) for n in range((start - first).days))
    assert sum(not is_day_off(day, weekend) for day in between) == days
    assert days == 0 or not is_day_off(first, weekend)
    if not is_day_off(start, weekend):
        assert day_after(first, days, weekend) == start


def test_a_week_without_a_working_day_is_none():
    for count in (day_after, day_before):
        with pytest.raises(ValueError, match="somebody must work"):
            count(FRIDAY, 1, WEEKDAYS)


@given(DAYS, st.sampled_from(ZONES))
def test_the_end_of_a_day_is_the_beginning_of_the_next(day, zone):
    ends = end_of(day, zone).astimezone(ZoneInfo(zone))

    assert ends.date() == day + timedelta(days=1)
    assert (ends.astimezone(UTC) - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == day
