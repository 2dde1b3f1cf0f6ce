"""Wall clocks and moments."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.kernel.clock import abbreviation, moment_of

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
