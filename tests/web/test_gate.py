"""The gate: who is asked to come again, who is counted, and who never is."""

import time

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory

from fondaco.web import gate, turned
from fondaco.web.moments import TURNED
from fondaco.web.tally import Known, Tally, until_next_minute
from tests.factories.directory import AT, PersonFactory


@pytest.fixture(autouse=True)
def own_counts(monkeypatch, settings):
    """Nobody has asked for anything; two pages a minute are enough."""
    monkeypatch.setattr(gate, "TALLY", Tally())
    monkeypatch.setattr(gate, "KNOWN", Known())
    settings.PAGES_BY_PERSON = settings.PAGES_BY_ADDRESS = 2


def asked(path="/en/calls/", *, method="GET", address="192.0.2.1", session="", person=None, **meta):
    """One request; what the gate answers."""
    request = RequestFactory().generic(method, path, REMOTE_ADDR=address, **meta)
    if session:
        request.COOKIES["sessionid"] = session

    def respond(inside):
        if person is not None:
            inside._cached_user = person
        return HttpResponse("inside")

    with time_machine.travel(AT, tick=False):
        return gate.gated(respond)(request)


@pytest.mark.parametrize(("language", "sign"), [("fr", 'lang="fr"'), ("ar", 'dir="rtl"')])
def test_what_waits_well_gets_a_page_that_goes_on_by_itself(language, sign):
    answer = asked(f"/{language}/calls/", **{TURNED: True})

    page = answer.content.decode()
    assert (answer.status_code, sign in page) == (503, True)
    assert gate.SOONEST <= int(answer["Retry-After"]) <= gate.LATEST
    assert f'content="{answer["Retry-After"]}"' in page
    assert answer["Cache-Control"] == "no-store"


def test_one_address_reads_no_more_than_it_may():
    statuses = [asked().status_code for _ in range(3)]
    other = asked(address="192.0.2.2").status_code

    assert (statuses, other) == ([200, 200, 429], 200)


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/keep/bc-a2b3c4/project/", "POST"),
        ("/uploads/x/", "GET"),
        ("/received/bc-a2b3c4/x/", "GET"),
        ("/en/calls/bold/applications/bc-a2b3c4/submit/", "POST"),
        ("/en/calls/bold/applications/bc-a2b3c4/receipt/1/", "GET"),
        ("/static/web/css/parts.css", "GET"),
        ("/en/account/login/", "POST"),
    ],
)
def test_what_must_not_be_lost_is_never_counted(path, method):
    assert [asked(path, method=method).status_code for _ in range(4)] == [200] * 4


@pytest.mark.django_db
def test_people_of_one_company_do_not_take_from_each_other():
    people = [PersonFactory(), PersonFactory()]
    for number, person in enumerate(people):
        asked(session=f"session{number}", person=person)

    statuses = [
        asked(session=f"session{number}", person=person).status_code
        for person_asks in range(3)
        for number, person in enumerate(people)
    ]

    assert statuses == [200, 200, 200, 200, 429, 429]


def test_a_session_that_nobody_proved_counts_for_its_address():
    statuses = [asked(session=f"forged{number}").status_code for number in range(3)]

    assert statuses == [200, 200, 429]


def test_nought_sets_no_limit(settings):
    settings.PAGES_BY_ADDRESS = 0

    assert {asked().status_code for _ in range(9)} == {200}


def test_a_new_minute_begins_anew_and_a_full_memory_too(monkeypatch):
    tally = Tally()
    counted = [tally.add("a", at=moment) for moment in (0.0, 59.9, 60.0)]
    monkeypatch.setattr("fondaco.web.tally.MOST_KNOWN", 1)
    for who in ("b", "c"):
        tally.add(who, at=60.0)

    assert counted == [1, 2, 1]
    assert tally.add("b", at=60.0) == 1


def test_the_sessions_seen_last_are_known():
    known = Known(most=2)
    for number in (1, 2, 1, 3):
        known.note(f"session{number}", number)

    assert [known.person_of(f"session{number}") for number in (1, 2, 3)] == [1, None, 3]


def test_the_minute_is_never_over_in_no_time():
    assert [until_next_minute(at) for at in (0.0, 59.9, 60.0)] == [60, 1, 60]


def test_whoever_is_turned_away_is_counted(settings, tmp_path):
    settings.VAR = tmp_path
    for _ in range(3):
        asked()
    asked(**{TURNED: True})

    with time_machine.travel(AT, tick=False):
        assert turned.within(60, at=time.time()) == 2
