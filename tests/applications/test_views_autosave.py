"""A page that saves itself: who may, what is kept, what is told, and what it costs."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fondaco.applications import selectors
from fondaco.applications.models import SectionAnswers
from fondaco.applications.rules.saving import MOST_BYTES
from fondaco.applications.selectors import keeping
from fondaco.applications.services import writing
from fondaco.applications.states import State
from fondaco.questionnaires.rules.answers import mark
from fondaco.web import load
from tests.applications.reader import signed_in
from tests.factories.applications import FORM, ApplicationFactory, colleague_of, open_call
from tests.factories.directory import AT, PersonFactory
from tests.factories.questionnaires import FormVersionFactory, question, schema, section

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(hours=1)
KEY = "/keep/key/"


@pytest.fixture(autouse=True)
def _clock_and_language():
    with translation.override("en"), time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def application():
    return ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)))


@pytest.fixture
def writer(application):
    return colleague_of(application.organisation)


def keep(client, application, section_code="organisation", *, by, **said):
    """Send a section as its page does, with the pass of a person."""
    given = keeping.pass_for(by, application, at=NOW)
    fields = {name.replace("_", "-", 1): text for name, text in said.items()}
    return client.post(f"/keep/{application.code}/{section_code}/", {"pass": given} | fields)


def test_what_was_typed_is_in_the_database_and_the_page_is_told(application, writer):
    answer = keep(
        signed_in(writer), application, by=writer, q_name="Atelier", q_topics=["training"]
    )

    told = answer.json()
    kept = selectors.copy_of(application).answers
    assert (kept["name"], kept["topics"]) == ("Atelier", ["training"])
    assert (told["where"], told["at"], told["next"]) == ("database", NOW.isoformat(), 0)
    assert told["saved"] == "Saved at 11:00 on the platform"
    assert (told["marks"]["name"], told["clashes"], told["theirs"]) == (mark("Atelier"), [], {})
    assert keeping.read_pass(told["pass"], at=NOW + timedelta(hours=23)).person == writer.pk
    assert "no-store" in answer["Cache-Control"]


def test_it_answers_in_the_language_of_the_page(application, writer):
    application.state = State.WITHDRAWN
    application.save()

    said = keep(signed_in(writer), application, by=writer, q_name="A", language="fr").json()

    assert said["why"] == "refused"
    assert said["reasons"] == ["La candidature ne peut plus être modifiée."]


def test_one_save_costs_seven_questions(application, writer, django_assert_num_queries):
    client = signed_in(writer)
    keep(client, application, by=writer, q_name="A")

    with django_assert_num_queries(9):  # seven, and the savepoint that a test wraps around
        keep(client, application, by=writer, q_name="B")


def test_under_load_the_page_is_asked_to_wait(application, writer, monkeypatch):
    monkeypatch.setattr(load, "_load", load.Load(seconds=9.0, measured_at=float("inf")))

    assert keep(signed_in(writer), application, by=writer, q_name="A").json()["next"] == 30


def test_two_colleagues_keep_both_and_learn_of_both(application, writer):
    other = colleague_of(application.organisation)
    answers = {"name": "Theirs", "members": "7"}
    who = {"by": other, "at": NOW}
    writing.save_section(application.pk, section="organisation", answers=answers, **who)

    typed = {"q_name": "Mine", "was_name": mark(""), "was_members": mark(""), "q_country": "TN"}
    told = keep(signed_in(writer), application, by=writer, **typed).json()

    clash = {"question": "name", "mine": "Mine", "theirs": "Theirs", "mark": mark("Theirs")}
    assert told["clashes"] == [clash]
    assert told["theirs"] == {"members": "7"}
    assert told["marks"]["name"] == mark("")
    assert told["marks"]["members"] == mark("7")
    kept = selectors.copy_of(application).answers
    assert (kept["name"], kept["members"], kept["country"]) == ("Theirs", "7", "TN")


def test_only_what_is_named_is_saved(application, writer):
    who = {"by": writer, "at": NOW}
    answers = {"name": "A", "members": "7"}
    writing.save_section(application.pk, section="organisation", answers=answers, **who)

    keep(signed_in(writer), application, by=writer, q_name="B", only="name", was_name=mark("A"))

    kept = selectors.copy_of(application).answers
    assert (kept["name"], kept["members"]) == ("B", "7")


def test_after_the_deadline_it_is_kept_as_on_the_page(application, writer):
    application.call.closes_at = NOW - timedelta(seconds=1)
    application.call.save()

    assert keep(signed_in(writer), application, by=writer, q_name="A").status_code == 200


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ELIGIBLE])
def test_what_can_no_longer_change_does_not(application, writer, state):
    application.state, application.submitted_at = state, AT
    application.save()

    answer = keep(signed_in(writer), application, by=writer, q_name="A")

    assert (answer.status_code, answer.json()["why"]) == (409, "refused")
    assert not SectionAnswers.objects.exists()


def test_nobody_signed_in_learns_just_that(application, writer):
    answer = keep(Client(), application, by=writer, q_name="A")

    told = answer.json()
    assert (answer.status_code, told["why"]) == (401, "signed-out")
    assert told["csrf"]
    assert not SectionAnswers.objects.exists()


def test_the_page_of_one_person_saves_nothing_for_another(application, writer):
    other = colleague_of(application.organisation)

    answer = keep(signed_in(other), application, by=writer, q_name="A")

    assert (answer.status_code, answer.json()["why"]) == (403, "other-person")
    assert not SectionAnswers.objects.exists()


def test_a_stranger_with_a_pass_of_their_own_is_refused(application):
    stranger = PersonFactory()

    answer = keep(signed_in(stranger), application, by=stranger, q_name="A")

    assert (answer.status_code, answer.json()["why"]) == (403, "refused")


def test_who_left_the_organisation_writes_no_more(application, writer):
    writer.posts.update(until=NOW)

    assert keep(signed_in(writer), application, by=writer, q_name="A").status_code == 403


@pytest.mark.parametrize("given", ["", "nonsense"])
def test_without_a_pass_the_page_is_asked_for_one(application, writer, given):
    client = signed_in(writer)

    answer = client.post(f"/keep/{application.code}/organisation/", {"q-name": "A", "pass": given})

    assert (answer.status_code, answer.json()["why"]) == (403, "pass")


def test_a_pass_of_another_application_or_of_yesterday_is_none(application, writer):
    client, other = signed_in(writer), ApplicationFactory()
    for given in (
        keeping.pass_for(writer, other, at=NOW),
        keeping.pass_for(writer, application, at=NOW - timedelta(hours=24)),
    ):
        answer = client.post(f"/keep/{application.code}/organisation/", {"pass": given})

        assert (answer.status_code, answer.json()["why"]) == (403, "pass")


def test_a_section_that_there_is_not_is_refused(application, writer):
    assert keep(signed_in(writer), application, "nothing", by=writer).status_code == 409


def test_too_much_is_refused_in_words(application, writer):
    answer = keep(signed_in(writer), application, by=writer, q_name="x" * MOST_BYTES)

    assert (answer.status_code, answer.json()["why"]) == (413, "too-large")
    assert answer.json()["reasons"] == ["This page is too long to save itself. Press Save."]


def test_a_request_without_the_token_of_the_browser_is_refused(application, writer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert keep(client, application, by=writer, q_name="A").status_code == 403
    token = client.get(KEY).json()["csrf"]
    given = keeping.pass_for(writer, application, at=NOW)
    answer = client.post(
        f"/keep/{application.code}/organisation/",
        {"q-name": "A", "pass": given},
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 200


def test_only_post_saves_and_only_get_gives_the_key(application, writer):
    client = signed_in(writer)

    assert client.get(f"/keep/{application.code}/organisation/").status_code == 405
    assert client.post(KEY).status_code == 405


# The key of the browser's copies


def test_the_key_is_the_persons_own_and_always_the_same(writer):
    first, again = signed_in(writer).get(KEY).json(), signed_in(writer).get(KEY).json()
    other = signed_in(PersonFactory()).get(KEY).json()

    assert (first["key"], first["person"]) == (again["key"], again["person"])
    assert first["key"] != other["key"]
    assert first["person"] != other["person"]
    assert "pass" not in first


def test_the_key_is_not_given_to_nobody_and_not_kept_on_the_way():
    nobody, somebody = Client().get(KEY), signed_in(PersonFactory()).get(KEY)

    assert (nobody.status_code, nobody.json()["why"]) == (401, "signed-out")
    assert "key" not in nobody.json()
    assert "no-store" in somebody["Cache-Control"]


def test_a_page_that_shows_an_old_pass_gets_a_new_one(application, writer):
    old = keeping.pass_for(writer, application, at=NOW - timedelta(days=3))

    told = signed_in(writer).get(KEY, headers={"X-Pass": old}).json()

    assert keeping.read_pass(told["pass"], at=NOW).application == application.code


def test_a_page_of_somebody_else_gets_no_key(application, writer):
    shown = keeping.pass_for(writer, application, at=NOW)
    other = signed_in(colleague_of(application.organisation))

    answer = other.get(KEY, headers={"X-Pass": shown})

    assert (answer.status_code, answer.json()["why"]) == (403, "other-person")
    assert "key" not in answer.json()


def test_who_may_no_longer_write_gets_no_new_pass(application, writer):
    shown = keeping.pass_for(writer, application, at=NOW)
    writer.posts.update(until=NOW)

    assert "pass" not in signed_in(writer).get(KEY, headers={"X-Pass": shown}).json()


# The page


def page_of(application, code):
    return reverse("applications:section", args=[application.call.code, application.code, code])


def test_the_page_carries_a_pass_and_names_its_private_questions(writer):
    form = schema(section("bank", question("iban", private=True), question("holder")))
    application = ApplicationFactory(call=open_call(form=FormVersionFactory(schema=form)))
    writer = colleague_of(application.organisation)

    page = signed_in(writer).get(page_of(application, "bank"))

    keep_of_page = page.context["keep"]
    assert keeping.read_pass(keep_of_page.pass_text, at=NOW).form == application.form_id
    assert keep_of_page.private == ("iban",)
    assert 'data-private="iban"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_page_that_cannot_be_changed_saves_nothing_by_itself(application, writer):
    application.call.decided_at = NOW - timedelta(days=1)
    application.call.closes_at = NOW - timedelta(days=2)
    application.call.save()

    page = signed_in(writer).get(page_of(application, "organisation"))

    assert page.context["keep"] is None
    assert "data-saves-itself" not in page.content.decode()


def test_signing_out_tells_the_browser_whose_copies_go(writer):
    client = signed_in(writer)
    name = client.get(KEY).json()["person"]

    answer = client.post(reverse("account_logout"))

    assert answer.cookies["left"].value == name
    assert "left" not in Client().post(reverse("account_logout")).cookies
