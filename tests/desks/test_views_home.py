"""The reader's own desk: what waits, applications, letters, programmes."""

import re
from datetime import timedelta

import pytest
import time_machine

from fondaco.applications.states import State
from fondaco.calls.states import ActKind
from fondaco.mail.states import State as LetterState
from fondaco.programmes.states import RoleKind
from fondaco.trail.models import Heard
from fondaco.trail.services import record
from tests.desks.pages import browser_of, queries_of, shown, table_of
from tests.factories import evaluation as made
from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.calls import ActFactory
from tests.factories.directory import (
    AT,
    JoinRequestFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.mail import LetterFactory, ReleasedLetterFactory, programme
from tests.factories.membership import letter_call, membership
from tests.factories.programmes import RoleFactory

pytestmark = pytest.mark.django_db
HOME, LETTERS = "/en/home/", "/en/letters/"
DAY = timedelta(days=1)


@pytest.fixture
def firm():
    return OrganisationFactory(name="Invented Firm")


@pytest.fixture
def desk(firm):
    """The browser of somebody who works for the firm."""
    return browser_of(PostFactory(organisation=firm).person)


def waits_of(client, at=AT):
    with time_machine.travel(at, tick=False):
        page = client.get(HOME)
    return [(wait.what, wait.left, wait.tone) for wait in page.context["waits"].page]


def numbers_in(client, path=HOME, **asked):
    """The codes of the applications that the table shows."""
    return re.findall(r'dir="ltr">([a-z0-9-]+)</small>', client.get(path, asked).content.decode())


def subjects_in(client, **asked):
    html = client.get(LETTERS, asked).content.decode()
    return re.findall(r'scope="row"><a href="/en/letters/[^"]+"><bdi[^>]*>(.*?)</bdi>', html)


def test_whoever_is_not_signed_in_is_asked_to(client):
    assert [client.get(path).status_code for path in (HOME, LETTERS)] == [302, 302]


def test_whoever_is_new_is_shown_the_first_steps():
    text = browser_of(PersonFactory()).get(HOME).content.decode()

    assert "Your first steps" in text
    assert text.index('href="/en/organisations/new/"') < text.rindex('href="/en/calls/"')
    assert "Nothing waits for you" not in text


def test_whoever_has_something_here_is_not_new(desk):
    of_office = browser_of(RoleFactory().person)
    with_letter = browser_of(ReleasedLetterFactory().to)

    texts = [one.get(HOME).content.decode() for one in (desk, of_office, with_letter)]

    assert ["Your first steps" in text for text in texts] == [False, False, False]


# What waits


def test_a_draft_waits_until_the_deadline_and_not_longer(firm, desk):
    ApplicationFactory(organisation=firm)
    what = "Go on with your application"

    assert waits_of(desk) == [(what, "10 days left", "told")]
    assert waits_of(desk, at=AT + 8 * DAY) == [(what, "2 days left", "bad")]
    assert waits_of(desk, at=AT + 11 * DAY) == []


def test_a_draft_of_a_suspended_call_does_not_wait(firm, desk):
    call = ApplicationFactory(organisation=firm).call
    ActFactory(call=call, kind=ActKind.SUSPENSION)

    assert waits_of(desk) == []


def test_what_an_officer_asked_for_waits(firm, desk):
    ApplicationFactory(
        organisation=firm, sent=True, state=State.COMPLETION, asked_until=AT + 5 * DAY
    )

    assert waits_of(desk) == [("Send what is missing", "5 days left", "soon")]


def test_a_sent_application_waits_for_its_officer_not_its_writer(firm, desk):
    call = ApplicationFactory(organisation=firm, sent=True).call
    officer = browser_of(RoleFactory(programme=call.programme).person)
    LetterFactory(programme=call.programme, call=call.code)

    assert waits_of(desk) == []
    assert waits_of(officer) == [("One letter to read and send", "", "soon")]
    assert waits_of(officer, at=AT + 11 * DAY) == [
        ("One letter to read and send", "", "soon"),
        ("One application to check", "", "told"),
    ]


def test_letters_that_did_not_arrive_wait_for_the_officer_of_their_call():
    call = ApplicationFactory().call
    officer = browser_of(RoleFactory(programme=call.programme).person)
    place = {"programme": call.programme, "call": call.code}
    came_back = ReleasedLetterFactory.create_batch(2, state=LetterState.BOUNCED, **place)
    ReleasedLetterFactory(state=LetterState.FAILED, **place)
    ReleasedLetterFactory(state=LetterState.SENT, **place)
    ReleasedLetterFactory(state=LetterState.BOUNCED)

    html = officer.get(HOME).content.decode()
    outbox = f"/en/calls/{call.code}/letters/"
    shown_there = officer.get(f"{outbox}?state=bounced").context["rows"]

    assert waits_of(officer) == [
        ("2 letters came back", "", "bad"),
        ("One letter could not be sent", "", "bad"),
    ]
    assert [f'href="{outbox}?state={one}"' in html for one in ("bounced", "failed")] == [True] * 2
    assert {row["letter"] for row in shown_there} == set(came_back)


def test_evaluators_are_told_how_many_files_and_until_when():
    call = made.graded_call()
    person = made.evaluator_on(call)
    for _number in range(2):
        made.assigned(made.sent(call), person, due_on=(AT + 3 * DAY).date())
    made.locked(made.sent(call), person, relevance=30, quality=30)

    assert waits_of(browser_of(person)) == [("2 files to evaluate", "3 days left", "bad")]


def test_a_file_without_a_day_waits_too():
    call = made.graded_call()
    person = made.evaluator_on(call)
    made.assigned(made.sent(call), person)

    assert waits_of(browser_of(person)) == [("One file to evaluate", "", "told")]


def test_what_was_admitted_waits_for_a_proposal_once_nobody_reads_it_any_more():
    call = letter_call(title={"en": "Joining"})
    made.sent(call)
    made.decided(made.sent(call))
    proposed = made.DecisionFactory(call=call, state="proposed")
    proposed.outcomes.create(application=made.sent(call), group="awarded")
    read = made.graded_call(programme=call.programme)
    file, evaluator = made.sent(read), made.evaluator_on(read)
    client = browser_of(made.officer_of(call))

    assert waits_of(client) == [("One application to decide", "", "told")]
    made.locked(file, evaluator, relevance=40, quality=30)
    assert [what for what, _left, _tone in waits_of(client)] == ["One application to decide"] * 2
    made.assigned(made.sent(read), made.evaluator_on(read))
    assert len(waits_of(client)) == 1


def test_who_asks_to_join_waits_for_those_who_run_the_organisation(firm, desk):
    asked = JoinRequestFactory(organisation=firm, at=AT)
    JoinRequestFactory(organisation=firm, asks_to_run=True)
    JoinRequestFactory()
    runs = browser_of(PostFactory(organisation=firm, is_admin=True).person)

    page = runs.get(HOME)

    [wait] = page.context["waits"].page
    assert (wait.what, wait.about) == (
        "A person asks to join your organisation", f"{asked.person} · Invented Firm",
    )  # fmt: skip
    assert wait.url == f"/en/organisations/{firm.code}/colleagues/"
    assert waits_of(desk) == []


def test_the_administrator_finds_requests_to_run_and_what_failed(firm):
    admin = browser_of(PersonFactory(is_installation_admin=True))
    empty = shown(admin, HOME)
    JoinRequestFactory(organisation=firm, asks_to_run=True)
    entry = record("thing.done", subject="thing", by_id=None, at=AT)
    for number in range(2):
        failed = {"reaction": f"tests.{number}", "error": "Boom", "attempts": 9}
        Heard.objects.create(entry=entry, at=AT, **failed)

    assert "Nothing waits for you" in empty
    assert "Your first steps" not in empty
    assert "Requests to run an organisation" in empty
    assert [what for what, _left, _tone in waits_of(admin)] == [
        "A person asks to run an organisation", "2 reactions failed",
    ]  # fmt: skip


def test_a_proposed_decision_waits_for_each_decider_until_their_yes():
    call = made.graded_call()
    first, second = made.decider_of(call), made.decider_of(call)
    decision = made.DecisionFactory(call=call)
    decision.outcomes.create(application=made.sent(call), group="awarded")
    decision.approvals.create(person=first, at=AT)

    what = "A decision on one application waits for your yes"
    assert waits_of(browser_of(first)) == []
    assert waits_of(browser_of(second)) == [(what, "", "soon")]


def test_where_nothing_waits_the_desk_says_so(desk):
    assert "Nothing waits for you" in shown(desk, HOME)


# Applications


def test_nobody_sees_the_applications_of_others(desk):
    other = ApplicationFactory()

    assert other.code not in shown(desk, HOME)


def test_twenty_five_applications_need_no_second_page(firm, desk):
    for number in range(25):
        ApplicationFactory(organisation=firm, edited_at=AT + number * DAY)

    page = desk.get(HOME)

    assert len(numbers_in(desk)) == 25
    assert b'class="pager"' not in page.content
    assert b'type="search"' not in page.content


def test_beyond_twenty_five_the_table_is_paged_and_searched(firm, desk):
    made_here = [
        ApplicationFactory(organisation=firm, edited_at=AT + number * DAY) for number in range(26)
    ]
    spring = ApplicationFactory(
        organisation=firm, call=open_call(title={"fr": "Été à Sfax"}), edited_at=AT - DAY
    )

    assert len(numbers_in(desk)) == 25
    assert numbers_in(desk, page=2) == [made_here[0].code, spring.code]
    assert numbers_in(desk, search="ete SFAX") == [spring.code]
    assert numbers_in(desk, search=made_here[3].code) == [made_here[3].code]
    assert len(numbers_in(desk, search="invented firm")) == 25
    assert "No application matches" in shown(desk, HOME, search="nothing of that name")


def test_whoever_acts_for_nobody_is_told_what_to_do():
    person = ReleasedLetterFactory().to

    assert "You do not act for an organisation yet" in shown(browser_of(person), HOME)


def test_whoever_has_not_applied_yet_is_led_to_the_calls(desk):
    assert "No application yet" in shown(desk, HOME)


# Programmes


@pytest.mark.parametrize(
    ("kind", "runs", "asks"),
    [
        (RoleKind.OFFICER, True, True),
        (RoleKind.DECIDER, True, True),
        (RoleKind.OBSERVER, False, True),
        (RoleKind.EVALUATOR, False, False),
        (RoleKind.PARTNER, False, True),
    ],
)
def test_each_role_finds_its_programmes(kind, runs, asks):
    role = RoleFactory(kind=kind)
    html = browser_of(role.person).get(HOME).content.decode()
    place = f"/en/programmes/{role.programme.code}"

    assert (f"{place}/run/" in html, f"{place}/results/" in html) == (runs, asks)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_asks_as_much_for_three_of_everything_as_for_one(firm, rows):
    person = PostFactory(organisation=firm).person
    for _number in range(rows):
        call = made.graded_call()
        ActFactory(call=call)
        ApplicationFactory(organisation=firm, call=call, form=call.form)
        for kind in RoleKind:
            RoleFactory(programme=call.programme, person=person, kind=kind)
        made.assigned(made.sent(call), person)
        made.DecisionFactory(call=call)
        made.asked(made.told(made.sent(call)))
        ReleasedLetterFactory(to=person)
        made.tell_of(membership(letter_call(), organisation=firm).outcome)

    assert queries_of(browser_of(person), HOME) == 32


# Letters


def test_all_letters_to_me_and_to_nobody_else(desk):
    person = PersonFactory()
    ReleasedLetterFactory(to=person, subject="Good news")
    LetterFactory(to=person, subject="Not released yet")
    ReleasedLetterFactory(subject="For another")

    client = browser_of(person)

    assert subjects_in(client) == ["Good news"]
    assert f'href="{LETTERS}"' in client.get(HOME).content.decode()
    assert "No letter yet" in shown(desk, LETTERS)


def test_letters_are_searched_sorted_paged_and_exported():
    person, house = PersonFactory(), programme(acronym="BRIDGE")
    for number in range(26):
        ReleasedLetterFactory(
            to=person, programme=house, subject=f"=N {number:02}.", released_at=AT + number * DAY
        )
    client = browser_of(person)

    assert subjects_in(client)[0] == "=N 25."
    assert subjects_in(client, page=2) == ["=N 00."]
    assert subjects_in(client, sort="subject")[0] == "=N 00."
    assert subjects_in(client, sort="-programme")[0] == "=N 25."
    assert subjects_in(client, search="n 07.") == ["=N 07."]
    assert len(subjects_in(client, search="bridge")) == 25
    assert "No letter matches" in shown(client, LETTERS, search="nothing")
    rows = table_of(client.get(LETTERS, {"export": "csv", "search": "N 07."}))
    assert rows[0] == ["code", "subject", "occasion", "programme", "released"]
    assert [row[1:] for row in rows[1:]] == [
        ["'=N 07.", "awarded", "BRIDGE", "2026-11-08T09:00:00+00:00"]
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_letters_ask_as_much_for_three_as_for_one(rows):
    person = PersonFactory()
    ReleasedLetterFactory.create_batch(rows, to=person)

    assert queries_of(browser_of(person), LETTERS) == 5


@pytest.mark.parametrize("kind", [RoleKind.OBSERVER, RoleKind.EVALUATOR])
def test_whoever_has_a_role_and_no_organisation_is_not_asked_to_add_one(kind):
    person = RoleFactory(kind=kind, programme=programme()).person

    text = browser_of(person).get(HOME).content.decode()

    assert "What waits for you" in text
    assert "Your applications" not in text
    assert "/organisations/new/" not in text


def test_an_observer_who_works_somewhere_has_applications_too(firm):
    person = RoleFactory(kind=RoleKind.OBSERVER, programme=programme()).person
    PostFactory(organisation=firm, person=person)

    text = browser_of(person).get(HOME).content.decode()

    assert "Your applications" in text
