"""What the public pages say of calls and programmes, and with how many queries."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fondaco.calls.models import Call
from fondaco.calls.selectors import call_with_details
from fondaco.calls.states import ActKind, Intake, Kind, Stage, Support
from fondaco.desks.selectors import calls, programmes
from fondaco.programmes.selectors import programme_with_details
from fondaco.web import reference
from tests.factories.calls import (
    ActFactory,
    CallFactory,
    CriterionFactory,
    ItemFactory,
    RuleFactory,
    StepFactory,
)
from tests.factories.directory import AT
from tests.factories.programmes import PartnerFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
DAY, CLOSES = timedelta(days=1), AT + timedelta(days=30)
PARTS = (ActFactory, StepFactory, ItemFactory, RuleFactory, CriterionFactory)


def queries_of(path):
    """How many queries a page takes, once what lasts is warm."""
    client = Client()
    with time_machine.travel(AT, tick=False):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_calls_takes_four_queries(count):
    for _number in range(count):
        call = CallFactory()
        for factory in (ActFactory, RuleFactory, ItemFactory):
            factory(call=call)

    assert queries_of("/en/calls/") == 4


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_call_takes_eleven_queries(count):
    call = CallFactory()
    for factory in PARTS:
        factory.create_batch(count, call=call)

    assert queries_of(f"/en/calls/{call.code}/") == 11


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_programme_takes_fifteen_queries(count):
    programme = ProgrammeFactory()
    for number in range(1, count + 1):
        group = programme.partnerships.create(position=number, code=f"g{number}", name="Group")
        partner = PartnerFactory(programme=programme, partnership=group)
        programme.work_packages.create(number=number, title={"en": "Work"}, leader=partner)
        programme.periods.create(position=number, starts="2022")
        programme.results.create(position=number, code=f"r{number}", title={"en": "Result"})
        for factory in (ActFactory, RuleFactory, ItemFactory):
            factory(call=CallFactory(programme=programme))

    assert queries_of(f"/en/programmes/{programme.code}/") == 15


@pytest.mark.parametrize("count", [1, 3])
def test_the_start_page_takes_five_queries(count):
    for _number in range(count):
        call = CallFactory()
        for factory in (ActFactory, RuleFactory, ItemFactory):
            factory(call=call)

    assert queries_of("/en/") == 5


# Calls


def shown(call, *, at=AT):
    """A call as its page gets it, with its stage and deadline then."""
    listed = next(one for one in calls.listed_calls(at=at) if one.call == call)
    return call_with_details(call.code), listed.stage, listed.closes_at


def facts(call, *, at=AT):
    """The strip under the title: value and note by label."""
    found, stage, closes = shown(call, at=at)
    return {
        fact["label"]: (fact["value"], str(fact["note"]))
        for fact in calls.facts_of(found, closes, stage)
    }


def test_open_calls_come_first_the_nearest_deadline_first_and_the_past_newest_first():
    late, soon, always, old, older, cancelled = (
        CallFactory(closes_at=AT + 9 * DAY),
        CallFactory(closes_at=AT + DAY),
        CallFactory(intake=Intake.ALWAYS, closes_at=None),
        CallFactory(closes_at=AT - DAY),
        CallFactory(closes_at=AT - 2 * DAY),
        CallFactory(),
    )
    ActFactory(call=cancelled, kind=ActKind.CANCELLATION)
    CallFactory(published_at=None)

    listed = [one.call for one in calls.listed_calls(at=AT)]

    assert listed == [soon, late, always, old, older, cancelled]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "€3,000"),
        ({"support": Support.CEILING}, "up to €3,000"),
        ({"amount_cents": None}, ""),
        ({"support": Support.MENU}, ""),
        ({"support": Support.NONE, "amount_cents": None}, ""),
    ],
)
def test_what_is_paid_in_one_line(given, expected):
    assert calls.money_line(CallFactory(**given)) == expected


def test_a_menu_goes_from_its_lowest_to_its_highest_price():
    call = ItemFactory(amount_cents=500_000).call
    ItemFactory(call=call, amount_cents=50_050)

    assert calls.money_line(call) == "€500.50 to €5,000"


@pytest.mark.parametrize(
    ("ecosystems", "note"),
    [
        pytest.param([], "", id="none named"),
        pytest.param(["tourism"], "Tourism", id="one"),
        pytest.param(["tourism", "agri-food"], "2 ecosystems", id="two are not all"),
        pytest.param(
            sorted(reference.codes(reference.ecosystems())), "All ecosystems", id="all of them"
        ),
    ],
)
def test_for_whom_a_call_is(ecosystems, note):
    assert facts(CallFactory(ecosystems=ecosystems))["Where"] == ("2 countries", note)


def test_the_countries_of_a_call_are_those_of_its_rule_else_of_its_programme():
    call = RuleFactory(value=["TN"]).call

    assert calls.countries_of(call) == {"TN"}
    assert calls.countries_of(CallFactory()) == {"TN", "IT"}


@pytest.mark.parametrize(
    ("given", "label", "expected"),
    [
        pytest.param({}, "Closes", ("1 December 2026", "10:00 CET, Brussels time"), id="open"),
        pytest.param(
            {"zone": "Africa/Tunis"}, "Closes", ("1 December 2026", "10:00 CET"), id="elsewhere"
        ),
        pytest.param(
            {"closes_at": AT - DAY},
            "Closed",
            ("31 October 2026", "10:00 CET, Brussels time"),
            id="over",
        ),
        pytest.param({"closes_at": None}, "Closes", ("Not known", ""), id="not known"),
        pytest.param(
            {"closes_at": None, "intake": Intake.ALWAYS},
            "Closes",
            ("Always open", "each application is decided by itself"),
            id="always open",
        ),
        pytest.param({"total_cents": None}, "Budget", ("Not known", ""), id="no budget"),
        pytest.param({"places": 100}, "Places", ("100 places", ""), id="places alone"),
        pytest.param(
            {"places": 1, "total_cents": 300_000}, "Budget", ("€3,000", "1 place"), id="both"
        ),
        pytest.param(
            {"support": Support.NONE, "kind": Kind.TRAINING},
            "Support",
            ("Training", "No money is paid"),
            id="nothing paid",
        ),
        pytest.param(
            {"amount_cents": None}, "Support", ("Not known", "Fixed amount"), id="no amount"
        ),
    ],
)
def test_the_strip_under_the_title(given, label, expected):
    value, note = facts(CallFactory(**given))[label]

    assert (str(value), note) == expected


def test_an_extension_of_tomorrow_does_not_move_the_deadline_of_today():
    call = CallFactory()
    ActFactory(call=call, at=AT + DAY, closes_at=CLOSES + DAY)

    before = calls.timetable_of(call_with_details(call.code), at=AT)
    after = calls.timetable_of(call_with_details(call.code), at=AT + DAY)

    assert facts(call)["Closes"][0] == "1 December 2026"
    assert facts(call, at=AT + DAY)["Closes"][0] == "2 December 2026"
    assert [moment.what for moment in before] == ["The call opens", "Deadline for applications"]
    assert [moment.what for moment in after] == [
        "The call opens",
        "First deadline",
        "Deadline for applications",
    ]


def test_the_timetable_marks_what_is_past_now_and_next():
    call = StepFactory(on=None, label={"en": "Agreements"}).call
    StepFactory(call=call, on=CLOSES.date() + DAY)

    def states(at):
        return [moment.state for moment in calls.timetable_of(call, at=at)]

    assert states(AT - 15 * DAY) == ["now", "next", "next", "next"]
    assert states(AT) == ["past", "now", "next", "next"]
    assert states(CLOSES) == ["past", "now", "next", "next"]
    assert states(CLOSES + timedelta(seconds=1)) == ["past", "past", "next", "now"]
    assert states(CLOSES + 9 * DAY) == ["past", "past", "next", "past"]


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=30), "30 days left"),
        (timedelta(days=2), "2 days left"),
        (timedelta(days=2) - timedelta(seconds=1), "47 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59, seconds=59), "59 minutes left"),
        (timedelta(seconds=1), "1 minute left"),
        (timedelta(0), "1 minute left"),
        (-timedelta(microseconds=1), ""),
    ],
)
def test_what_is_left_until_the_deadline(left, expected):
    assert calls.time_left(AT + left, at=AT) == expected


def test_nothing_is_left_where_there_is_no_deadline():
    assert calls.time_left(None, at=AT) == ""


def test_acts_are_told_newest_first_with_both_deadlines():
    call = CallFactory()
    ActFactory(call=call, closes_at=CLOSES + DAY)
    ActFactory(call=call, kind=ActKind.CORRIGENDUM)
    ActFactory(call=call, closes_at=CLOSES + 2 * DAY)

    told = [(str(one.title), one.before, one.after) for one in calls.acts_of(call)]

    assert told == [
        ("The deadline moved", CLOSES + DAY, CLOSES + 2 * DAY),
        ("Correction", None, None),
        ("The deadline moved", CLOSES, CLOSES + DAY),
    ]


def test_editions_are_those_that_the_public_may_see():
    founding = CallFactory()
    edition = CallFactory(edition_of=founding, is_demonstration=True)
    CallFactory(edition_of=founding, published_at=None)

    def near(call):
        return [one.call for one in calls.editions_of(call_with_details(call.code), at=AT)]

    assert near(founding) == [edition]
    assert near(edition) == [founding]
    Call.objects.filter(pk=founding.pk).update(published_at=None)
    assert near(edition) == []


def test_tie_breaks_are_told_in_words():
    call = CriterionFactory(code="relevance").call
    call.tie_breaks = ["relevance", "earliest", "draw", "gone"]

    assert [str(word) for word in calls.tie_breaks_of(call)] == [
        "Relevance",
        "the application received first",
        "a draw with a published seed that anybody can repeat",
        "gone",
    ]


def test_a_demonstration_wears_a_badge_of_its_own():
    plain = calls.badges_of(CallFactory(), Stage.OPEN)
    marked = calls.badges_of(CallFactory(is_demonstration=True), Stage.OPEN)

    assert [badge["tone"] for badge in plain] == ["open", "neutral"]
    assert [badge["tone"] for badge in marked] == ["open", "neutral", "demonstration"]


# Programmes


def detailed(**given):
    """A programme as its page gets it."""
    return programme_with_details(ProgrammeFactory(**given).code)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            {"budget_cents": 770_000_000, "rate": Decimal(90)},
            ("Budget", "€7,700,000", "the funder pays up to 90%"),
            id="budget and rate",
        ),
        pytest.param(
            {"contribution_cents": 100_000},
            ("Contribution of the funder", "€1,000", ""),
            id="contribution alone",
        ),
        pytest.param({}, ("Budget", "Not known", ""), id="nothing"),
    ],
)
def test_the_money_of_a_programme(given, expected):
    fact = programmes.facts_of(detailed(**given))[0]

    assert (fact["label"], fact["value"], fact["note"]) == expected


def test_the_duration_of_a_programme_owns_up_to_sources_that_differ():
    programme = ProgrammeFactory()
    programme.periods.create(position=1, starts="2022-04", ends="")
    one = programmes.facts_of(programme_with_details(programme.code))[1]
    programme.periods.create(position=2, starts="2022-05", ends="2026")
    two = programmes.facts_of(programme_with_details(programme.code))[1]

    assert (one["value"], one["note"]) == ("April 2022 – …", "")
    assert (two["value"], two["note"]) == ("April 2022 – …", "the sources differ, see below")
    assert programmes.facts_of(detailed())[1]["value"] == "Not known"


def test_an_organisation_in_two_partnerships_counts_once_and_the_page_says_so(client):
    programme = ProgrammeFactory(code="bridge")
    organisation = PartnerFactory(programme=programme).organisation
    group = programme.partnerships.create(position=1, code="north", name="North")

    once = programmes.partners_counted(programme_with_details("bridge"))
    PartnerFactory(programme=programme, organisation=organisation, code="x", partnership=group)
    twice = programmes.partners_counted(programme_with_details("bridge"))

    assert (once, once.is_told) == (programmes.Counted(1, 1), False)
    assert (twice, twice.is_told) == (programmes.Counted(1, 2), True)
    assert "The list below has 2 entries" in client.get("/en/programmes/bridge/").content.decode()


def test_partners_known_are_set_against_those_stated():
    programme = ProgrammeFactory(stated={"partners": 171, "partnerships": 30, "countries": 2})
    partner = PartnerFactory(programme=programme)
    group = programme.partnerships.create(position=1, code="north", name="North", partners_stated=3)
    PartnerFactory(
        programme=programme, organisation=partner.organisation, code="again", partnership=group
    )
    found = programme_with_details(programme.code)

    facts_found = programmes.facts_of(found)

    assert (facts_found[2]["value"], facts_found[2]["note"]) == ("1", "of 171 stated")
    assert (facts_found[3]["value"], facts_found[3]["note"]) == ("2", "")
    assert programmes.unknown_partnerships(found) == 29
    assert [(one.partnership, one.unknown) for one in programmes.groups_of(found)] == [(group, 2)]
    assert programmes.partners_by_country(found) == [
        ("FR", "France", 1.0),
        ("IT", "Italy", 0.0),
        ("TN", "Tunisia", 0.0),
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"target": 60, "operator": "at-least", "reported": 30}, ("at least 60", "30", 0.5)),
        ({"target": 60, "operator": "more-than"}, ("more than 60", "", None)),
        ({"target": Decimal("2.50"), "operator": "exactly"}, ("2.5", "", None)),
        ({"target": 60, "operator": "", "reported": 90}, ("60", "90", 1.5)),
        ({"reported": 4}, ("", "4", None)),
        ({"target": 60, "reported": 0}, ("60", "0", None)),
    ],
)
def test_a_promise_with_what_was_reported(given, expected):
    programme = ProgrammeFactory()
    programme.results.create(position=1, code="trained", title={"en": "Trained"}, **given)

    (promise,) = programmes.promises_of(programme_with_details(programme.code))

    assert (promise.target, promise.reported, promise.share) == expected


def test_the_contact_of_a_programme():
    programme = ProgrammeFactory(contact={"partner": "anima", "website": "https://x.example"})
    partner = PartnerFactory(programme=programme, code="anima")

    assert programmes.contact_of(programme) == (partner, "https://x.example")
    assert programmes.contact_of(ProgrammeFactory()) == (None, "")
