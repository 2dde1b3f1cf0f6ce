"""Public pages are made once in some seconds for visitors, and anew for whoever is signed in."""

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import translation

from fondaco.web.kept import kept_for_visitors


@pytest.fixture(autouse=True)
def pages(settings):
    settings.PAGES_KEPT = 5
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def view():
    made = []

    @kept_for_visitors
    def page(request, **more):
        made.append(request)
        response = HttpResponse(f"page {len(made)}", status=more.get("status", 200))
        if more.get("token"):
            get_token(request)
        if more.get("cookie"):
            response.set_cookie("a", "b")
        return response

    return page


def said(response):
    return response.content.decode()


def test_visitors_get_the_same_page(view, rf):
    assert [said(view(rf.get("/a/"))) for _ in range(3)] == ["page 1"] * 3


def test_each_address_language_and_host_has_its_own(view, rf, settings):
    settings.ALLOWED_HOSTS = ["*"]
    found = [said(view(rf.get("/a/"))), said(view(rf.get("/a/?page=2")))]
    with translation.override("ar"):
        found.append(said(view(rf.get("/a/"))))
    found.append(said(view(rf.get("/a/", headers={"host": "other.example"}))))

    assert found == ["page 1", "page 2", "page 3", "page 4"]


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_whoever_has_something_of_their_own_gets_a_page_of_their_own(view, rf, cookie):
    view(rf.get("/a/"))
    own = rf.get("/a/")
    own.COOKIES[cookie] = "x"

    assert said(view(own)) == "page 2"
    assert said(view(rf.get("/a/"))) == "page 1"


def test_a_piece_of_a_page_is_not_taken_for_the_page(view, rf):
    view(rf.get("/a/"))

    assert said(view(rf.get("/a/", headers={"HX-Request": "true"}))) == "page 2"


@pytest.mark.parametrize("more", [{"status": 404}, {"token": True}, {"cookie": True}])
def test_what_is_not_for_all_is_not_kept(view, rf, more):
    view(rf.get("/a/"), **more)

    assert said(view(rf.get("/a/"))) == "page 2"


def test_nothing_is_kept_where_it_is_switched_off(view, rf, settings):
    settings.PAGES_KEPT = 0
    view(rf.get("/a/"))

    assert said(view(rf.get("/a/"))) == "page 2"


@pytest.mark.django_db
def test_a_public_page_is_kept_without_asking_the_database(client, django_assert_num_queries):
    first = client.get("/en/calls/")

    with django_assert_num_queries(0):
        again = client.get("/en/calls/")

    assert again.content == first.content
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
