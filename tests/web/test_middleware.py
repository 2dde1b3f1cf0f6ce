"""The moment of a request, and the language that a reader keeps."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory

from fondaco.web.middleware import language_kept, received_at

NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
AGO = NOW - timedelta(seconds=3)
COOKIE = "language"


def moment_of_request(settings, *, stamp=None, is_behind_proxy):
    """When a request counts as received."""
    settings.IS_BEHIND_PROXY = is_behind_proxy
    seen = []
    headers = {} if stamp is None else {"X-Received-At": stamp}
    request = RequestFactory().get("/en/", headers=headers)

    def respond(dated):
        seen.append(dated.received_at)
        return HttpResponse()

    with time_machine.travel(NOW, tick=False):
        received_at(respond)(request)
    return seen[0]


def stamp_of(moment):
    """A moment as the proxy writes it."""
    return f"{moment.timestamp():.3f}"


@pytest.mark.parametrize("stamp", [None, stamp_of(AGO), "yesterday"])
def test_the_stamp_of_a_stranger_is_ignored(settings, stamp):
    assert moment_of_request(settings, stamp=stamp, is_behind_proxy=False) == NOW


def test_the_stamp_of_our_own_proxy_counts(settings):
    assert moment_of_request(settings, stamp=stamp_of(AGO), is_behind_proxy=True) == AGO


@pytest.mark.parametrize(
    ("back", "is_believed"),
    [
        pytest.param(timedelta(0), True, id="this instant"),
        pytest.param(timedelta(minutes=10), True, id="ten minutes"),
        pytest.param(timedelta(minutes=10, milliseconds=1), False, id="longer than any upload"),
        pytest.param(-timedelta(milliseconds=1), False, id="in the future"),
    ],
)
def test_a_stamp_is_believed_within_bounds(settings, back, is_believed):
    moment = moment_of_request(settings, stamp=stamp_of(NOW - back), is_behind_proxy=True)

    assert moment == (NOW - back if is_believed else NOW)


@pytest.mark.parametrize("stamp", ["", "soon", "nan", "inf", "-inf", "1e300", "2026-11-01"])
def test_a_stamp_that_is_no_time_is_now(settings, stamp):
    assert moment_of_request(settings, stamp=stamp, is_behind_proxy=True) == NOW


def test_a_view_is_told_the_moment_in_utc(settings):
    moment = moment_of_request(settings, is_behind_proxy=False)

    assert moment.utcoffset() == timedelta(0)


def cookie_after(path, **cookies):
    """The cookie that an answer sets for a page, if any."""
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    response = language_kept(lambda _request: HttpResponse())(request)
    return response.cookies.get(COOKIE)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_language_of_the_address_is_kept(language):
    cookie = cookie_after(f"/{language}/calls/")

    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (language, "Lax", True)
    assert cookie["max-age"] == 365 * 24 * 3600


@pytest.mark.parametrize("path", ["/", "/alive/", "/static/x.css", "/de/calls/"])
def test_an_address_without_a_language_of_ours_keeps_nothing(path):
    assert cookie_after(path) is None


def test_a_cookie_that_says_so_already_is_not_set_anew():
    assert cookie_after("/ar/calls/", language="ar") is None
    assert cookie_after("/ar/calls/", language="fr").value == "ar"


@pytest.mark.parametrize("is_secure", [True, False])
def test_the_cookie_travels_on_tls_alone_where_the_site_does(settings, is_secure):
    settings.LANGUAGE_COOKIE_SECURE = is_secure

    assert bool(cookie_after("/fr/")["secure"]) is is_secure


@pytest.mark.django_db
def test_the_next_visit_starts_in_the_language_of_the_last(client):
    client.get("/ar/calls/")

    answer = client.get("/", headers={"Accept-Language": "fr"})

    assert (answer.status_code, answer["Location"]) == (302, "/ar/")


@pytest.mark.django_db
def test_a_first_visit_starts_in_the_language_of_the_browser(client):
    assert client.get("/", headers={"Accept-Language": "fr"})["Location"] == "/fr/"
