"""The story of a call gathers what happened in it; it is searched, filtered, carried away."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fondaco.calls.services import extend_call
from fondaco.directory.services.people import make_installation_admin
from fondaco.programmes.services import give_role
from fondaco.programmes.states import RoleKind
from fondaco.trail.services import destroy_key, record
from tests.directory.work import enter
from tests.factories import evaluation as made
from tests.factories.applications import ApplicationFactory
from tests.factories.calls import CallFactory
from tests.factories.directory import AT, OrganisationFactory, PersonFactory
from tests.factories.mail import ReleasedLetterFactory

pytestmark = pytest.mark.django_db
STORY = "/en/story/spring/"


@pytest.fixture
def spring():
    return CallFactory(code="spring", title={"en": "Spring call"})


@pytest.fixture
def office(spring):
    """The browser of the officer of the call."""
    return enter(Client(), made.officer_of(spring), method="mfa", at=timezone.now())


def told(call, verb, subject, by=None, **data):
    by_id = by.pk if by else None
    return record(verb, subject=subject, programme=call.programme.code, by_id=by_id, at=AT, **data)


def happened(call, name):
    """One application that went all the way, with an evaluator and an applicant of its own."""
    firm = OrganisationFactory(name=name)
    application = ApplicationFactory(call=call, form=call.form, organisation=firm, sent=True)
    letter = ReleasedLetterFactory(
        programme=call.programme, call=call.code, subject_code=application.code
    )
    evaluator = PersonFactory(name=f"Eva of {name}")
    told(call, "application.submitted", application.code, PersonFactory(), receipt="r-1")
    told(call, "assignment.made", f"evaluation-{application.code}", evaluator=evaluator.pk)
    told(call, "letter.sent", letter.code, person=letter.to_id, occasion="awarded")
    return application


def lines(client, path=STORY, **asked):
    return client.get(path, asked).context["lines"]


def test_the_story_of_a_call_gathers_what_happened_in_it(spring, office):
    application = happened(spring, "Nets & Sons")
    ranking = spring.rankings.create(number=1, facts=[], terms={}, lines=[], fingerprint="f", at=AT)
    decision = made.DecisionFactory(call=spring)
    told(spring, "call.published", "spring")
    told(spring, "panel.seated", "panel-spring", person=PersonFactory(name="Eve").pk)
    told(spring, "ranking.made", f"ranking-spring-{ranking.number}")
    told(spring, "decision.confirmed", decision.code)

    found = [(line.verb, line.thing, line.whom) for line in lines(office)]

    assert found[:4] == [
        ("decision.confirmed", decision.code, ""),
        ("ranking.made", "Ranking 1", ""),
        ("panel.seated", "Panel", "Eve"),
        ("call.published", "", ""),
    ]
    assert [one[0] for one in found[4:]] == [
        "letter.sent", "assignment.made", "application.submitted",
    ]  # fmt: skip
    assert found[5][1:] == (f"Evaluation of {application.code}", "Eva of Nets & Sons")
    assert found[6][1] == f"{application.code} · Nets & Sons"


def test_every_line_leads_to_a_story_that_its_reader_may_read(spring, office):
    happened(spring, "Nets")
    told(spring, "panel.seated", "panel-spring")
    subjects = {line.subject for line in lines(office)}

    assert {office.get(f"/en/story/{subject}/").status_code for subject in subjects} == {200}
    html = office.get(STORY).content.decode()
    assert [one for one in subjects - {"spring"} if f'"/en/story/{one}/"' not in html] == []


def test_other_calls_drafts_and_things_of_the_same_code_stay_out(spring, office):
    other = CallFactory(programme=spring.programme, code="spring-2")
    elsewhere = CallFactory()
    draft = ApplicationFactory(call=spring, form=spring.form)
    told(spring, "application.started", draft.code)
    told(other, "call.published", "spring-2")
    told(other, "panel.seated", "panel-spring-2")
    told(elsewhere, "call.published", "spring")
    record("organisation.added", subject="spring", by_id=None, at=AT)

    assert lines(office) == []


def test_a_story_says_when_the_deadline_was_moved_to_on_the_clock_of_the_call(spring, office):
    officer = made.officer_of(spring)
    with time_machine.travel(AT, tick=False):
        later = AT + timedelta(days=60)
        extend_call(spring.pk, closes_at=later, reason={"en": "A storm"}, by=officer, at=AT)

    html = office.get(STORY).content.decode()

    assert "The deadline was moved" in html
    assert "31 December 2026, 10:00 CET: A storm" in html
    assert 'data-zone="Europe/Brussels"' in html


@pytest.mark.parametrize(
    ("word", "verbs"),
    [
        ("nets", {"application.submitted", "assignment.made"}),
        ("file was given", {"assignment.made"}),
        ("mail", {"letter.sent"}),
        ("nothing-at-all", set()),
    ],
)
def test_a_story_is_searched_in_words(spring, office, word, verbs):
    happened(spring, "Nets")

    assert {line.verb for line in lines(office, search=word)} == verbs


def test_a_story_is_filtered_by_what_happened(spring, office):
    happened(spring, "Nets")
    asked = {"kind": "letter."}

    page = office.get(STORY, asked)

    assert [line.verb for line in page.context["lines"]] == ["letter.sent"]
    assert '<option value="letter." selected>Letters</option>' in page.content.decode()
    assert [one.verb for one in lines(office, **asked, search="mail")] == ["letter.sent"]
    assert "Nothing in this story matches" in office.get(STORY, {"search": "xyz"}).content.decode()


def table(response):
    assert response["Content-Disposition"] == 'attachment; filename="spring-story.csv"'
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_officers_carry_the_story_away_with_what_was_recorded(spring, office):
    happened(spring, "Nets")

    rows = table(office.get(STORY, {"export": "csv", "kind": "application."}))

    assert [(row["verb"], row["detail"]) for row in rows] == [("application.submitted", "r-1")]
    assert '"receipt": "r-1"' in rows[0]["data"]


def test_applicants_carry_away_what_they_read_and_no_more(spring):
    application = happened(spring, "Nets")
    firm = application.organisation
    client = enter(Client(), made.colleague_of(firm), at=timezone.now())

    answer = client.get(f"/en/story/{application.code}/", {"export": "csv"}).content.decode()

    assert answer.splitlines()[0].lstrip("\ufeff") == "number,at,what,detail,thing,who,whom"
    assert "A version was sent" in answer
    assert "r-1" not in answer
    assert "Eva" not in answer


def test_a_long_story_is_paged(spring, office):
    for number in range(26):
        told(spring, "call.texts-changed", "spring", number=number)

    assert [len(lines(office)), len(lines(office, page="2"))] == [25, 1]


@pytest.mark.parametrize("asked", [{}, {"search": "file"}, {"kind": "letter."}])
def test_a_story_asks_the_same_number_of_questions_of_any_number_of_things(spring, office, asked):
    happened(spring, "Nets")
    one = questions(office, asked)
    for name in ("Ropes", "Sails"):
        happened(spring, name)

    assert questions(office, asked) == one
    assert one <= 22


def questions(client, asked):
    client.get(STORY, asked)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(STORY, asked).status_code == 200
    return len(queries)


def test_the_story_of_a_programme_has_its_calls_and_its_roles(spring, office):
    person = PersonFactory(name="Pia Partner")
    told(spring, "call.published", "spring")
    give_role(person, RoleKind.OBSERVER, programme=spring.programme, by_id=None, at=AT)

    page = office.get(f"/en/story/{spring.programme.code}/")

    assert [(line.verb, line.thing, line.whom, line.detail) for line in page.context["lines"]] == [
        ("role.given", "", "Pia Partner", "Observer"),
        ("call.published", "Spring call", "", ""),
    ]
    assert f"/trail/{spring.programme.code}.csv" in page.content.decode()
    assert "/trail/spring.csv" not in office.get(STORY).content.decode()


def test_whom_something_was_done_about_is_forgotten_with_their_key(spring, office):
    person = PersonFactory(name="Eve Evaluator")
    told(spring, "panel.seated", "panel-spring", person=person.pk)
    destroy_key(person.pk, at=AT)

    (line,) = lines(office)

    assert line.whom == "erased on 1 November 2026"
    assert lines(office, search="Evaluator Eve") == []


def test_a_person_reads_their_own_story_and_the_administrator_anybodys(spring):
    person, other = PersonFactory(name="Amel"), PersonFactory()
    admin = make_installation_admin(PersonFactory().pk, by_id=None, at=AT)
    give_role(person, RoleKind.OBSERVER, programme=spring.programme, by_id=admin.pk, at=AT)
    path = f"/en/story/person-{person.pk}/"

    def answers(who, method="mfa"):
        return enter(Client(), who, method=method, at=timezone.now()).get(path)

    assert [(one.verb, one.who) for one in answers(person).context["lines"]] == [("role.given", "")]
    assert [one.who for one in answers(admin).context["lines"]] == [str(admin)]
    assert answers(other).status_code == 404
    assert answers(admin, "password").status_code == 302


def test_the_administrator_reads_what_happened_to_the_installation():
    admin = make_installation_admin(PersonFactory(name="Ada").pk, by_id=None, at=AT)
    record("backup.made", subject="installation", by_id=None, at=AT, archive="a.tar")
    client = enter(Client(), admin, method="mfa", at=timezone.now())

    page = client.get("/en/story/installation/")

    assert [(line.verb, line.thing, line.detail) for line in page.context["lines"]] == [
        ("backup.made", "", "a.tar"), ("person.raised", "Ada", ""),
    ]  # fmt: skip
    assert 'href="/en/story/installation/"' in client.get("/en/home/").content.decode()
    stranger = enter(Client(), PersonFactory(), method="mfa", at=timezone.now())
    assert stranger.get("/en/story/installation/").status_code == 404
    assert "/story/installation/" not in stranger.get("/en/home/").content.decode()
