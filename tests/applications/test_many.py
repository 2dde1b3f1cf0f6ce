"""A list of many applications: the benchmark's own, small, with its questions counted."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.many import export, made

pytestmark = pytest.mark.django_db
ROWS = 200


def names_on(page):
    return [row.organisation for row in page.context["rows"]]


def test_every_page_asks_twelve_questions_and_the_table_holds_all():
    told = made(ROWS)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = told["session"]
    office = reverse("applications:office", args=[told["call"]])
    client.get(office)

    for query in (
        "",
        "?page=8",
        "?sort=-organisation&page=3",
        "?search=ecluse",
        "?verdict=unknown",
    ):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(office + query)
        assert (query, page.status_code, len(asked)) == (query, 200, 12)
        assert len(names_on(page)) == 25

    first, last = (names_on(client.get(f"{office}?sort={way}organisation")) for way in ("", "-"))
    assert (first[0], last[0].split()[0]) == ("Ægir 250", "مصنع")
    searched = names_on(client.get(f"{office}?search=zuri+4"))
    assert {name.split()[0] for name in searched} == {"Zürich"}
    assert export(told["officer"], told["call"], "csv")["rows"] == ROWS


def test_each_condition_finds_what_the_list_says_of_it():
    told = made(ROWS)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = told["session"]
    office = reverse("applications:office", args=[told["call"]])

    found = {
        verdict: client.get(f"{office}?verdict={verdict}")
        for verdict in ("met", "not-met", "unknown")
    }

    counts = {verdict: page.context["list"].page.paginator.count for verdict, page in found.items()}
    said = {
        verdict: {row.verdict for row in page.context["rows"]} for verdict, page in found.items()
    }
    assert counts == {"met": 100, "not-met": 50, "unknown": 50}
    assert said == {"met": {"Met"}, "not-met": {"Not met"}, "unknown": {"Not known yet"}}
