"""An attempt that came to nothing: what the answer was, and that it is read as written."""

from datetime import UTC, datetime

import pytest

from fondaco.incidents.rules.attempts import Attempt, Kind, Result, read, result_of, written


@pytest.mark.parametrize(
    ("status", "reasons", "result"),
    [
        (500, ["closed"], Result.FAILED),
        (507, [], Result.FAILED),
        (302, ["closed", "incomplete"], Result.LATE),
        (409, ["completion-over"], Result.LATE),
        (409, ["incomplete"], Result.REFUSED),
        (413, [], Result.REFUSED),
    ],
)
def test_the_answer_was_the_platform_s_fault_the_clock_or_another_no(status, reasons, result):
    assert result_of(status, reasons) is result


def test_a_line_is_read_as_it_was_written_and_a_torn_one_passed_over():
    at = datetime(2026, 3, 2, 17, tzinfo=UTC)
    one = Attempt("a" * 32, at, Kind.SUBMIT, "bc-1", 7, 302, Result.LATE, ("closed",))

    assert list(read([written(one)[:-3], "[]", '{"at": "x"}', written(one)])) == [one]
