"""What the page of a call says of its money, its parts and how many may be sent."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from fondaco.calls.phrases import money_words, number_words
from fondaco.calls.states import Next, Over, Support
from fondaco.desks.selectors.calls import money_line
from fondaco.desks.selectors.paid import lump_rows, paid_of
from tests.factories.calls import CallFactory, EnvelopeFactory, ItemFactory, QuotaFactory
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "said", "line"),
    [
        (
            {"support": Support.SHARE, "percent": Decimal(70), "amount_cents": 6_000_000},
            ["70 % of the eligible costs are paid, up to €60,000."],
            "up to €60,000",
        ),
        (
            {"support": Support.SHARE, "percent": Decimal("62.5"), "amount_cents": None},
            ["62.5 % of the eligible costs are paid."],
            "62.5 % of the costs",
        ),
        (
            {"support": Support.PACK, "amount_cents": 500_000},
            ["One sum for the whole pack: €5,000."],
            "€5,000",
        ),
        (
            {"support": Support.MENU, "amount_cents": None, "most_items": 2},
            ["An applicant may choose at most 2 of these services."],
            "",
        ),
        (
            {"least_cents": 50_000, "ceiling_cents": 900_000, "over_ceiling": Over.CUT},
            [
                "Less than €500 is not paid.",
                "One organisation gets at most €9,000 in this call.",
                "An award that would go beyond is cut to what is left.",
            ],
            "€3,000",
        ),
        ({"support": Support.LUMP_SUM, "scheme": "cxc-long", "amount_cents": None}, None, ""),
    ],
)
def test_the_sum_is_said_in_sentences(given, said, line):
    call = CallFactory(**given)

    if said is not None:
        assert money_words(call) == said
    else:
        assert money_words(call)[0].startswith("A lump sum by country, for one stay of five")
    assert money_line(call) == line


def test_the_ceiling_over_all_calls_is_said_with_the_programme():
    call = CallFactory(programme__ceiling={"amount": "60000"}, programme__acronym="BRIDGE")

    assert money_words(call) == [
        "One organisation gets at most €60,000 over all calls of BRIDGE together.",
        "An award that would go beyond is refused.",
    ]


def test_how_many_may_be_sent_and_what_becomes_of_the_next_one():
    call = CallFactory(
        per_organisation=2,
        next_application=Next.REPLACES,
        per_organisation_in_programme=3,
        programme__acronym="BRIDGE",
    )

    assert number_words(call) == [
        "Each organisation may send 2 applications to this call.",
        "The next one takes the place of the one sent first.",
        "Over all calls of BRIDGE it may send 3.",
        "Withdrawn ones do not count.",
    ]
    assert number_words(CallFactory()) == []


def test_envelopes_and_quotas_stand_with_their_bounds_and_what_they_wait_for():
    call = CallFactory()
    EnvelopeFactory(call=call, value=["IT", "FR"], least_cents=100_000)
    QuotaFactory(
        call=call, name={"en": "The north"}, needs={"en": "A provider."}, opened_on=date(2026, 3, 1)
    )

    paid = paid_of(call, at=AT)

    [envelope], [quota] = paid["envelopes"], paid["quotas"]
    assert (envelope.name, envelope.most, envelope.least) == ("Italy, France", "€5,000", "€1,000")
    assert (quota.name, quota.most, quota.least, bool(quota.opened)) == ("The north", "2", "", True)


def test_the_table_of_a_scheme_stands_on_the_page():
    call = CallFactory(support=Support.LUMP_SUM, scheme="cxc-long", amount_cents=None)
    ItemFactory(call=CallFactory(support=Support.PACK, amount_cents=None, code="pack"))

    page = Client().get(f"/en/calls/{call.code}/")

    assert [(row.country, row.cents) for row in lump_rows(call, at=AT)] == [("Portugal", 780_00)]
    assert "The table by country" in page.content.decode()
    assert Client().get("/en/calls/pack/").status_code == 200
