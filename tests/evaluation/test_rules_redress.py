"""Until when redress can be asked for, what speaks against it, and who may answer."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fondaco.calls.states import DecidedBy
from fondaco.evaluation.rules.consent import ConsentTerms, Objection, Voice, Yes
from fondaco.evaluation.rules.redress import (
    LONGEST_TEXT,
    Answer,
    Bar,
    RedressTerms,
    Request,
    answer,
    answering,
    is_late,
    request,
    window,
)
from fondaco.evaluation.states import RedressAction

TOLD = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "days_off", "last"),
    [
        ("UTC", (), date(2027, 3, 6)),
        ("Europe/Brussels", (), date(2027, 3, 7)),
        ("UTC", ("saturday", "sunday"), date(2027, 3, 8)),
    ],
)
def test_the_window_counts_days_on_the_calendar_of_the_call(zone, days_off, last):
    assert window(TOLD, 5, zone, days_off).last == last


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (datetime(2027, 3, 6, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 7, 22, 59, 59, 999999, tzinfo=UTC), False),
        (datetime(2027, 3, 7, 23, 0, tzinfo=UTC), True),
    ],
)
def test_the_whole_last_day_counts(at, late):
    assert is_late(window(TOLD, 5, "Europe/Brussels"), at=at) is late


TERMS = RedressTerms(30, ("rule", "fact"))
ASKS = Request("rule", "", is_told=True)


@pytest.mark.parametrize(
    ("facts", "terms", "reasons"),
    [
        (ASKS, TERMS, ()),
        (ASKS, replace(TERMS, days=None), (Bar.NO_WINDOW,)),
        (replace(ASKS, is_told=False), TERMS, (Bar.NOT_TOLD,)),
        (replace(ASKS, is_asked=True), TERMS, (Bar.ASKED_ALREADY,)),
        (replace(ASKS, ground=""), TERMS, (Bar.GROUND_NEEDED,)),
        (replace(ASKS, ground="quality"), TERMS, (Bar.GROUND_NEEDED,)),
        (replace(ASKS, text=" "), RedressTerms(30), (Bar.TEXT_NEEDED,)),
        (replace(ASKS, text="Why"), RedressTerms(30), ()),
        (replace(ASKS, text="x" * LONGEST_TEXT), TERMS, ()),
        (replace(ASKS, text="x" * (LONGEST_TEXT + 1)), TERMS, (Bar.TEXT_TOO_LONG,)),
        (
            Request("", "", is_told=False, is_asked=True),
            RedressTerms(None),
            (Bar.NO_WINDOW, Bar.NOT_TOLD, Bar.ASKED_ALREADY, Bar.TEXT_NEEDED),
        ),
    ],
)
def test_what_speaks_against_a_request(facts, terms, reasons):
    assert request(facts, terms).reasons == reasons


ONE, TWO = ConsentTerms(DecidedBy.ONE), ConsentTerms(DecidedBy.TWO)
EACH = ConsentTerms(DecidedBy.EACH, ("sea", "land"))
DECIDER, OFFICER = Voice(1, is_decider=True), Voice(1, is_officer=True)
TOOK = (Yes(2), Yes(3))


@pytest.mark.parametrize(
    ("terms", "took", "voice", "reasons"),
    [
        (ONE, (Yes(1),), OFFICER, ()),
        (ONE, (Yes(1),), DECIDER, ()),
        (ONE, (), replace(OFFICER, works_for_applicant=True), (Objection.WORKS_FOR_APPLICANT,)),
        (TWO, TOOK, DECIDER, ()),
        (TWO, TOOK, OFFICER, (Objection.NOT_A_DECIDER,)),
        (TWO, (Yes(1), Yes(2)), DECIDER, (Bar.TOOK_THE_DECISION,)),
        (TWO, TOOK, replace(DECIDER, has_marked=True), (Objection.HAS_MARKED,)),
        (TWO, TOOK, replace(DECIDER, owes_role_to=frozenset({3})), (Objection.ONE_HAND,)),
        (TWO, TOOK, replace(DECIDER, owes_role_to=frozenset({9})), (Objection.ONE_HAND,)),
        (TWO, TOOK, replace(DECIDER, is_owed_by=frozenset({2})), (Objection.ONE_HAND,)),
        (EACH, (Yes(2, "sea"), Yes(3, "land")), replace(DECIDER, partner="sea"), ()),
        (EACH, (Yes(1, "sea"), Yes(3, "land")), DECIDER, (Bar.TOOK_THE_DECISION,)),
    ],
)
def test_who_may_answer(terms, took, voice, reasons):
    assert answering(terms, took, voice, proposer=9).reasons == reasons


UPHELD = Answer(RedressAction.UPHOLD, has_reasons=True, is_late=False, is_standing=True)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (UPHELD, ()),
        (replace(UPHELD, has_reasons=False), (Bar.REASONS_NEEDED,)),
        (replace(UPHELD, is_late=True), (Bar.IS_LATE,)),
        (replace(UPHELD, is_standing=False), (Bar.NOT_STANDING,)),
        (replace(UPHELD, action=RedressAction.DISMISS, is_late=True), (Bar.IS_LATE,)),
        (replace(UPHELD, action=RedressAction.DISMISS, is_standing=False), ()),
        (replace(UPHELD, action=RedressAction.FIND_INADMISSIBLE, is_late=True), ()),
        (replace(UPHELD, action=RedressAction.FIND_INADMISSIBLE, is_standing=False), ()),
        (Answer(RedressAction.UPHOLD, False, True, False), tuple(Bar)[-3:]),
    ],
)
def test_how_a_request_may_be_answered(facts, reasons):
    assert answer(facts).reasons == reasons
