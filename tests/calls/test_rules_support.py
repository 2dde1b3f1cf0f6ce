"""What a call pays: every form, the dated table, the least, the services chosen."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.calls.rules.support import (
    LumpSum,
    SupportTerms,
    amount_of,
    asked_cents,
    has_too_many,
    is_too_small,
    lump_sum,
    share_of,
)
from fondaco.calls.states import Support
from fondaco.questionnaires.rules.schema import form_from
from tests.factories.questionnaires import option, question, schema, section

PRICES = {"model": 300, "travel": 500}
MENU = form_from(
    schema(
        section(
            "s",
            question("services", "choices", option=[option("model"), option("travel")]),
            question("price", "money"),
            question("topics", "choices", option=[option("sea")]),
        )
    )
)
TWO_MONEYS = form_from(schema(section("s", question("amount", "money"), question("own", "money"))))
NO_NAME = form_from(schema(section("s", question("first", "money"), question("own", "money"))))


@pytest.mark.parametrize(
    ("support", "form", "said", "cents"),
    [
        (Support.CEILING, MENU, {"price": "12.50"}, 1250),
        (Support.CEILING, MENU, {}, None),
        (Support.CEILING, MENU, {"price": "-900000.00"}, None),
        (Support.CEILING, TWO_MONEYS, {"amount": "3.00", "own": "9.00"}, 300),
        (Support.CEILING, NO_NAME, {"first": "3.00"}, None),
        (Support.FIXED, MENU, {"price": "12.50"}, None),
        (Support.MENU, MENU, {"services": ["model", "travel"]}, 800),
        (Support.MENU, MENU, {"services": "model"}, 300),
        (Support.MENU, MENU, {"topics": ["sea"]}, None),
        (Support.MENU, MENU, {}, None),
    ],
)
def test_what_is_asked_for_is_read_from_the_answers(support, form, said, cents):
    terms = SupportTerms(support, prices=PRICES)

    assert asked_cents(terms, form, said) == cents


def test_the_call_may_name_the_question_that_says_the_costs_also_a_total():
    terms = SupportTerms(Support.SHARE, asks="own")

    assert asked_cents(terms, TWO_MONEYS, {"amount": "3.00", "own": "9.00"}) == 900
    columns = [question("what"), question("sum", "money", total=True)]
    budget = form_from(schema(section("s", question("own", "group", column=columns))))
    rows = [{"row": "r1", "sum": "7.50"}, {"row": "r2", "sum": "4.50"}]
    assert asked_cents(terms, budget, {"own": {"rows": rows, "totals": [{"sum": "12.00"}]}}) == 1200
    assert asked_cents(terms, TWO_MONEYS, {"own": ["no", "sum"]}) is None


@pytest.mark.parametrize(
    ("terms", "asked", "cents"),
    [
        (SupportTerms(Support.NONE), 500, 0),
        (SupportTerms(Support.FIXED, 700), None, 700),
        (SupportTerms(Support.PACK, 700), None, 700),
        (SupportTerms(Support.PACK, prices={"a": 300, "b": 500}), None, 800),
        (SupportTerms(Support.MENU), 800, 800),
        (SupportTerms(Support.MENU), None, None),
        (SupportTerms(Support.CEILING, 700), 900, 700),
        (SupportTerms(Support.CEILING, 700), None, 700),
        (SupportTerms(Support.SHARE, percent=Decimal(70)), 1001, 700),
        (SupportTerms(Support.SHARE, 600, Decimal(70)), 1001, 600),
        (SupportTerms(Support.SHARE, 600), 500, 500),
        (SupportTerms(Support.SHARE, 600, Decimal(70)), None, None),
        (SupportTerms(Support.LUMP_SUM), 530, 530),
        (SupportTerms(Support.LUMP_SUM, 400), 530, 400),
        (SupportTerms(Support.LUMP_SUM, 400), None, None),
    ],
)
def test_the_sum_of_an_award_follows_the_form_of_the_call(terms, asked, cents):
    assert amount_of(terms, asked) == cents


@given(st.integers(0, 10**12), st.integers(1, 10_000).map(lambda part: Decimal(part) / 100))
def test_a_share_never_exceeds_its_percentage_nor_loses_a_whole_cent(costs, percent):
    share = share_of(costs, percent)

    assert share * 100 <= costs * percent < (share + 1) * 100


TABLE = (
    LumpSum("eye", "AL", 530_00, "", "2024-05"),
    LumpSum("eye", "AL", 600_00, "2024-06"),
    LumpSum("eye", "AL", 650_00, "2025-01"),
    LumpSum("eye", "", 1100_00),
    LumpSum("cxc", "AL", 1_00),
)


@pytest.mark.parametrize(
    ("country", "on", "cents"),
    [
        ("AL", date(2024, 5, 31), 530_00),
        ("AL", date(2024, 6, 1), 600_00),
        ("AL", date(2025, 2, 1), 650_00),
        ("AT", date(2025, 2, 1), None),
        (None, date(2025, 2, 1), None),
    ],
)
def test_the_row_that_holds_on_the_day_counts_the_latest_of_several(country, on, cents):
    found = lump_sum(TABLE, scheme="eye", country=country, on=on)

    assert (found.cents if found else None) == cents


def test_less_than_the_least_is_too_small_and_the_least_itself_is_not():
    terms = SupportTerms(Support.CEILING, least_cents=100)

    assert [is_too_small(terms, cents) for cents in (99, 100, None)] == [True, False, False]
    assert not is_too_small(SupportTerms(Support.CEILING), 1)


def test_more_services_than_one_may_have_are_too_many():
    terms = SupportTerms(Support.MENU, prices=PRICES, most_items=1)
    both = {"services": ["model", "travel"]}

    assert has_too_many(terms, MENU, both)
    assert not has_too_many(terms, MENU, {"services": ["model"]})
    assert not has_too_many(SupportTerms(Support.MENU, prices=PRICES), MENU, both)
    assert not has_too_many(SupportTerms(Support.FIXED, most_items=1), MENU, both)
