"""Marks, conflicts, the spread of files, consent, and single decisions."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.applications.states import State
from fondaco.calls.states import DecidedBy, Scale
from fondaco.evaluation.rules import decisions
from fondaco.evaluation.rules.assignment import File, Seat, Spread, Unplaced, spread
from fondaco.evaluation.rules.conflicts import Applicant, EvaluatorTies, Tie, ties
from fondaco.evaluation.rules.consent import (
    Awaited,
    ConsentTerms,
    Objection,
    Voice,
    Yes,
    approval,
    awaited,
    role_givers,
)
from fondaco.evaluation.rules.decisions import Purse, Single, Stop
from fondaco.evaluation.rules.frozen import answers_in, files_in
from fondaco.evaluation.rules.marks import (
    CriterionTerms,
    Fault,
    Grid,
    Marked,
    fault_of,
    highest,
    locking,
    marks_offered,
    number_of,
)
from fondaco.evaluation.states import Group

POINTS = CriterionTerms("relevance", points=Decimal(40), threshold=Decimal(24))
WORDS = CriterionTerms("quality", threshold=Decimal(3))
GRID = Grid(Scale.POINTS, Decimal(1), (POINTS,))
HALVES = Grid(Scale.ZERO_TO_FIVE, Decimal("0.5"), (WORDS,))


@pytest.mark.parametrize(
    ("value", "grid", "criterion", "fault"),
    [
        ("0", GRID, POINTS, None),
        ("40", GRID, POINTS, None),
        ("40.5", GRID, POINTS, Fault.ABOVE_MOST),
        ("-1", GRID, POINTS, Fault.BELOW_ZERO),
        ("3.5", GRID, POINTS, Fault.OFF_STEP),
        ("3.5", HALVES, WORDS, None),
        ("3.3", HALVES, WORDS, Fault.OFF_STEP),
        ("5.5", HALVES, WORDS, Fault.ABOVE_MOST),
    ],
)
def test_a_mark_stands_on_the_scale_or_says_why_not(value, grid, criterion, fault):
    assert fault_of(Decimal(value), grid, criterion) == fault


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", None), ("  ", None), ("3", "3"), ("3,5", "3.5"), ("٣٫٥", "3.5"), (" 12.0 ", "12.0")],
)
def test_numbers_are_read_as_people_write_them(typed, number):
    assert number_of(typed) == (None if number is None else Decimal(number))


@pytest.mark.parametrize("typed", ["good", "NaN", "1e3", "1..2"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        number_of(typed)


@pytest.mark.parametrize(
    ("marked", "reasons"),
    [
        ({}, ("missing:relevance",)),
        ({"relevance": Marked(Decimal(24))}, ()),
        ({"relevance": Marked(Decimal(23))}, ("comment-needed:relevance",)),
        ({"relevance": Marked(Decimal(23), " ")}, ("comment-needed:relevance",)),
        ({"relevance": Marked(Decimal(23), "Too vague.")}, ()),
        ({"relevance": Marked(Decimal(41), "x")}, ("above-most:relevance",)),
    ],
)
def test_a_file_is_locked_only_when_everything_is_marked(marked, reasons):
    assert locking(GRID, marked).reasons == reasons


def test_few_marks_are_offered_many_are_typed():
    assert marks_offered(HALVES, WORDS)[:3] == (Decimal(0), Decimal("0.5"), Decimal(1))
    assert len(marks_offered(HALVES, WORDS)) == 11
    assert marks_offered(GRID, POINTS) == ()
    assert highest(Scale.POINTS, WORDS) == 5


ME = EvaluatorTies(email="me@firm.example", works_for=frozenset({1}))


@pytest.mark.parametrize(
    ("evaluator", "applicant", "found"),
    [
        (ME, Applicant(2), ()),
        (ME, Applicant(1), (Tie.WORKS_FOR,)),
        (replace(ME, worked_for=frozenset({2})), Applicant(2), (Tie.WORKED_FOR,)),
        (replace(ME, worked_for=frozenset({1})), Applicant(1), (Tie.WORKS_FOR,)),
        (replace(ME, declared=frozenset({2})), Applicant(2), (Tie.DECLARED,)),
        (replace(ME, bonds=frozenset({2})), Applicant(2), (Tie.BOND,)),
        (ME, Applicant(2, frozenset({"her@Firm.example"})), (Tie.SAME_DOMAIN,)),
        (ME, Applicant(2, website="https://www.firm.example/about"), (Tie.SAME_DOMAIN,)),
        (
            replace(ME, email="me@gmail.com"),
            Applicant(2, frozenset({"her@gmail.com"}), "https://gmail.com"),
            (),
        ),
    ],
)
def test_ties_are_found(evaluator, applicant, found):
    assert ties(evaluator, applicant) == found


def test_a_spread_is_even_and_leaves_nobody_out():
    files = [File(f"f{number}", 2) for number in range(6)]
    seats = [Seat(name) for name in ("a", "b", "c", "d")]

    made = spread(files, seats)

    loads = [sum(name == holder for _, holder in made.pairs) for name in ("a", "b", "c", "d")]
    assert (loads, made.unplaced) == ([3, 3, 3, 3], ())


def test_a_spread_makes_room_by_handing_files_on():
    files = [File("open", 1), File("only-a", 1, barred=frozenset({"b"}))]
    seats = [Seat("a", most=1), Seat("b", most=1)]

    assert spread(files, seats).pairs == (("only-a", "a"), ("open", "b"))


def test_a_chain_of_files_is_handed_on():
    files = [
        File("f1", 1, barred=frozenset({"c"})),
        File("f2", 1, barred=frozenset({"a"})),
        File("f3", 1, barred=frozenset({"b", "c"})),
    ]
    seats = [Seat("a", most=1), Seat("b", most=1), Seat("c", most=1)]

    made = spread(files, seats)

    assert (made.pairs, made.unplaced) == ((("f1", "b"), ("f2", "c"), ("f3", "a")), ())


def test_who_is_full_hands_a_file_on_to_make_room():
    seats = [Seat("a", load=2, most=3), Seat("b", load=2)]

    made = spread([File("f0", 1), File("f1", 2)], seats)

    assert (made.pairs, made.unplaced) == ((("f0", "b"), ("f1", "a"), ("f1", "b")), ())


def test_the_busy_hand_files_to_the_idle():
    files = [File("f0", 1, barred=frozenset({"c"})), File("f1", 1, barred=frozenset({"b"}))]
    seats = [Seat("a"), Seat("b"), Seat("c", load=2, most=3)]

    assert spread(files, seats).pairs == (("f0", "b"), ("f1", "a"))


def test_what_cannot_be_placed_is_explained():
    made = spread([File("f", 2, barred=frozenset({"a"}))], [Seat("a"), Seat("b", most=1, load=1)])

    assert made == Spread((), (Unplaced("f", lacks=2, tied=1, full=1),))


names = st.sampled_from("abcde")
seats_drawn = st.lists(
    st.tuples(names, st.integers(0, 3), st.one_of(st.none(), st.integers(0, 4))),
    unique_by=lambda seat: seat[0],
    max_size=5,
)
files_drawn = st.lists(
    st.tuples(st.integers(0, 3), st.frozensets(names), st.frozensets(names, max_size=1)), max_size=7
)


def board(seats, files):
    return (
        [File(f"f{n}", needs, barred, has) for n, (needs, barred, has) in enumerate(files)],
        [Seat(*seat) for seat in seats],
    )


@given(seats_drawn, files_drawn, st.randoms(use_true_random=False))
def test_no_spread_breaks_a_rule_and_the_order_of_input_changes_nothing(seats, files, order):
    asked, panel = board(seats, files)
    made = spread(asked, panel)

    by_code = {file.code: file for file in asked}
    for code, name in made.pairs:
        assert name not in by_code[code].barred | by_code[code].has
    assert len(set(made.pairs)) == len(made.pairs)
    for seat in panel:
        given_to = sum(name == seat.evaluator for _, name in made.pairs)
        assert seat.most is None or given_to == 0 or given_to + seat.load <= seat.most
    lacking = {lack.file: lack.lacks for lack in made.unplaced}
    for file in asked:
        placed = sum(code == file.code for code, _ in made.pairs)
        assert placed + lacking.get(file.code, 0) == file.needs
    order.shuffle(asked)
    order.shuffle(panel)
    assert spread(asked, panel) == made


ONE, TWO = ConsentTerms(DecidedBy.ONE), ConsentTerms(DecidedBy.TWO)
EACH = ConsentTerms(DecidedBy.EACH, ("sea", "land"))


@pytest.mark.parametrize(
    ("terms", "said", "left"),
    [
        (ONE, (), Awaited(people=1)),
        (ONE, (Yes(1),), Awaited()),
        (TWO, (), Awaited(people=2)),
        (TWO, (Yes(1),), Awaited(people=1)),
        (TWO, (Yes(1), Yes(1)), Awaited(people=1)),
        (TWO, (Yes(1), Yes(2)), Awaited()),
        (EACH, (), Awaited(partners=("sea", "land"))),
        (EACH, (Yes(1, "sea"), Yes(2, "sea")), Awaited(partners=("land",))),
        (EACH, (Yes(1, "sea"), Yes(2, "land")), Awaited()),
    ],
)
def test_who_must_still_say_yes(terms, said, left):
    assert awaited(terms, said) == left
    assert bool(left) == (left != Awaited())


DECIDER = Voice(1, is_decider=True)
OFFICER = Voice(1, is_officer=True)


@pytest.mark.parametrize(
    ("terms", "said", "voice", "reasons"),
    [
        (ONE, (), OFFICER, ()),
        (ONE, (), DECIDER, ()),
        (ONE, (), Voice(1), (Objection.NOT_A_DECIDER,)),
        (TWO, (), OFFICER, (Objection.NOT_A_DECIDER,)),
        (TWO, (Yes(1),), DECIDER, (Objection.SAID_ALREADY,)),
        (TWO, (Yes(2),), DECIDER, ()),
        (EACH, (), DECIDER, (Objection.PARTNER_NOT_ASKED,)),
        (EACH, (), replace(DECIDER, partner="sea"), ()),
        (EACH, (Yes(2, "sea"),), replace(DECIDER, partner="sea"), (Objection.PARTNER_HAS_SPOKEN,)),
        (TWO, (), replace(DECIDER, has_marked=True), (Objection.HAS_MARKED,)),
        (TWO, (), replace(DECIDER, works_for_applicant=True), (Objection.WORKS_FOR_APPLICANT,)),
        (TWO, (), replace(DECIDER, owes_role_to=frozenset({1})), (Objection.ONE_HAND,)),
        (TWO, (), replace(DECIDER, owes_role_to=frozenset({9})), (Objection.ONE_HAND,)),
        (TWO, (Yes(2),), replace(DECIDER, owes_role_to=frozenset({2})), (Objection.ONE_HAND,)),
        (TWO, (Yes(2),), replace(DECIDER, is_owed_by=frozenset({2})), (Objection.ONE_HAND,)),
        (
            TWO,
            (Yes(2),),
            replace(DECIDER, owes_role_to=frozenset({3}), is_owed_by=frozenset({4})),
            (),
        ),
        (ONE, (), replace(DECIDER, owes_role_to=frozenset({9})), ()),
    ],
)
def test_whose_yes_counts(terms, said, voice, reasons):
    assert approval(terms, said, voice, proposer=9).reasons == reasons


@pytest.mark.parametrize(
    ("decides", "offices", "givers"),
    [
        ([], [(1, 2)], {}),
        ([(1, 2)], [], {1: {2}}),
        ([(1, 2)], [(2, 3), (3, 4), (8, 9)], {1: {2, 3, 4}}),
        ([(1, 2)], [(2, 1)], {1: {1, 2}}),
        ([(1, 2)], [(2, 3), (3, 2)], {1: {2, 3}}),
        ([(1, 2), (5, 2)], [(2, 3), (2, 4)], {1: {2, 3, 4}, 5: {2, 3, 4}}),
    ],
)
def test_through_whose_hands_a_role_came(decides, offices, givers):
    assert role_givers(decides=decides, offices=offices) == givers


FINE = Single(Group.AWARDED, State.ELIGIBLE, has_why=False, experts=0)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (FINE, ()),
        (replace(FINE, group=Group.BELOW_THRESHOLD), (Stop.GROUP_UNKNOWN,)),
        (replace(FINE, experts=2, is_reopened=True), ()),
        (replace(FINE, group=Group.BELOW_THRESHOLD, is_reopened=True), ()),
        (replace(FINE, group=Group.NOT_ASSESSED, is_reopened=True), (Stop.GROUP_UNKNOWN,)),
        (replace(FINE, state=State.SUBMITTED), (Stop.NOT_ADMITTED,)),
        (replace(FINE, state=State.INELIGIBLE), (Stop.NOT_ADMITTED,)),
        (replace(FINE, state=State.WITHDRAWN), (Stop.WITHDRAWN,)),
        (replace(FINE, group=Group.NOT_ELIGIBLE), (Stop.REASON_NEEDED,)),
        (replace(FINE, group=Group.NOT_ELIGIBLE, has_why=True), ()),
        (replace(FINE, group=Group.NOT_ELIGIBLE, state=State.INELIGIBLE), ()),
        (replace(FINE, experts=2), (Stop.NEEDS_RANKING,)),
        (replace(FINE, experts=2, final=Group.RESERVE), ()),
        (replace(FINE, is_proposed=True), (Stop.PROPOSED_ALREADY,)),
        (replace(FINE, final=Group.AWARDED), (Stop.DECIDED_ALREADY,)),
    ],
)
def test_what_may_be_decided_by_itself(facts, reasons):
    assert decisions.single(facts).reasons == reasons


@pytest.mark.parametrize(
    ("purse", "amounts", "reasons"),
    [
        (Purse(None, 0, None, 0), (None, 5), ()),
        (Purse(10, 4, None, 0), (6,), ()),
        (Purse(10, 4, None, 0), (7,), (Stop.NO_MONEY_LEFT,)),
        (Purse(10, 4, None, 0), (None,), (Stop.AMOUNT_UNKNOWN,)),
        (Purse(None, 0, 2, 1), (0,), ()),
        (Purse(None, 0, 2, 1), (0, 0), (Stop.NO_PLACE_LEFT,)),
        (Purse(0, 0, 0, 0), (1,), (Stop.NO_MONEY_LEFT, Stop.NO_PLACE_LEFT)),
    ],
)
def test_no_decision_spends_more_than_there_is(purse, amounts, reasons):
    assert decisions.spending(purse, amounts).reasons == reasons


def test_a_frozen_version_names_its_answers_and_files():
    content = {"answers": {"a": "b"}, "files": {"offer": {"code": "u1"}}}

    assert answers_in(content) == {"a": "b"}
    assert files_in(content) == {"u1"}
    assert (answers_in({}), files_in({})) == ({}, frozenset())
