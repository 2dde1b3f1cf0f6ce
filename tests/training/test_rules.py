"""When a place may be marked as completed."""

from datetime import date, timedelta

import pytest

from fondaco.training.rules import Facts, Reason, completion

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("day", "is_marked", "reasons"),
    [
        (TODAY, False, ()),
        (TODAY - timedelta(900), False, ()),
        (TODAY + timedelta(1), False, (Reason.IN_THE_FUTURE,)),
        (TODAY, True, (Reason.MARKED_ALREADY,)),
        (TODAY + timedelta(1), True, (Reason.IN_THE_FUTURE, Reason.MARKED_ALREADY)),
    ],
)
def test_a_place_is_completed_on_a_past_day_and_once(day, is_marked, reasons):
    assert completion(Facts(day, is_marked), today=TODAY).reasons == reasons
