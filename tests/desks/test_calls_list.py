"""The list of calls: its order and its export in the address; and a programme's working week."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from fondaco.calls.states import ActKind, Intake
from tests.desks.pages import listed, page, table_of
from tests.factories.calls import ActFactory, CallFactory, RuleFactory
from tests.factories.directory import AT
from tests.factories.programmes import ProgrammeFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def calls():
    """An open one, one that is always open, and one that is over, of two programmes."""
    anchor, bridge = (ProgrammeFactory(acronym=name) for name in ("ANCHOR", "BRIDGE"))
    CallFactory(code="b-open", programme=bridge, title={"en": "Été"}, closes_at=AT + DAY)
    CallFactory(
        code="a-always",
        programme=anchor,
        title={"en": "Zoo"},
        intake=Intake.ALWAYS,
        closes_at=None,
    )
    CallFactory(code="c-over", programme=bridge, title={"en": "arch"}, closes_at=AT - DAY)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["b-open", "a-always", "c-over"]),
        ("deadline", ["c-over", "b-open", "a-always"]),
        ("-deadline", ["b-open", "c-over", "a-always"]),
        ("title", ["c-over", "b-open", "a-always"]),
        ("-title", ["a-always", "b-open", "c-over"]),
        ("programme", ["a-always", "c-over", "b-open"]),
        ("nonsense", ["b-open", "a-always", "c-over"]),
    ],
)
def test_the_order_stands_in_the_address(calls, sort, expected):
    assert listed(sort=sort) == expected


def test_suspended_calls_can_be_asked_for(calls):
    call = CallFactory(code="paused")
    ActFactory(call=call, kind=ActKind.SUSPENSION)

    html = Client().get("/en/calls/").content.decode()

    assert '<option value="suspended">Suspended</option>' in html
    assert listed(stage="suspended") == ["paused"]


def test_the_export_holds_what_the_list_shows_and_no_formula():
    bridge = ProgrammeFactory(acronym="BRIDGE")
    spring = CallFactory(code="spring", programme=bridge, title={"en": '=HYPERLINK("x")'})
    RuleFactory(call=spring, value=["TN", "LB"])
    ActFactory(call=spring, closes_at=AT + 60 * DAY)
    CallFactory(programme=bridge, kind="training")
    html = Client().get("/en/calls/", {"kind": "sub-grant"}).content.decode()

    rows = table_of(Client().get("/en/calls.csv", {"kind": "sub-grant"}))

    assert 'href="/en/calls.csv?kind=sub-grant"' in html
    names = ["code", "title", "programme", "kind", "stage", "opens", "deadline", "countries"]
    moments = ["2026-10-22T09:00:00+00:00", "2026-12-31T09:00:00+00:00"]
    title = '\'=HYPERLINK("x")'
    assert rows == [names, ["spring", title, "BRIDGE", "sub-grant", "open", *moments, "LB TN"]]


@pytest.mark.parametrize(
    ("weekend", "language", "days"),
    [
        (["friday", "saturday"], "en", "Sunday, Monday, Tuesday, Wednesday, Thursday"),
        (["friday"], "fr", "samedi, dimanche, lundi, mardi, mercredi, jeudi"),
        (["friday", "saturday"], "ar", "الأحد, الاثنين, الثلاثاء, الأربعاء, الخميس"),
    ],
)
def test_a_programme_tells_its_working_days(weekend, language, days):
    ProgrammeFactory(code="bridge", weekend=weekend)

    assert days in page("programmes/bridge/", language)


@pytest.mark.parametrize("weekend", [["saturday", "sunday"], ["sunday", "saturday"], []])
def test_the_usual_working_week_is_not_told(weekend):
    ProgrammeFactory(code="bridge", weekend=weekend)

    assert "Working days" not in page("programmes/bridge/")
