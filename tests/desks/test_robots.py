"""What search engines may keep."""

import pytest
from django.test import Client

from tests.desks.pages import browser_of
from tests.factories.applications import ApplicationFactory
from tests.factories.calls import CallFactory
from tests.factories.mail import ReleasedLetterFactory
from tests.factories.programmes import RoleFactory

pytestmark = pytest.mark.django_db
HIDDEN = "noindex, nofollow"
OPEN_PAGES = ("", "questions/", "questions.pdf", "applications/new/")
OWN_PAGES = ("office/", "acts/", "edit/", "extend/", "applications/office/", "letters/")


@pytest.fixture
def call():
    return CallFactory(code="spring", edition_of=CallFactory(), is_demonstration=True)


def told(client, path):
    """How an address answers, and what it says to search engines."""
    answer = client.get(path)
    return answer.status_code, answer.headers.get("X-Robots-Tag", "")


@pytest.mark.parametrize("page", OPEN_PAGES)
def test_the_open_pages_of_an_edition_are_hidden_and_of_a_call_are_not(call, page):
    founding = call.edition_of.code

    assert told(Client(), f"/en/calls/spring/{page}") == (200, HIDDEN)
    assert told(Client(), f"/ar/calls/{founding}/{page}") == (200, "")


@pytest.mark.parametrize("page", OWN_PAGES)
def test_the_office_of_a_call_is_hidden(call, page):
    client = browser_of(RoleFactory(programme=call.programme).person)

    assert told(client, f"/en/calls/spring/{page}") == (200, HIDDEN)


def test_whoever_is_led_to_signing_in_is_told_too(call):
    application = ApplicationFactory(call=call, form=call.form)
    letter = ReleasedLetterFactory(call="spring", programme=call.programme)
    paths = [
        f"calls/spring/applications/{application.code}/receipt/1/",
        "calls/spring/evaluation/ranking/",
        f"desk/{application.code}/",
        f"letters/{letter.code}/",
    ]

    assert [told(Client(), f"/en/{path}") for path in paths] == [(302, HIDDEN)] * 4


@pytest.mark.parametrize("page", ["", "calls/", "calls.csv", "programmes/", "about/", "receipts/"])
def test_what_is_open_to_all_is_not_hidden(page):
    assert told(Client(), f"/en/{page}") == (200, "")


def test_an_address_that_is_not_there_says_nothing():
    assert told(Client(), "/en/no/such/page/") == (404, "")


def test_robots_are_told_where_not_to_look_and_nothing_else(call):
    answer = Client().get("/robots.txt")
    lines = answer.content.decode().splitlines()

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert {line.split(": ")[0] for line in lines[1:]} == {"Disallow"}
    for word in ("home", "account", "people", "organisations"):
        for start in ("/", "/en/", "/fr/", "/ar/"):
            assert f"Disallow: {start}{word}/" in lines
    assert "spring" not in answer.content.decode()
