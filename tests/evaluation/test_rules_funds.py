"""Envelopes, quotas, ceilings and how many count: cases, and what holds for every list."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.calls.states import Next, Over, Support
from fondaco.evaluation.rules import decisions
from fondaco.evaluation.rules.decisions import Stop
from fondaco.evaluation.rules.frozen import parts_in, said_in
from fondaco.evaluation.rules.funds import Ceilings, Claim, Part, Unit
from fondaco.evaluation.rules.ranking import StepCode, ranking
from fondaco.evaluation.rules.replay import plain_candidates, plain_lines, plain_terms, replayed
from fondaco.evaluation.states import Group
from tests.evaluation.test_rules_ranking import TERMS, candidate

ITALY = Part("it", Unit.PLACES, most=1)
FREE = replace(TERMS, experts=0, threshold=None, total_cents=None, amount_cents=None)


def one(code, minutes, *, asked=400, parts=(), organisation="", had=0):
    made = candidate(code, asked=asked, minutes=minutes)
    return replace(made, parts=tuple(parts), organisation=organisation, had_cents=had)


def groups(lines):
    return {line.code: (line.group, line.amount_cents) for line in lines}


def last(lines, code):
    return next(line for line in lines if line.code == code).steps[-1]


def test_a_full_quota_ends_its_own_list_and_no_other():
    terms = replace(FREE, parts=(ITALY, Part("fr", Unit.PLACES, most=1)))
    lines = ranking(
        terms,
        [
            one("a", 1, parts=["it"]),
            one("b", 2, parts=["it"]),
            one("c", 3, parts=["fr"]),
            one("d", 4, parts=["it"]),
            one("e", 5),
        ],
    )

    assert [(line.code, line.group, line.position) for line in lines] == [
        ("a", Group.AWARDED, None),
        ("b", Group.RESERVE, 1),
        ("c", Group.AWARDED, None),
        ("d", Group.RESERVE, 2),
        ("e", Group.AWARDED, None),
    ]
    assert last(lines, "b").code == StepCode.NO_PLACE_IN_PART
    assert last(lines, "d").code == StepCode.BEHIND_IN_PART
    waits = [step.numbers for step in lines[3].steps if step.code == StepCode.WAITS_IN_PART]
    assert waits == [{"part": "it", "position": 2}]


def test_an_envelope_ends_where_its_own_money_ends():
    terms = replace(FREE, total_cents=2000, parts=(Part("it", Unit.MONEY, most=500),))
    lines = ranking(terms, [one("a", 1, parts=["it"]), one("b", 2, parts=["it"]), one("c", 3)])

    assert [line.group for line in lines] == [Group.AWARDED, Group.RESERVE, Group.AWARDED]
    assert last(lines, "b").numbers == {"part": "it", "amount": 400, "left": 100}


def test_a_quota_that_waits_for_its_act_gives_no_place():
    terms = replace(FREE, parts=(replace(ITALY, is_closed=True),))
    lines = ranking(terms, [one("a", 1, parts=["it"])])

    assert (lines[0].group, last(lines, "a").code) == (Group.RESERVE, StepCode.PART_CLOSED)


def test_the_least_of_a_part_is_kept_for_it_as_long_as_anybody_wants_it():
    terms = replace(FREE, places=2, parts=(Part("it", Unit.PLACES, least=1),))
    wanted = ranking(terms, [one("a", 1), one("b", 2), one("c", 3, parts=["it"])])
    unwanted = ranking(terms, [one("a", 1), one("b", 2)])

    assert [line.group for line in wanted] == [Group.AWARDED, Group.RESERVE, Group.AWARDED]
    assert last(wanted, "b").code == StepCode.KEPT_FOR_OTHERS
    assert [line.group for line in unwanted] == [Group.AWARDED, Group.AWARDED]


@pytest.mark.parametrize(
    ("over", "had", "expected"),
    [
        (Over.REFUSED, 0, (Group.AWARDED, 400)),
        (Over.REFUSED, 250, (Group.NOT_FUNDED, 400)),
        (Over.CUT, 250, (Group.AWARDED, 350)),
        (Over.CUT, 600, (Group.NOT_FUNDED, 400)),
    ],
)
def test_the_ceiling_over_all_calls_refuses_or_cuts_as_the_call_says(over, had, expected):
    terms = replace(FREE, ceilings=Ceilings(in_programme=600, over=over))
    lines = ranking(terms, [one("a", 1, organisation="x", had=had)])

    assert groups(lines)["a"] == expected


def test_the_ceiling_in_the_call_counts_what_stands_above_in_the_list():
    terms = replace(FREE, ceilings=Ceilings(in_call=500))
    lines = ranking(terms, [one("a", 1, organisation="x"), one("b", 2, organisation="x")])

    assert groups(lines) == {"a": (Group.AWARDED, 400), "b": (Group.NOT_FUNDED, 400)}
    assert last(lines, "b").numbers == {
        "amount": 400,
        "had": 400,
        "ceiling": 500,
        "left": 100,
        "where": "call",
    }


def test_what_is_below_the_least_is_not_funded_and_draws_no_line():
    terms = replace(FREE, total_cents=400, least_cents=300)
    lines = ranking(terms, [one("a", 1, asked=299), one("b", 2)])

    assert groups(lines) == {"a": (Group.NOT_FUNDED, 299), "b": (Group.AWARDED, 400)}


def test_of_each_organisation_the_best_are_kept():
    terms = replace(FREE, most=1, then=Next.BEST)
    sent = [one("a", 1, organisation="x"), one("b", 2, organisation="x"), one("c", 3)]
    lines = ranking(terms, sent)

    assert groups(lines)["b"] == (Group.NOT_FUNDED, 400)
    assert last(lines, "b").code == StepCode.NOT_AMONG_BEST


def test_whoever_sends_too_many_loses_them_all():
    terms = replace(FREE, most=1, then=Next.ALL_REFUSED)
    sent = [one("a", 1, organisation="x"), one("b", 2, organisation="x")]
    lines = ranking(terms, [*sent, one("c", 3, organisation="y")])

    assert {line.code: line.group for line in lines} == {
        "c": Group.AWARDED,
        "a": Group.NOT_ELIGIBLE,
        "b": Group.NOT_ELIGIBLE,
    }
    assert last(lines, "a").numbers == {"sent": 2, "most": 1}


sums = st.one_of(st.none(), st.integers(0, 600))
limits = st.one_of(st.none(), st.integers(0, 1500))
few = st.one_of(st.none(), st.integers(0, 3))


@st.composite
def lists(draw):
    parts = (
        Part("m", Unit.MONEY, most=draw(limits), least=draw(limits)),
        Part("p", Unit.PLACES, most=draw(few), least=draw(few), is_closed=draw(st.booleans())),
        Part("q", Unit.PLACES, most=draw(few), least=draw(few)),
    )
    terms = replace(
        FREE,
        support=Support.CEILING,
        total_cents=draw(limits),
        places=draw(few),
        least_cents=draw(st.sampled_from([None, 100])),
        parts=parts,
        ceilings=Ceilings(draw(limits), draw(limits), draw(st.sampled_from(list(Over)))),
        most=draw(st.integers(1, 2)),
        then=draw(st.sampled_from(list(Next))),
    )
    sent = [
        one(
            f"c{number}",
            number,
            asked=draw(sums),
            parts=draw(st.sets(st.sampled_from(["m", "p", "q"]))),
            organisation=draw(st.sampled_from(["x", "y", ""])),
            had=draw(st.integers(0, 300)),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    return terms, sent, draw(st.permutations(sent))


@given(lists())
def test_no_list_ever_goes_over_the_whole_a_part_or_a_ceiling(case):
    terms, sent, shuffled = case
    lines = ranking(terms, sent)
    known = {made.code: made for made in sent}
    awarded = [(line, known[line.code]) for line in lines if line.group == Group.AWARDED]

    assert ranking(terms, shuffled) == lines
    assert replayed(plain_candidates(tuple(sent)), plain_terms(terms)) == plain_lines(lines)
    spent = sum(line.amount_cents or 0 for line, _made in awarded)
    assert terms.total_cents is None or spent <= terms.total_cents
    assert terms.places is None or len(awarded) <= terms.places
    for part in terms.parts:
        own = [line for line, made in awarded if part.code in made.parts]
        taken = sum(line.amount_cents or 0 for line in own) if part.is_money else len(own)
        assert part.most is None or taken <= part.most
        assert not (part.is_closed and own)
    for name in ("x", "y"):
        own = [
            (line.amount_cents or 0, made) for line, made in awarded if made.organisation == name
        ]
        got = sum(cents for cents, _made in own)
        assert terms.ceilings.in_call is None or got <= terms.ceilings.in_call
        assert terms.then != Next.BEST or len(own) <= terms.most


@given(lists())
def test_what_is_awarded_could_also_be_decided_one_by_one(case):
    terms, sent, _shuffled = case
    lines = [line for line in ranking(terms, sent) if line.group == Group.AWARDED]
    known = {made.code: made for made in sent}
    claims = [
        Claim(
            line.code,
            known[line.code].organisation,
            line.amount_cents,
            frozenset(known[line.code].parts),
        )
        for line in lines
    ]

    assert decisions.fitting(terms.parts, {}, claims).reasons == ()


@pytest.mark.parametrize(
    ("part", "given_before", "reasons"),
    [
        (ITALY, {}, ()),
        (ITALY, {"it": 1}, (Stop.NO_PLACE_IN_PART,)),
        (replace(ITALY, is_closed=True), {}, (Stop.PART_CLOSED,)),
        (Part("it", Unit.MONEY, most=500), {"it": 101}, (Stop.NO_MONEY_IN_PART,)),
        (Part("fr", Unit.PLACES, most=0), {}, ()),
    ],
)
def test_a_single_award_fits_into_its_parts(part, given_before, reasons):
    claim = Claim("a", "x", 400, frozenset({"it"}))

    assert decisions.fitting([part], given_before, [claim]).reasons == reasons


@pytest.mark.parametrize(
    ("cents", "given_before", "reasons"),
    [
        (400, 100, ()),
        (401, 100, (Stop.OVER_CEILING,)),
        (None, 0, (Stop.AMOUNT_UNKNOWN,)),
    ],
)
def test_awards_of_one_decision_add_up_under_the_ceiling(cents, given_before, reasons):
    ceilings = Ceilings(in_call=500, in_programme=900)
    claims = [Claim("a", "x", cents, had_cents=400)]

    found = decisions.under_ceilings(ceilings, {"x": given_before}, claims)

    assert found.reasons == reasons


def test_two_awards_to_one_organisation_count_together():
    claims = [Claim("a", "x", 300), Claim("b", "x", 300)]

    found = decisions.under_ceilings(Ceilings(in_call=500), {}, claims)

    assert found.reasons == (Stop.OVER_CEILING,)


class Named:
    """A part of a call."""

    def __init__(self, code, fact, value):
        self.code, self.fact, self.value = code, fact, value


def test_an_application_belongs_to_the_parts_that_its_frozen_facts_name():
    content = {
        "organisation": {"country": "IT", "ecosystems": ["tourism", "digital"], "region": ""},
        "answers": {"area": ["sea"], "size": "3"},
    }
    parts = [
        Named("it", "organisation.country", ["IT", "FR"]),
        Named("green", "organisation.ecosystems", ["tourism"]),
        Named("sea", "answer.area", ["sea"]),
        Named("three", "answer.size", [3]),
        Named("north", "organisation.region", [""]),
    ]

    assert parts_in(content, parts) == ("it", "green", "sea", "three")
    assert said_in({}, "organisation.country") == frozenset()
