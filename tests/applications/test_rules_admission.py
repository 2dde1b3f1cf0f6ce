"""What an officer needs to admit, refuse, overrule and ask."""

from datetime import UTC, datetime

import pytest

from fondaco.applications.rules.admission import (
    Found,
    Reason,
    admission,
    completion,
    overruling,
    refusal,
    until,
)
from fondaco.applications.states import Verdict

NO, YES, MAYBE = Verdict.NOT_MET, Verdict.MET, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("found", "reasons"),
    [
        ([], ()),
        ([Found("a", YES), Found("b", MAYBE)], ()),
        ([Found("a", NO)], (Reason.NOT_MET_STANDS,)),
        ([Found("a", NO, YES)], ()),
        ([Found("a", YES, NO)], (Reason.NOT_MET_STANDS,)),
    ],
)
def test_no_broken_condition_may_stand_when_admitting(found, reasons):
    assert admission(found).reasons == reasons


@pytest.mark.parametrize(
    ("found", "why", "reasons"),
    [
        ([Found("a", NO)], "", ()),
        ([Found("a", YES)], "Not an organisation.", ()),
        ([Found("a", NO, YES)], " ", (Reason.NOTHING_SPEAKS_AGAINST,)),
    ],
)
def test_a_refusal_has_a_ground(found, why, reasons):
    assert refusal(found, why).reasons == reasons


def test_an_overruling_has_a_reason():
    assert overruling("I saw the register.").reasons == ()
    assert overruling(" ").reasons == (Reason.WHY_NEEDED,)


@pytest.mark.parametrize(
    ("asked", "days", "reasons"),
    [
        (["offer"], 1, ()),
        (["offer"], 90, ()),
        ([], 0, (Reason.NOTHING_ASKED, Reason.DAYS_WRONG)),
        (["song"], 91, (Reason.QUESTION_UNKNOWN, Reason.DAYS_WRONG)),
    ],
)
def test_completion_names_questions_and_days(asked, days, reasons):
    assert completion(asked, ["offer"], days).reasons == reasons


def test_the_last_day_ends_on_the_clock_of_the_call():
    at = datetime(2026, 10, 20, 12, tzinfo=UTC)

    assert until(at, 7, "Europe/Brussels") == datetime(2026, 10, 27, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days_off", "day"), [((), 23), (("saturday", "sunday"), 23), (("friday", "saturday"), 25)]
)
def test_a_call_that_counts_working_days_leaves_out_the_weekend(days_off, day):
    at = datetime(2026, 10, 20, 12, tzinfo=UTC)

    assert until(at, 3, "Africa/Tunis", days_off) == datetime(2026, 10, day, 22, 59, 59, tzinfo=UTC)
