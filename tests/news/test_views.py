"""Feeds and calendars as their readers take them, and the pages of those who follow."""

from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from fondaco.calls.states import ActKind, Intake
from fondaco.mail.models import Letter
from fondaco.news.models import Follow
from fondaco.news.selectors.follows import token_of
from tests.factories.applications import officer_of, open_call, programme
from tests.factories.calls import ActFactory
from tests.factories.directory import AT, PersonFactory
from tests.factories.enquiries import answered_by, asked_call, enquired
from tests.news.test_rules_calendars import read
from tests.training.test_views import signed_in

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def valid(content):
    """A feed that meets the rules of RFC 4287 (4.1.1 and 4.1.2), with its entries."""
    feed = ET.fromstring(content)  # noqa: S314
    assert feed.tag == f"{ATOM}feed"
    links = [
        (link.get("rel"), link.get("type"), link.get("hreflang"))
        for link in feed.findall(f"{ATOM}link")
    ]
    assert len(links) == len(set(links))
    entries = feed.findall(f"{ATOM}entry")
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            [found] = one.findall(f"{ATOM}{name}")
            assert found.text
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated")).tzinfo
        assert ":" in one.findtext(f"{ATOM}id")
        assert one.findall(f"{ATOM}author/{ATOM}name")
    for entry in entries:
        assert entry.find(f"{ATOM}link[@rel='alternate']").get("href")
    names = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(names) == len(set(names))
    return feed, entries


def got(name, *args, language="en"):
    path = reverse(f"news:{name}", args=args).replace("/en/", f"/{language}/", 1)
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer


@pytest.fixture
def call():
    """A call whose deadline was moved, with an answer published anew."""
    found = asked_call(programme=programme(languages=["en"]), title={"en": "Bold, & <brave>"})
    ActFactory(call=found, number=1)
    officers = [officer_of(found.programme), officer_of(found.programme)]
    enquiry = answered_by(enquired(found, at=AT + timedelta(hours=1)), officers, steps=3)
    enquiry.at = AT + timedelta(days=1)
    answered_by(enquiry, officers, steps=3, answer="Only from 2027 on.")
    return found


def test_the_feed_of_a_call_is_valid_and_keeps_its_names(call):
    answer = got("call", call.code)
    feed, entries = valid(answer.content)
    _again, same = valid(got("call", call.code).content)

    assert answer["Content-Type"].startswith("application/atom+xml")
    titles = [one.findtext(f"{ATOM}title") for one in entries]
    assert titles == ["May partners be abroad?", "The deadline moved", "The call was published"]
    assert entries[0].findtext(f"{ATOM}summary") == "Only from 2027 on."
    assert entries[0].findtext(f"{ATOM}published") < entries[0].findtext(f"{ATOM}updated")
    assert [ET.tostring(one) for one in entries] == [ET.tostring(one) for one in same]
    assert feed.findtext(f"{ATOM}title") == "News: Bold, & <brave>"


def test_each_language_has_its_feed_and_names_the_others(call):
    feed, entries = valid(got("call", call.code, language="fr").content)

    others = {link.get("hreflang") for link in feed.findall(f"{ATOM}link") if link.get("hreflang")}
    assert others == {"en", "ar"}
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert all("/calls/" in one.findtext(f"{ATOM}id") for one in entries)
    assert "fr/" in entries[0].findtext(f"{ATOM}id")


def test_the_feeds_of_a_programme_and_of_all_calls_leave_demonstrations_out(call):
    open_call(programme=call.programme, is_demonstration=True)
    elsewhere = open_call()

    own = valid(got("programme", call.programme.code).content)[1]
    every = valid(got("all").content)[1]

    assert len(own) == 3
    assert len(every) == 4
    assert elsewhere.code in every[-1].findtext(f"{ATOM}id") + every[-2].findtext(f"{ATOM}id")
    assert valid(got("programme", programme().code).content)[1] == []


def test_a_deadline_for_a_calendar_rises_with_every_change(call):
    first = got("deadline", call.code)
    _own, [event] = read(first.content.decode())
    ActFactory(call=call, number=2, closes_at=call.closes_at + timedelta(days=9))
    _own, [moved] = read(got("deadline", call.code).content.decode())

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert moved["UID"] == event["UID"]
    assert (event["SEQUENCE"], moved["SEQUENCE"]) == ("1", "2")
    assert moved["DTSTART"] == f"{call.closes_at + timedelta(days=9):%Y%m%dT%H%M%SZ}"


def test_cut_offs_each_have_an_event_and_what_is_cancelled_stays_to_be_seen():
    first = AT + timedelta(days=3)
    call = open_call(intake=Intake.CUT_OFFS, cut_offs=[first.isoformat()])
    ActFactory(call=call, kind=ActKind.CANCELLATION, at=AT)

    _own, events = read(got("calendar", call.programme.code).content.decode())

    assert [one["DTSTART"] for one in events] == [
        f"{at:%Y%m%dT%H%M%SZ}" for at in (first, call.closes_at)
    ]
    assert {one["STATUS"] for one in events} == {"CANCELLED"}
    assert len({one["UID"] for one in events}) == 2


def test_drafts_and_programmes_that_are_not_there_have_no_news():
    draft = open_call(published_at=None)

    for name, code in (("call", draft.code), ("deadline", draft.code), ("programme", "none")):
        assert Client().get(reverse(f"news:{name}", args=[code])).status_code == 404


def test_somebody_follows_a_call_and_ends_it():
    call, person = open_call(), PersonFactory()
    client = signed_in(person)

    asked = client.get(reverse("news:follow"), {"call": call.code}).content.decode()
    page = client.post(
        reverse("news:follow") + f"?call={call.code}", {"pace": "at-once"}, follow=True
    ).content.decode()
    one = Follow.objects.get()
    client.post(reverse("news:stop", args=[token_of(one)]))

    assert "Bold call" in asked
    assert "Bold call" in page
    assert (one.person, one.call, one.pace) == (person, call, "at-once")
    assert not Follow.objects.exists()


def test_somebody_follows_calls_by_what_they_are():
    held = programme()
    client = signed_in(PersonFactory())
    said = {"country": "TN", "ecosystem": "textile", "kind": "voucher", "programme": held.code}

    page = client.post(reverse("news:follow"), said | {"pace": "weekly"}, follow=True)

    one = Follow.objects.get()
    assert (one.countries, one.ecosystems, one.kinds) == (["TN"], ["textile"], ["voucher"])
    assert one.programme == held
    assert "Tunisia" in page.content.decode()


def test_a_visitor_follows_by_mail_with_two_yeses_and_the_mail_program_ends_it():
    call, visitor = open_call(), Client(enforce_csrf_checks=False)
    path = reverse("news:follow") + f"?call={call.code}"

    page = visitor.post(path, {"pace": "at-once", "email": "reader@example.org"})
    again = visitor.post(path, {"pace": "at-once", "email": "reader@example.org"})
    one = Follow.objects.get()
    confirm = reverse("news:confirm", args=[token_of(one)])
    opened = visitor.get(confirm)
    before = Follow.objects.get().confirmed_at
    visitor.post(confirm)

    assert page.content == again.content
    assert Letter.objects.count() == 1
    assert (opened.status_code, before) == (200, None)
    assert Follow.objects.get().confirmed_at is not None
    assert (
        "Bold call" in visitor.get(reverse("news:followed", args=[token_of(one)])).content.decode()
    )
    stop = reverse("news:stop", args=[token_of(one)])
    assert "Bold call" in visitor.get(stop).content.decode()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follow.objects.exists()
    assert strict.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    for name in ("confirm", "stop", "followed"):
        assert visitor.get(reverse(f"news:{name}", args=[token_of(one)])).status_code == 200
        assert visitor.get(reverse(f"news:{name}", args=["made-up"])).status_code == 404


def test_everything_of_one_reader_is_ended_at_once():
    person = PersonFactory()
    client = signed_in(person)
    for call in (open_call(), open_call()):
        client.post(reverse("news:follow") + f"?call={call.code}", {"pace": "weekly"})

    Client().post(reverse("news:stop", args=[token_of(Follow.objects.first())]) + "?all=1")

    assert not Follow.objects.exists()
