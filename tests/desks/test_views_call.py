"""The page of a call and its questions, as anybody may see them, in three languages."""

import re
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from fondaco.calls.models import Call
from fondaco.kernel.texts import spoken
from fondaco.web.words import folded
from tests.desks.pages import LANGUAGES, listed, page, said, status, text_of
from tests.factories.directory import AT
from tests.files.folders import FOUNDING

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("founding_programmes", "day_of_loading"),
]
SOCIALTECH = "calls/socialtech4eu-training/"


# One call


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", FOUNDING)
def test_the_page_of_every_call_says_everything_of_it(language, code):
    calls = Call.objects.filter(programme__code=code)
    assert calls

    for call in calls:
        shown = page(f"calls/{call.code}/", language)
        texts = [call.title, call.summary, call.who, call.unknown, call.money_note, call.contact]
        parts = [*call.rules.all(), *call.criteria.all(), *call.items.all(), *call.acts.all()]
        names = ("says", "proof", "name", "asks", "reason")
        texts += [getattr(part, name) for part in parts for name in names if hasattr(part, name)]
        texts += [step.label for step in call.steps.all()]
        assert [text for text in texts if said(text, language) not in shown] == []


@pytest.mark.parametrize("code", FOUNDING)
def test_every_call_page_tells_its_sources(code):
    for call in Call.objects.filter(programme__code=code, is_demonstration=False):
        html = Client().get(f"/en/calls/{call.code}/").content.decode()

        assert call.source
        assert all(f'href="{address}"' in unescape(html) for address in call.source)


@pytest.mark.parametrize(
    ("language", "first", "moved"),
    [
        ("en", "12 April 2023, 17:00 CEST", "21 April 2023, 12:00 CEST"),
        ("fr", "12 avril 2023, 17:00 CEST", "21 avril 2023, 12:00 CEST"),
        ("ar", "12 أبريل 2023, 17:00 CEST", "21 أبريل 2023, 12:00 CEST"),
    ],
)
def test_socialtech4eu_shows_the_moved_deadline_with_its_reason(language, first, moved):
    html = Client().get(f"/{language}/{SOCIALTECH}").content.decode()
    call = Call.objects.get(code="socialtech4eu-training")
    told = re.search(r'<p class="moved"><del>(.*?)</del>(.*?)</p>', html)

    assert text_of(told[1]).strip().replace(" ,", ",") == first
    assert text_of(told[2]).strip().replace(" ,", ",") == moved
    assert said(call.acts.get().reason, language) in text_of(html)


def test_socialtech4eu_keeps_its_address_and_is_over():
    shown = page(SOCIALTECH)

    assert "The address of this page and of every application stays the same." in shown
    assert "This call is over" in shown
    assert "Its page stays here, at the same address, as a record." in shown
    assert "Start application" not in shown


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2023-04-10T15:00:00Z", "2 days left", id="two days before"),
        pytest.param("2023-04-11T12:00:00Z", "27 hours left", id="the day before"),
        pytest.param("2023-04-21T08:59:00Z", "1 hour left", id="after the move"),
        pytest.param("2023-04-21T10:00:00Z", "1 minute left", id="the last instant"),
        pytest.param("2023-04-21T10:00:00.001Z", "This call is over", id="just after"),
    ],
)
def test_a_call_through_its_last_days(at, expected):
    Call.objects.update(published_at="2023-03-07T00:00:00Z")

    with time_machine.travel(at, tick=False):
        shown = page(SOCIALTECH)

    assert expected in shown


def test_an_open_call_leads_to_its_application():
    code = listed(stage="open")[0]

    html = Client().get(f"/en/calls/{code}/").content.decode()

    assert f'href="/en/calls/{code}/applications/new/"' in html


def test_a_suspended_call_is_not_over():
    call = Call.objects.get(code=listed(stage="open")[0])
    call.acts.create(number=90, kind="suspension", at=AT, reason={"en": "The platform is down."})

    shown = page(f"calls/{call.code}/")

    assert "Suspended for the moment" in shown
    assert "The platform is down." in shown
    assert "This call is over" not in shown
    assert "Start application" not in shown


@pytest.mark.parametrize("place", ["", "questions/", "questions.pdf"])
def test_a_call_that_nobody_knows_or_that_is_a_draft_is_not_there(place):
    Call.objects.filter(code="ikat-services").update(published_at=None)
    Call.objects.filter(code="cluster-booster").update(published_at="2026-11-02T00:00:00Z")

    for code in ("no-such-call", "ikat-services", "cluster-booster"):
        assert status(f"/en/calls/{code}/{place}") == 404
    assert not {"ikat-services", "cluster-booster"} & set(listed())


def test_a_demonstration_says_so_and_is_not_indexed():
    response = Client().get("/en/calls/cluster-booster-season/")
    html = response.content.decode()

    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert "This call is a demonstration and takes no real applications" in html
    assert 'href="/en/calls/cluster-booster/"' in html
    assert "invented" in html


def test_a_founding_call_is_indexed_and_leads_to_its_demonstration():
    response = Client().get("/en/calls/cluster-booster/")

    assert "X-Robots-Tag" not in response
    assert b"noindex" not in response.content
    assert b'href="/en/calls/cluster-booster-season/"' in response.content


# Questions


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", FOUNDING)
def test_the_questions_of_every_call_can_be_read_before_signing_up(language, code):
    for call in Call.objects.filter(programme__code=code, form__isnull=False):
        shown = page(f"calls/{call.code}/questions/", language)

        for section in call.form.schema["section"]:
            assert said(section["title"], language) in shown
            for question in section["question"]:
                assert said(question["label"], language) in shown


def pdf(path):
    """A PDF as the reader gets it: the answer and its text."""
    response = Client().get(path)
    content = b"".join(response.streaming_content)
    reader = PdfReader(BytesIO(content))
    text = "\n".join(one.extract_text() for one in reader.pages)
    return response, reader, text


def test_the_questions_as_pdf():
    response, reader, text = pdf("/en/calls/socialtech4eu-training/questions.pdf")

    call = Call.objects.get(code="socialtech4eu-training")
    joined = re.sub(r"\s", "", text)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="socialtech4eu-training-en.pdf"'
    )
    assert reader.trailer["/Root"]["/Lang"] == "en"
    for section in call.form.schema["section"]:
        for question in section["question"]:
            assert re.sub(r"\s", "", spoken(question["label"], "en").text) in joined


def letters(text):
    """The Arabic letters of a text, counted: extraction keeps no order from right to left."""
    return sorted(letter for letter in folded(text) if "\u0621" <= letter <= "\u064a")


def test_the_questions_as_pdf_in_arabic():
    response, reader, text = pdf("/ar/calls/socialtech4eu-training/questions.pdf")

    call = Call.objects.get(code="socialtech4eu-training")
    titles = [spoken(section["title"], "ar").text for section in call.form.schema["section"]]
    assert "socialtech4eu-training-ar.pdf" in response["Content-Disposition"]
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    lines = [letters(line) for line in text.splitlines()]
    assert [title for title in titles if letters(title) not in lines] == []


def test_the_same_pdf_is_made_once(monkeypatch):
    first = pdf("/fr/calls/cluster-booster/questions.pdf")[2]
    monkeypatch.setattr("fondaco.desks.views.public.pdf_of", None)

    assert pdf("/fr/calls/cluster-booster/questions.pdf")[2] == first
