"""Until when one may ask, and until when it is answered: at the edges of each day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fondaco.calls.states import Stage
from fondaco.enquiries.rules.asking import (
    MOST_WAITING,
    Facts,
    Reason,
    Terms,
    asking,
    asking_ends,
    due_on,
    last_day_of_answers,
    last_day_to_ask,
    terms_of,
)
from fondaco.kernel.clock import WEEKDAYS

DEADLINE = datetime(2026, 6, 26, 15, 0, tzinfo=UTC)  # a Friday, 17:00 in Brussels
WEEKEND = ("saturday", "sunday")
RULE = {"ask_until": 15, "answer_until": 7, "answer_within": 10}
MID_JUNE = datetime(2026, 6, 11, 12, tzinfo=UTC)


def terms(**more):
    given = {"zone": "Europe/Brussels", "days_off": (), "deadline": DEADLINE}
    return terms_of((more.pop("rule", RULE),), **given | more)


def test_the_last_days_are_counted_from_the_deadline():
    assert last_day_to_ask(terms()) == date(2026, 6, 11)
    assert last_day_of_answers(terms()) == date(2026, 6, 19)


def test_working_days_are_counted_where_the_call_counts_them():
    assert last_day_to_ask(terms(days_off=WEEKEND)) == date(2026, 6, 5)
    assert last_day_of_answers(terms(days_off=(*WEEKEND, "2026-06-22"))) == date(2026, 6, 16)


@pytest.mark.parametrize(
    ("at", "reasons"),
    [
        (datetime(2026, 6, 11, 21, 59, 59, tzinfo=UTC), ()),
        (datetime(2026, 6, 11, 22, 0, tzinfo=UTC), (Reason.TOO_LATE,)),
    ],
)
def test_the_last_day_is_over_at_midnight_on_the_clock_of_the_call(at, reasons):
    assert asking(Facts(Stage.OPEN), terms(), at=at).reasons == reasons


def test_without_a_last_day_one_may_ask_until_the_deadline():
    assert asking_ends(terms(rule={"answer_within": 10})) == DEADLINE


def test_a_call_without_a_deadline_never_stops_taking_questions():
    always = terms(deadline=None)

    assert asking_ends(always) is last_day_to_ask(always) is last_day_of_answers(always) is None
    assert asking(Facts(Stage.OPEN), always, at=DEADLINE)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(Stage.DRAFT), Reason.NOT_PUBLISHED),
        (Facts(Stage.CLOSED), Reason.CALL_OVER),
        (Facts(Stage.DECIDED), Reason.CALL_OVER),
        (Facts(Stage.CANCELLED), Reason.CALL_OVER),
        (Facts(Stage.OPEN, has_words=False), Reason.NO_WORDS),
        (Facts(Stage.OPEN, waiting=MOST_WAITING), Reason.TOO_MANY),
    ],
)
def test_what_speaks_against_a_question(facts, reason):
    assert asking(facts, terms(), at=MID_JUNE).reasons == (reason,)


@pytest.mark.parametrize("stage", [Stage.FORTHCOMING, Stage.OPEN, Stage.SUSPENDED])
def test_one_may_ask_before_the_opening_and_while_it_is_suspended(stage):
    assert asking(Facts(stage, waiting=MOST_WAITING - 1), terms(), at=MID_JUNE)


def test_nobody_takes_questions_without_a_rule():
    silent = terms(rule={})

    assert asking(Facts(Stage.OPEN), silent, at=MID_JUNE).reasons == (Reason.NO_QUESTIONS,)


def test_the_rule_of_the_call_goes_before_that_of_its_programme_figure_by_figure():
    found = terms_of(({"ask_until": 3}, RULE), zone="UTC", days_off=["sunday"], deadline=DEADLINE)

    assert found == Terms(3, 7, 10, "UTC", ("sunday",), DEADLINE)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (DEADLINE - timedelta(days=30), date(2026, 6, 6)),
        (datetime(2026, 6, 9, tzinfo=UTC), date(2026, 6, 19)),
        (datetime(2026, 6, 10, tzinfo=UTC), date(2026, 6, 19)),
    ],
)
def test_an_answer_is_due_within_its_days_and_by_the_last_day_of_answers(asked, due):
    assert due_on(asked, terms()) == due


def test_nothing_is_due_where_the_rule_names_no_day():
    assert due_on(MID_JUNE, terms(rule={"ask_until": 1})) is None
    assert due_on(MID_JUNE, terms(rule={"answer_until": 1}, deadline=None)) is None


def test_somebody_must_work_on_some_day():
    with pytest.raises(ValueError, match="somebody must work"):
        last_day_to_ask(terms(days_off=WEEKDAYS))
