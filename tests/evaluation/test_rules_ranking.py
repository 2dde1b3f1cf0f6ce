"""The ranking: thresholds, ties, the envelope; and what holds for every ranking."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fondaco.calls.states import Scale, Support
from fondaco.evaluation.rules.marks import CriterionTerms
from fondaco.evaluation.rules.ranking import (
    Candidate,
    StepCode,
    Terms,
    drawn,
    ranking,
)
from fondaco.evaluation.rules.replay import (
    candidates_of,
    plain_candidates,
    plain_lines,
    plain_terms,
    replayed,
    rounded,
    terms_of,
)
from fondaco.evaluation.states import Group

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
CRITERIA = (
    CriterionTerms("relevance", points=Decimal(50), threshold=Decimal(25)),
    CriterionTerms("quality", points=Decimal(50)),
)
TERMS = Terms(
    scale=Scale.POINTS,
    criteria=CRITERIA,
    experts=1,
    threshold=Fraction(60),
    support=Support.CEILING,
    amount_cents=500,
    total_cents=1000,
)


def candidate(code, *sheets, asked=400, minutes=0, is_eligible=True):
    kept = tuple({"relevance": Fraction(a), "quality": Fraction(b)} for a, b in sheets)
    return Candidate(code, is_eligible, AT + timedelta(minutes=minutes), asked, kept)


def said(lines):
    return [(line.code, line.group, line.place, line.position) for line in lines]


def codes(line):
    return [step.code for step in line.steps]


def test_the_mean_of_evaluators_is_exact():
    [line] = ranking(replace(TERMS, experts=3), [candidate("a", (30, 30), (30, 31), (31, 31))])

    assert line.score == Fraction(183, 3)
    assert (rounded("182/3"), rounded("1/8"), rounded(None)) == (
        Decimal("60.67"),
        Decimal("0.13"),
        None,
    )


def test_groups_stand_in_order_main_reserve_below_ineligible_unassessed():
    lines = ranking(
        TERMS,
        [
            candidate("unread"),
            candidate("barred", (50, 50), is_eligible=False),
            candidate("low", (30, 29)),
            candidate("third", (30, 31)),
            candidate("second", (30, 40)),
            candidate("first", (40, 40)),
            candidate("open", (50, 50), is_eligible=None),
        ],
    )

    assert said(lines) == [
        ("first", Group.AWARDED, 1, None),
        ("second", Group.AWARDED, 2, None),
        ("third", Group.RESERVE, 3, 1),
        ("low", Group.BELOW_THRESHOLD, None, None),
        ("barred", Group.NOT_ELIGIBLE, None, None),
        ("open", Group.NOT_ASSESSED, None, None),
        ("unread", Group.NOT_ASSESSED, None, None),
    ]


def test_a_missed_criterion_and_a_missed_total_are_both_said():
    [line] = ranking(TERMS, [candidate("a", ("24.5", 20))])

    assert line.group == Group.BELOW_THRESHOLD
    assert codes(line) == [
        StepCode.SHEETS,
        StepCode.MARK,
        StepCode.CRITERION_SHORT,
        StepCode.MARK,
        StepCode.TOTAL,
        StepCode.TOTAL_SHORT,
    ]


def test_a_threshold_is_met_by_its_own_value():
    [line] = ranking(TERMS, [candidate("a", (25, 35))])

    assert line.group == Group.AWARDED


def test_too_few_sheets_and_unfinished_sheets_do_not_count():
    unfinished = Candidate("a", True, AT, 400, ({"relevance": Fraction(50)},))

    [line] = ranking(TERMS, [unfinished])

    assert line.group == Group.NOT_ASSESSED
    assert line.steps[0].numbers == {"locked": 0, "experts": 1}


def test_weights_order_but_the_threshold_is_on_the_plain_sum():
    terms = Terms(
        scale=Scale.ZERO_TO_FIVE,
        criteria=(
            CriterionTerms("relevance", weight=Decimal("1.5")),
            CriterionTerms("quality"),
        ),
        experts=1,
        threshold=Fraction(8),
    )

    lines = ranking(terms, [candidate("a", (3, 5)), candidate("b", (5, 3)), candidate("c", (5, 2))])

    assert said(lines) == [
        ("b", Group.AWARDED, 1, None),
        ("a", Group.AWARDED, 2, None),
        ("c", Group.BELOW_THRESHOLD, None, None),
    ]
    assert [line.score for line in lines[:2]] == [Fraction(21, 2), Fraction(19, 2)]
    assert StepCode.SCORE in codes(lines[0])


def test_ties_are_settled_in_the_order_of_the_call():
    terms = replace(TERMS, tie_breaks=("relevance", "earliest"), total_cents=None)
    tied = [
        candidate("late", (30, 40), minutes=5),
        candidate("early", (30, 40), minutes=1),
        candidate("relevant", (31, 39), minutes=9),
    ]

    lines = ranking(terms, tied)

    assert [line.code for line in lines] == ["relevant", "early", "late"]
    ties = [step.numbers for step in lines[1].steps if step.code == StepCode.TIE]
    assert ties == [
        {"with": "relevant", "by": "relevance", "is_named": "yes"},
        {"with": "late", "by": "earliest", "is_named": "yes"},
    ]


def test_a_tie_nothing_named_settles_says_so():
    lines = ranking(TERMS, [candidate("b", (30, 40)), candidate("a", (30, 40))])

    ties = [step.numbers for step in lines[0].steps if step.code == StepCode.TIE]
    assert [line.code for line in lines] == ["a", "b"]
    assert ties == [{"with": "b", "by": "code", "is_named": "no"}]


def test_a_draw_orders_by_the_hash_of_seed_and_number():
    terms = replace(TERMS, tie_breaks=("draw",), seed="3 14 15", total_cents=None)
    tied = [candidate(code, (30, 40)) for code in ("a", "b", "c", "d")]

    lines = ranking(terms, tied)

    assert [line.code for line in lines] == sorted("abcd", key=lambda code: drawn("3 14 15", code))


def test_without_experts_nobody_is_marked_and_the_tie_breaks_order():
    terms = replace(TERMS, experts=0, criteria=(), threshold=None, tie_breaks=("earliest",))

    lines = ranking(terms, [candidate("b", minutes=2), candidate("a", minutes=1)])

    assert said(lines) == [("a", Group.AWARDED, 1, None), ("b", Group.AWARDED, 2, None)]


def test_the_first_who_does_not_fit_ends_the_list():
    lines = ranking(
        replace(TERMS, total_cents=700),
        [
            candidate("a", (50, 50), asked=400),
            candidate("b", (40, 40), asked=400),
            candidate("c", (30, 40), asked=100),
        ],
    )

    assert said(lines) == [
        ("a", Group.AWARDED, 1, None),
        ("b", Group.RESERVE, 2, 1),
        ("c", Group.RESERVE, 3, 2),
    ]
    assert lines[1].steps[-1].numbers == {"amount": 400, "left": 300}
    assert lines[2].steps[-1].code == StepCode.BEHIND_THE_LINE


def test_what_an_award_costs_depends_on_how_the_call_pays():
    def amount(**terms):
        return ranking(replace(TERMS, total_cents=None, **terms), [candidate("a", (50, 50))])[0]

    assert amount(amount_cents=300).amount_cents == 300
    assert amount(amount_cents=None).amount_cents == 400
    assert amount(support=Support.FIXED, amount_cents=700).amount_cents == 700
    assert amount(support=Support.MENU, amount_cents=None).amount_cents == 400
    assert amount(support=Support.NONE).amount_cents is None


def test_an_unknown_amount_ends_the_list_where_there_is_an_envelope():
    [line] = ranking(replace(TERMS, amount_cents=None), [candidate("a", (50, 50), asked=None)])

    assert (line.group, line.steps[-1].code) == (Group.RESERVE, StepCode.AMOUNT_UNKNOWN)


def test_places_are_counted():
    terms = replace(TERMS, support=Support.NONE, total_cents=None, places=1)

    lines = ranking(terms, [candidate("a", (50, 50)), candidate("b", (40, 40))])

    assert said(lines) == [("a", Group.AWARDED, 1, None), ("b", Group.RESERVE, 2, 1)]
    assert lines[1].steps[-1].code == StepCode.NO_PLACE


marks = st.tuples(st.integers(0, 50), st.integers(0, 50))
amounts = st.one_of(st.none(), st.integers(0, 600))
people = st.lists(
    st.tuples(
        st.lists(marks, max_size=3),
        amounts,
        st.integers(0, 3),
        st.sampled_from([True, True, False, None]),
    ),
    max_size=12,
)


def candidates_from(drawn_people):
    return [
        candidate(f"c{number}", *sheets, asked=asked, minutes=minutes, is_eligible=eligible)
        for number, (sheets, asked, minutes, eligible) in enumerate(drawn_people)
    ]


breaks = st.permutations(["relevance", "quality", "earliest", "draw"]).map(tuple)
orders = st.randoms(use_true_random=False)


@given(people, breaks, orders)
def test_the_order_of_the_input_changes_nothing(drawn_people, tie_breaks, order: random.Random):
    terms = replace(TERMS, tie_breaks=tie_breaks, seed="s")
    given_once = candidates_from(drawn_people)
    shuffled = [replace(one, sheets=one.sheets[::-1]) for one in given_once]
    order.shuffle(shuffled)

    assert ranking(terms, given_once) == ranking(terms, shuffled)


@given(people, st.integers(0, 3000), st.one_of(st.none(), st.integers(0, 5)))
def test_money_and_places_are_never_exceeded(drawn_people, total, places):
    terms = replace(TERMS, total_cents=total, places=places)

    lines = ranking(terms, candidates_from(drawn_people))

    awarded = [line for line in lines if line.group == Group.AWARDED]
    assert sum(line.amount_cents or 0 for line in awarded) <= total
    assert places is None or len(awarded) <= places


@given(people, breaks)
def test_a_higher_score_never_stands_lower(drawn_people, tie_breaks):
    lines = ranking(replace(TERMS, tie_breaks=tie_breaks), candidates_from(drawn_people))

    placed = [line for line in lines if line.place is not None]
    assert [line.place for line in placed] == list(range(1, len(placed) + 1))
    assert all((a.score or 0) >= (b.score or 0) for a, b in pairwise(placed))
    groups = [line.group for line in placed]
    assert groups == sorted(groups, key=list(Group).index)


@given(people, breaks)
def test_everybody_stands_exactly_once(drawn_people, tie_breaks):
    given_once = candidates_from(drawn_people)

    lines = ranking(replace(TERMS, tie_breaks=tie_breaks), given_once)

    assert sorted(line.code for line in lines) == sorted(one.code for one in given_once)


@given(people, breaks)
def test_what_was_kept_computes_to_the_same_list(drawn_people, tie_breaks):
    terms = replace(TERMS, tie_breaks=tie_breaks, seed="s")
    kept = tuple(candidates_from(drawn_people))
    facts, kept_terms = plain_candidates(kept), plain_terms(terms)

    assert terms_of(kept_terms) == terms
    assert candidates_of(facts) == tuple(sorted(kept, key=lambda one: one.code))
    assert replayed(facts, kept_terms) == plain_lines(ranking(terms, kept))
