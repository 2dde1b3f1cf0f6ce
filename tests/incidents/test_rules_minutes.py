"""A minute of the log: what it counts as, and that it is read as it was written."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.incidents.rules.minutes import Seen, Status, minute_of, read, written

AT = datetime(2026, 3, 2, 16, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("web", "database", "spool", "status"),
    [
        (True, True, True, Status.UP),
        (True, True, False, Status.UP),
        (True, False, True, Status.AWAY),
        (True, False, False, Status.DOWN),
        (False, True, True, Status.DOWN),
        (False, False, True, Status.DOWN),
    ],
)
def test_a_minute_counts_as_what_people_could_do(web, database, spool, status):
    assert Seen(AT, web, database, spool).status is status


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.booleans(),
    st.text(max_size=20),
)
def test_what_is_written_is_read_again(at, web, why):
    seen = Seen(minute_of(at), web, database=True, spool=True, milliseconds=3, why=why)

    assert list(read([written(seen)])) == [seen]


def test_a_torn_line_is_passed_over():
    seen = Seen(AT, web=True, database=True, spool=True)

    lines = ["", '{"at": "2026-', "[1]", '{"at": "never"}', written(seen), written(seen)[:-4]]

    assert list(read(lines)) == [seen]
