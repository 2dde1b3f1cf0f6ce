"""The officer's pages: a programme, a call, its texts, its deadline, and what came of it."""

from datetime import date, timedelta

import pytest
import time_machine

from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.programmes.states import RoleKind
from tests.desks.pages import browser_of, queries_of, shown, table_of, text_of
from tests.factories import evaluation as made
from tests.factories.applications import ApplicationFactory
from tests.factories.calls import ActFactory, CallFactory, StepFactory
from tests.factories.directory import AT, OrganisationFactory
from tests.factories.mail import LetterFactory
from tests.factories.programmes import ProgrammeFactory, RoleFactory

pytestmark = pytest.mark.django_db
RUN, RESULTS = "/en/programmes/bridge/run/", "/en/programmes/bridge/results/"
EDIT, CSV = "/en/programmes/bridge/edit/", "/en/programmes/bridge/results.csv"
OFFICE, EDIT_CALL, EXTEND = (f"/en/calls/spring/{page}/" for page in ("office", "edit", "extend"))
PAGES = (RUN, RESULTS, CSV, OFFICE, EDIT, EDIT_CALL, EXTEND)


@pytest.fixture
def bridge():
    return ProgrammeFactory(code="bridge", acronym="BRIDGE", weekend=["saturday", "sunday"])


@pytest.fixture
def spring(bridge):
    return CallFactory(programme=bridge, code="spring", title={"en": "Spring call"})


@pytest.fixture
def office(bridge):
    return browser_of(RoleFactory(programme=bridge).person)


def as_one(bridge, kind):
    return browser_of(RoleFactory(programme=bridge, kind=kind).person)


def sent(call, **more):
    return ApplicationFactory(call=call, form=call.form, sent=True, **more)


# Who may


@pytest.mark.parametrize(
    ("kind", "opened"),
    [
        (RoleKind.OFFICER, PAGES),
        (RoleKind.DECIDER, (RUN, RESULTS, CSV, OFFICE)),
        (RoleKind.OBSERVER, (RESULTS, CSV)),
        (RoleKind.EVALUATOR, ()),
        (RoleKind.PARTNER, (RESULTS, CSV)),
    ],
)
def test_each_role_opens_its_pages_and_is_refused_the_others(bridge, spring, kind, opened):
    client = as_one(bridge, kind)

    answers = {path: client.get(path).status_code for path in PAGES}

    assert answers == {path: 200 if path in opened else 403 for path in PAGES}


def test_strangers_find_none_of_these_pages(bridge, spring):
    client = browser_of(RoleFactory().person)

    assert [client.get(path).status_code for path in PAGES] == [404] * len(PAGES)


def test_what_is_not_there_is_not_there_for_officers_either(office):
    absent = [path.replace("bridge", "none").replace("spring", "none") for path in PAGES]

    assert [office.get(path).status_code for path in absent] == [404] * len(PAGES)


@pytest.mark.parametrize("kind", [RoleKind.OFFICER, RoleKind.DECIDER])
def test_one_factor_is_not_enough(bridge, spring, kind):
    client = browser_of(RoleFactory(programme=bridge, kind=kind).person, method="password")

    answer = client.get(RUN)

    assert answer.status_code == 302
    assert "second-factor" in answer.headers["Location"]


def test_whoever_is_not_signed_in_is_asked_to(client, spring):
    assert {client.get(path).status_code for path in PAGES} == {302}


# The programme


@time_machine.travel(AT, tick=False)
def test_the_programme_tells_where_each_call_stands(spring, office):
    sent(spring)
    ApplicationFactory(call=spring, form=spring.form)

    text = shown(office, RUN)

    assert "Spring call spring Open Sub-grant 1 December 2026, 10:00 CET 1" in text


def test_officers_find_the_team_and_the_story_with_its_exports(bridge, spring, office):
    html = office.get(RUN).content.decode()
    links = [
        "/programmes/bridge/team/",
        "/story/bridge/",
        "/trail/bridge.csv",
        "/trail/bridge.json",
    ]

    assert [link for link in links if f'href="/en{link}"' not in html] == []
    assert [office.get(f"/en{link}").status_code for link in links] == [200] * 4


def test_deciders_are_not_led_to_what_is_closed_to_them(bridge, spring):
    client = as_one(bridge, RoleKind.DECIDER)
    html = client.get(RUN).content.decode() + client.get(OFFICE).content.decode()

    for closed in ("team/", "story/", "trail/", "edit/", "extend/", "panel/", "letters/"):
        assert f"bridge/{closed}" not in html
        assert f"spring/{closed}" not in html.replace("/evaluation", "")
    assert 'href="/en/calls/spring/evaluation/ranking/"' in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_programme_asks_as_much_for_three_calls_as_for_one(bridge, office, rows):
    for _number in range(rows):
        call = CallFactory(programme=bridge)
        sent(call)
        ActFactory(call=call)

    assert queries_of(office, RUN) == 8


# One call


@time_machine.travel(AT, tick=False)
def test_the_office_counts_what_came_in(bridge, spring, office):
    tunis = OrganisationFactory(country="TN")
    ApplicationFactory(call=spring, form=spring.form)
    sent(spring, organisation=tunis)
    sent(spring, organisation=tunis, state=State.ELIGIBLE, submitted_at=AT + timedelta(days=1))
    sent(spring)
    LetterFactory(programme=bridge, call="spring")
    ActFactory(call=spring, reason={"en": "Everybody asked."})

    page = office.get(OFFICE)
    overview = page.context["overview"]

    assert [(tile["label"], tile["value"]) for tile in overview.tiles] == [
        ("Being written", "1"),
        ("Received", "3"),
        ("Letters waiting", "1"),
        ("Submitted", "2"),
        ("Eligible", "1"),
    ]
    assert overview.by_day == [("1 Nov", 2.0), ("2 Nov", 1.0)]
    assert overview.by_country == [("Tunisia", 2.0), ("France", 1.0)]
    assert "Everybody asked." in page.content.decode()
    assert 'href="/en/story/spring/"' in page.content.decode()


def test_the_office_of_a_call_without_applications_says_so(spring, office):
    assert "No application has come in yet" in shown(office, OFFICE)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_office_asks_as_much_for_three_applications_as_for_one(spring, office, rows):
    for _number in range(rows):
        sent(spring)
        ActFactory(call=spring)

    assert queries_of(office, OFFICE) == 21


# Texts


def test_the_texts_of_a_programme_are_changed_in_every_language(bridge, office):
    typed = {"title_en": "Bridges", "title_ar": "جسور", "summary_fr": " Des ponts "}

    answer = office.post(EDIT, typed)

    bridge.refresh_from_db()
    assert answer.headers["Location"] == RUN
    assert (bridge.title, bridge.summary) == ({"en": "Bridges", "ar": "جسور"}, {"fr": "Des ponts"})


def test_the_texts_of_a_call_are_changed_and_the_call_knows(spring, office):
    answer = office.post(EDIT_CALL, {"title_en": "Late spring", "who_en": "Everybody"})

    spring.refresh_from_db()
    assert answer.headers["Location"] == OFFICE
    assert (spring.title, spring.who) == ({"en": "Late spring"}, {"en": "Everybody"})
    assert spring.edited_at is not None


@pytest.mark.parametrize(("path", "longest"), [(EDIT, 200), (EDIT_CALL, 200)])
def test_a_title_that_is_too_long_is_not_kept(spring, office, path, longest):
    answer = office.post(path, {"title_en": "x" * (longest + 1)})

    assert answer.status_code == 200
    assert "Put one answer right before you go on" in answer.content.decode()
    assert Call.objects.get().title == {"en": "Spring call"}


# The deadline


def extended(client, closes, **more):
    typed = {"closes": closes, "reason_en": "More time", "confirmed": "yes", **more}
    return client.post(EXTEND, {name: said for name, said in typed.items() if said is not None})


def test_the_deadline_moves_with_its_reason(spring, office):
    answer = extended(office, "2026-12-08T12:00", reason_fr="")

    act = spring.acts.get()
    assert answer.headers["Location"] == OFFICE
    assert act.closes_at.isoformat() == "2026-12-08T11:00:00+00:00"
    assert act.reason == {"en": "More time"}


def test_before_the_deadline_moves_the_page_shows_whom_and_what_it_concerns(spring, office):
    ApplicationFactory(call=spring, form=spring.form)
    sent(spring)
    StepFactory(call=spring, on=None, after=15, label={"en": "Results"}, is_internal=True)
    StepFactory(call=spring, on=date(2026, 12, 5), label={"en": "Agreements"})

    answer = extended(office, "2026-12-08T12:00", confirmed=None)

    text = text_of(answer.content.decode())
    assert not spring.acts.exists()
    assert "One application is being written." in text
    assert "One was sent and can be corrected until then." in text
    assert "Results internal : 16 December 2026 23 December 2026" in text
    assert "Agreements: 5 December 2026 stays not after the new deadline" in text
    assert "Results" not in shown(office, "/en/calls/spring/")
    assert "Results: 16 December 2026" in shown(office, OFFICE)


@pytest.mark.parametrize(
    ("closes", "complaint"),
    [
        pytest.param("2026-11-30T12:00", "must be later than the one that holds", id="earlier"),
        pytest.param("2027-03-28T02:30", "the clock leaps over this time", id="leapt over"),
        pytest.param("soon", "Enter a valid date/time.", id="no date"),
    ],
)
def test_a_deadline_that_cannot_be_is_said_at_its_field(spring, office, closes, complaint):
    answer = extended(office, closes)

    assert answer.status_code == 200
    assert complaint in answer.content.decode()
    assert not spring.acts.exists()


def test_a_deadline_needs_a_reason(spring, office):
    answer = office.post(EXTEND, {"closes": "2026-12-08T12:00"})

    assert "Reason (English): This field is required." in " ".join(answer.content.decode().split())
    assert not spring.acts.exists()


def test_a_deadline_on_a_day_of_rest_is_asked_about_once_more(spring, office):
    asked = extended(office, "2026-12-12T12:00").content.decode()
    kept = spring.acts.count()
    answer = extended(office, "2026-12-12T12:00", is_sure="on")

    assert "Saturday is no working day of this programme." in asked
    assert 'name="is_sure"' in asked
    assert kept == 0
    assert answer.status_code == 302
    assert spring.acts.count() == 1


@pytest.mark.parametrize(
    ("closes", "status"), [("2026-12-11T12:00", 200), ("2026-12-13T12:00", 302)]
)
def test_the_days_of_rest_are_the_programmes_own(bridge, spring, office, closes, status):
    type(bridge).objects.update(weekend=["friday", "saturday"])

    assert extended(office, closes).status_code == status


def test_a_time_that_only_the_readers_own_clock_leaps_over_is_a_time(bridge, spring, office):
    Call.objects.update(zone="Africa/Tunis")

    answer = extended(office, "2027-03-28T02:30", is_sure="on")

    assert answer.status_code == 302
    assert spring.acts.get().closes_at.isoformat() == "2027-03-28T01:30:00+00:00"


def test_the_day_of_a_deadline_is_that_of_the_calls_own_clock(spring, office):
    Call.objects.update(zone="Asia/Amman")

    assert extended(office, "2026-12-12T00:30").status_code == 200
    assert extended(office, "2026-12-11T23:30").status_code == 302


# Results


@pytest.fixture
def awarded(bridge, spring):
    """Two applications of which one was awarded 30 000 euro."""
    made.decided(sent(spring, organisation__country="TN"), amount_cents=3_000_000)
    sent(spring)
    return spring


def test_the_results_tell_money_and_awards(awarded, bridge):
    text = shown(as_one(bridge, RoleKind.OBSERVER), RESULTS)

    assert "Applications received 2" in text
    assert "Awarded 1" in text
    assert "Money decided €30,000" in text
    assert "Tunisia 1" in text


def test_the_results_as_a_table(awarded, bridge):
    Call.objects.update(title={"en": "=1+1"})

    rows = table_of(as_one(bridge, RoleKind.OBSERVER).get(CSV))

    assert rows == [
        ["call", "title", "received", "awarded", "amount", "currency"],
        ["spring", "'=1+1", "2", "1", "30000.00", "EUR"],
    ]


def test_before_a_decision_the_results_say_so(spring, office):
    assert "Nothing is decided yet" in shown(office, RESULTS)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_results_ask_as_much_for_three_as_for_one(bridge, office, rows):
    for number in range(rows):
        call = CallFactory(programme=bridge)
        made.decided(sent(call), amount_cents=100)
        bridge.results.create(position=number, code=f"r{number}", title={"en": "Result"})

    assert queries_of(office, RESULTS) == 13


# How it is going


def test_the_board_tells_days_beside_an_earlier_call_and_how_far_drafts_are(bridge, spring, office):
    when = {"published_at": AT - timedelta(days=400), "opens_at": AT - timedelta(days=300)}
    CallFactory(programme=bridge, code="autumn", closes_at=AT - timedelta(days=200), **when)
    Call.objects.filter(pk=spring.pk).update(closes_at=AT + timedelta(days=10), **when)
    for turn in range(5):
        ApplicationFactory(call=spring, form=spring.form, started_at=AT - timedelta(days=turn))
    sent(spring, started_at=AT - timedelta(days=40), submitted_at=AT - timedelta(days=1))

    with time_machine.travel(AT, tick=False):
        page = shown(office, OFFICE)
        table = office.get(f"{OFFICE}?export=csv").content.decode("utf-8-sig").splitlines()

    assert "Days left" in page
    assert "Begun, autumn" in page
    assert {"Begun,10,6.0", "Begun,30,1.0", "Sent,11,1.0", "Sent,12,0.0"} <= set(table)
    assert "Drafts by section saved last,Nothing saved yet,5.0" in table


def test_of_fewer_than_five_drafts_only_their_number_is_told(spring, office):
    ApplicationFactory.create_batch(4, call=spring, form=spring.form)

    assert "How far the drafts are" not in shown(office, OFFICE)
