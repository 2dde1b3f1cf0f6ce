"""The pages of questions: asked by somebody, answered by two officers, read by all."""

import pytest
from django.test import Client
from django.urls import reverse

from fondaco.enquiries.models import Enquiry
from fondaco.enquiries.states import State
from tests.factories.applications import officer_of, programme
from tests.factories.directory import AT, PersonFactory
from tests.factories.enquiries import answered_by, asked_call, enquired
from tests.training.test_views import signed_in

pytestmark = pytest.mark.django_db


def at(name, call, *args):
    return reverse(f"enquiries:{name}", args=[call.code, *args])


@pytest.fixture
def call():
    """A call without a deadline, that takes questions in two languages whenever it is."""
    return asked_call(programme=programme(languages=["en", "fr"]), intake="always", closes_at=None)


@pytest.fixture
def officers(call):
    return [officer_of(call.programme), officer_of(call.programme)]


def test_the_whole_way_of_a_question(call, officers):
    asker, first, second = (signed_in(one) for one in (PersonFactory(name="Amel"), *officers))
    asked = asker.post(at("ask", call), {"text": "May partners be abroad?"}, follow=True)
    assert "Waits for its answer" in asked.content.decode()
    code = Enquiry.objects.get().code

    said = {"question_en": "May partners be abroad?", "answer_en": "**Yes.**"}
    first.post(at("draft", call, code), said)
    own = first.get(at("enquiry", call, code)).content.decode()
    assert "another officer approves it" in own
    second.post(at("approve", call, code))
    assert "Still missing" in second.get(at("enquiry", call, code)).content.decode()
    second.post(at("translate", call, code), {"question_fr": "Q ?", "answer_fr": "Oui."})
    first.post(at("publish", call, code))

    page = Client().get(at("answers", call)).content.decode()
    assert "<strong>Yes.</strong>" in page
    assert "Amel" not in page
    assert Enquiry.objects.get().state == State.PUBLISHED


def test_what_was_likely_asked_before_is_shown_and_can_be_gone_past(call, officers):
    answered_by(enquired(call), officers, steps=3)
    asker = signed_in(PersonFactory())
    typed = {"text": "May a partner be abroad?"}

    typing = asker.get(at("alike", call), typed).content.decode()
    stopped = asker.post(at("ask", call), typed).content.decode()
    asker.post(at("ask", call), typed | {"is_other": "on"})

    assert "Yes." in typing
    assert "My question is another one" in stopped
    assert "May a partner be abroad?" in stopped
    assert Enquiry.objects.count() == 2


def test_after_the_last_day_the_page_says_so_and_what_else_one_can_do():
    call = asked_call()
    asker = signed_in(PersonFactory())

    page = asker.get(at("ask", call)).content.decode()
    late = asker.post(at("ask", call), {"text": "May we?"}).content.decode()

    assert "What you can do" in page
    assert "Nothing" not in late
    assert Enquiry.objects.count() == 0


def test_what_speaks_against_a_draft_is_told_and_nothing_typed_is_lost(call, officers):
    enquiry = enquired(call)
    officer = signed_in(officers[0])

    page = officer.post(at("draft", call, enquiry.code), {"answer_en": "Half of it"})

    assert page.status_code == 422
    assert "Half of it" in page.content.decode()
    enquiry.refresh_from_db()
    assert enquiry.state == State.RECEIVED


def test_the_buttons_of_the_office(call, officers):
    first, second, third = (enquired(call) for _ in range(3))
    officer = signed_in(officers[0])

    officer.post(at("refuse", call, first.code))
    officer.post(at("join", call, second.code), {"same_as": str(third.number)})
    refused = officer.post(at("join", call, third.code), {"same_as": ""}, follow=True)
    approved = officer.post(at("approve", call, third.code), follow=True)
    listed = officer.get(at("enquiries", call)).content.decode()
    states = list(Enquiry.objects.order_by("pk").values_list("state", flat=True))
    officer.post(at("part", call, second.code))
    reopened = answered_by(third, officers, steps=2, languages=["en"])
    officer.post(at("draft", call, reopened.code))

    assert states == [State.REFUSED, State.DUPLICATE, State.RECEIVED]
    assert "This call has no such question" in refused.content.decode()
    assert "meanwhile" in approved.content.decode()
    assert "Cannot be answered" in listed
    third.refresh_from_db()
    assert third.state == State.DRAFTED


def test_an_unpublished_call_takes_no_questions():
    call = asked_call(published_at=None)

    assert Client().get(at("answers", call)).status_code == 404


def test_the_table_of_answers_can_be_taken_away(call, officers):
    answered_by(enquired(call, at=AT), officers, steps=3)

    found = Client().get(at("answers", call), {"export": "csv"})

    assert "May partners be abroad?" in found.content.decode()
