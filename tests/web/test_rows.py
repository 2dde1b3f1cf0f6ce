"""Rows become exactly what a list says, and nothing is written that already says so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from fondaco.calls.models import Step
from fondaco.web.rows import align
from tests.factories.calls import CallFactory, ItemFactory
from tests.factories.programmes import PartnerFactory

pytestmark = pytest.mark.django_db


def steps(*labels):
    """Steps as a folder lists them."""
    return [{"position": at, "label": {"en": label}} for at, label in enumerate(labels, start=1)]


def labels_of(call):
    """What the rows say, in order."""
    return [step.label["en"] for step in call.steps.order_by("position")]


def test_rows_are_added_changed_and_taken_away():
    call = CallFactory()
    align(call.steps, "position", steps("one", "two", "three"))
    first = call.steps.get(position=1).pk

    kept = align(call.steps, "position", steps("one", "zwei"))

    assert labels_of(call) == ["one", "zwei"]
    assert {number: row.label["en"] for number, row in kept.items()} == {1: "one", 2: "zwei"}
    assert kept[1].pk == first


def test_rows_of_another_thing_are_left_alone():
    mine, other = CallFactory(), CallFactory()
    align(other.steps, "position", steps("theirs"))

    align(mine.steps, "position", steps("mine"))
    align(mine.steps, "position", [])

    assert labels_of(other) == ["theirs"]
    assert Step.objects.count() == 1


def test_rows_that_say_the_right_thing_are_not_written():
    call = CallFactory()
    align(call.steps, "position", steps("one", "two"))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        align(call.steps, "position", steps("one", "two"))

    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]


def test_only_what_differs_is_written():
    item = ItemFactory(code="advice")

    with CaptureQueriesContext(connection) as queries:
        align(item.call.items, "code", [{"code": "advice", "amount_cents": 5}])

    written = queries[-1]["sql"]
    assert written.startswith('UPDATE "calls_item" SET "amount_cents" = 5 WHERE')
    item.refresh_from_db()
    assert item.name == {"en": "A day of advice"}


def test_a_key_of_two_fields_tells_rows_apart():
    partner = PartnerFactory(code="anima")
    programme, organisation = partner.programme, partner.organisation
    group = programme.partnerships.create(position=1, code="north", name="North")
    shared = {"position": 1, "code": "anima", "role": "partner", "organisation": organisation}

    align(
        programme.partners,
        "code partnership",
        [shared | {"partnership": None}, shared | {"partnership": group}],
    )

    assert programme.partners.count() == 2
    assert programme.partners.get(partnership=None).pk == partner.pk


lists = st.lists(st.sampled_from("abc"), max_size=4)


class TestAlign(TestCase):
    """Hypothesis needs a fresh transaction for each example."""

    @given(lists, lists)
    def test_rows_say_the_last_list_whatever_they_said_before(self, before, after):
        call = CallFactory()

        align(call.steps, "position", steps(*before))
        align(call.steps, "position", steps(*after))

        assert labels_of(call) == after
