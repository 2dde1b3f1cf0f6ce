"""Draws that anybody can repeat, queues, and stages: whatever order things are told in."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.applications.states import State
from fondaco.calls.states import Scale, Support
from fondaco.evaluation.rules.decisions import Purse, Single, Stop, single, spending
from fondaco.evaluation.rules.draws import (
    ListFacts,
    No,
    SeedFacts,
    drawing,
    fingerprint,
    freezing,
    order_of,
)
from fondaco.evaluation.rules.queues import QueueTerms, Waiting, in_turn, is_used_up, serving
from fondaco.evaluation.rules.ranking import Candidate, Terms, ranking
from fondaco.evaluation.rules.stages import Bar, Placed, StageFacts, best_of, inviting
from fondaco.evaluation.states import Group

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
receipts = st.lists(st.text("0123456789abcdef", min_size=4, max_size=8), max_size=12, unique=True)


def test_the_algorithm_is_the_one_that_the_page_tells():
    text = "aa\nbb\n"
    lots = {one: hashlib.sha256(f"7-11-13:{one}".encode()).hexdigest() for one in ("aa", "bb")}

    assert fingerprint(["bb", "aa"]) == hashlib.sha256(text.encode()).hexdigest()
    assert order_of("7-11-13", ["bb", "aa"]) == tuple(sorted(lots, key=lots.__getitem__))


@given(receipts, st.text(min_size=1, max_size=20), st.randoms())
def test_a_draw_is_repeatable_and_knows_no_order_of_its_list(listed, seed, chance):
    shuffled = list(listed)
    chance.shuffle(shuffled)

    assert order_of(seed, shuffled) == order_of(seed, listed)
    assert fingerprint(shuffled) == fingerprint(listed)
    assert sorted(order_of(seed, listed)) == sorted(listed)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_drawn_here": False}, No.NOT_DRAWN_HERE),
        ({"is_window_open": True}, No.WINDOW_OPEN),
        ({"open_admissions": 1}, No.ADMISSIONS_OPEN),
        ({"receipts": 0}, No.NOBODY_ON_LIST),
        ({"is_drawn": True}, No.DRAWN_ALREADY),
        ({"has_seed_from": False}, No.SEED_FROM_NEEDED),
    ],
)
def test_what_keeps_a_list_from_being_published(change, reason):
    facts = {
        "is_drawn_here": True,
        "is_window_open": False,
        "open_admissions": 0,
        "receipts": 3,
        "is_drawn": False,
        "has_seed_from": True,
    }

    assert freezing(ListFacts(**facts))
    assert freezing(ListFacts(**facts | change)).reasons == (reason,)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (SeedFacts(AT, is_drawn=False, has_seed=True), ()),
        (SeedFacts(AT + timedelta(1), is_drawn=False, has_seed=True), (No.NOT_FROZEN,)),
        (SeedFacts(None, is_drawn=False, has_seed=True), (No.NOT_FROZEN,)),
        (SeedFacts(AT, is_drawn=True, has_seed=True), (No.DRAWN_ALREADY,)),
        (SeedFacts(AT, is_drawn=False, has_seed=False), (No.SEED_NEEDED,)),
    ],
)
def test_a_seed_is_taken_once_and_only_after_the_list(facts, reasons):
    assert drawing(facts, at=AT + timedelta(minutes=1)).reasons == reasons


# Queues


waits = st.builds(
    Waiting,
    st.uuids().map(str),
    st.integers(0, 600).map(lambda minutes: AT + timedelta(minutes=minutes)),
    st.text("0123456789abcdef", min_size=8, max_size=8),
    st.none() | st.integers(0, 50),
)
purses = st.builds(Purse, st.none() | st.integers(0, 120), st.just(0), st.none(), st.just(0))
limited = st.builds(
    Purse, st.integers(0, 120), st.just(0), st.none() | st.integers(0, 5), st.just(0)
)


@given(st.lists(waits, max_size=8, unique_by=lambda one: one.code), st.randoms())
def test_a_queue_knows_no_order_but_arrival_and_lot(queue, chance):
    shuffled = list(queue)
    chance.shuffle(shuffled)
    drawn = tuple(one.receipt for one in queue)
    terms = QueueTerms(AT + timedelta(hours=1), "seed", drawn)

    turn = in_turn(terms, shuffled)

    assert turn == in_turn(terms, queue)
    late = [one.received_at for one in turn if one.received_at > AT + timedelta(hours=1)]
    assert late == sorted(late)
    assert [one.received_at > AT + timedelta(hours=1) for one in turn] == sorted(
        one.received_at > AT + timedelta(hours=1) for one in turn
    )


@given(limited, st.lists(waits, max_size=8, unique_by=lambda one: one.code), st.data())
def test_in_whatever_order_they_are_decided_the_envelope_holds_and_nobody_is_overtaken(
    purse, queue, data
):
    waiting, awarded = list(queue), []
    spent, given_places = 0, 0
    while waiting:
        one = data.draw(st.sampled_from(waiting))
        now = Purse(purse.total_cents, spent, purse.places, given_places)
        fits = serving(QueueTerms(), now, waiting, one) and spending(now, (one.cents,))
        if fits:
            awarded.append(one)
            spent, given_places = spent + (one.cents or 0), given_places + 1
        waiting = [other for other in waiting if other is not one]

    assert spent <= (purse.total_cents or 0)
    assert purse.places is None or given_places <= purse.places
    assert all(one.cents is not None for one in awarded)


@given(purses, waits, waits)
def test_the_one_behind_never_takes_what_the_one_ahead_may_need(purse, one, other):
    first, second = in_turn(QueueTerms(), (one, other))
    if first.code == second.code or not serving(QueueTerms(), purse, (one, other), second):
        return

    after = Purse(purse.total_cents, purse.spent_cents + (second.cents or 0), None, 1)
    assert (
        purse.total_cents is None
        or spending(after, (first.cents,))
        or (not spending(purse, (first.cents,)))
    )


def test_before_the_draw_nobody_of_the_window_is_served_but_whoever_came_later_may_be():
    early = Waiting("a", AT, "aa", 10)
    late = Waiting("b", AT + timedelta(hours=2), "bb", 10)
    terms, purse = QueueTerms(AT + timedelta(hours=1)), Purse(100, 0, None, 0)

    assert serving(terms, purse, (early, late), early).reasons == (Stop.DRAW_FIRST,)
    assert serving(terms, purse, (early, late), late)
    assert serving(terms, Purse(15, 0, None, 0), (early, late), late).reasons == (
        Stop.EARLIER_ONES_FIRST,
    )


@pytest.mark.parametrize(
    ("purse", "least", "is_over"),
    [
        (Purse(100, 100, None, 0), None, True),
        (Purse(100, 99, None, 0), None, False),
        (Purse(100, 80, None, 0), 30, True),
        (Purse(None, 0, 3, 3), None, True),
        (Purse(None, 0, None, 9), None, False),
    ],
)
def test_when_the_money_or_the_places_have_ended(purse, least, is_over):
    assert is_used_up(purse, least) == is_over


# One by itself


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, (Stop.NEEDS_RANKING,)),
        ({"is_by_itself": True}, ()),
        ({"is_by_itself": True, "judged": Group.NOT_ASSESSED}, (Stop.NOT_ASSESSED_LEFT,)),
        ({"is_by_itself": True, "judged": Group.BELOW_THRESHOLD}, (Stop.BELOW_THRESHOLD,)),
        (
            {
                "is_by_itself": True,
                "judged": Group.BELOW_THRESHOLD,
                "group": Group.BELOW_THRESHOLD,
            },
            (),
        ),
        ({"experts": 0, "is_drawn": True}, (Stop.NEEDS_RANKING,)),
    ],
)
def test_what_its_own_marks_say_where_each_is_decided_by_itself(change, reasons):
    facts = {"group": Group.AWARDED, "state": State.ELIGIBLE, "has_why": False, "experts": 2}

    assert single(Single(**facts | change)).reasons == reasons


# Stages


@given(st.lists(st.builds(Placed, st.integers(1, 99), st.integers(1, 30)), max_size=20))
def test_the_best_are_never_more_than_invited_and_none_behind_is_before_them(placed):
    best = best_of(placed, 5)

    assert len(best) == min(5, len(placed))
    rest = [one for one in placed if one not in best]
    assert all(one.place >= max(two.place for two in best) for one in rest)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (StageFacts(is_second_stage=True, is_decided=True, placed=3), ()),
        (StageFacts(is_second_stage=False, is_decided=False, placed=0), (Bar.NO_SECOND_STAGE,)),
        (StageFacts(is_second_stage=True, is_decided=False, placed=0), (Bar.STAGE_NOT_DECIDED,)),
        (StageFacts(is_second_stage=True, is_decided=True, placed=0), (Bar.NOBODY_PLACED,)),
    ],
)
def test_when_the_best_can_be_invited(facts, reasons):
    assert inviting(facts).reasons == reasons


# The envelope under every way of intake


def candidates(amounts):
    return [
        Candidate(f"a-{number}", True, AT + timedelta(number), cents, receipt=f"{number:08x}")
        for number, cents in enumerate(amounts)
    ]


MONEY = Terms(
    scale=Scale.POINTS,
    criteria=(),
    experts=0,
    support=Support.CEILING,
    amount_cents=60,
    total_cents=100,
    places=4,
)


@given(st.lists(st.lists(st.none() | st.integers(0, 80), max_size=5), max_size=4))
def test_however_many_cut_offs_there_are_together_they_keep_the_envelope(batches):
    left, places, spent = 100, 4, 0
    for amounts in batches:
        lines = ranking(replace(MONEY, total_cents=left, places=places), candidates(amounts))
        awards = [line.amount_cents or 0 for line in lines if line.group == Group.AWARDED]
        left, places, spent = left - sum(awards), places - len(awards), spent + sum(awards)

    assert spent <= 100
    assert left >= 0
    assert places >= 0


@given(st.lists(st.integers(0, 80), max_size=8), st.text(min_size=1, max_size=9), st.randoms())
def test_a_lottery_serves_by_lot_keeps_the_envelope_and_knows_no_order(amounts, seed, chance):
    terms = replace(MONEY, tie_breaks=("draw",), seed=seed)
    listed = candidates(amounts)
    shuffled = list(listed)
    chance.shuffle(shuffled)

    lines = ranking(terms, shuffled)

    by_code = {one.code: one.receipt for one in listed}
    assert lines == ranking(terms, listed)
    assert tuple(by_code[line.code] for line in lines) == order_of(seed, by_code.values())
    awarded = [line.amount_cents or 0 for line in lines if line.group == Group.AWARDED]
    assert sum(awarded) <= 100
    assert len(awarded) <= 4
    waiting = [line.position for line in lines if line.group == Group.RESERVE]
    assert waiting == list(range(1, len(waiting) + 1))
