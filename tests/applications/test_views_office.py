"""The officer's pages."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from fondaco.applications.models import Finding
from fondaco.applications.states import State, Verdict
from fondaco.programmes.states import RoleKind
from tests.applications.reader import signed_in
from tests.factories.applications import (
    ApplicationFactory,
    FindingFactory,
    SubmissionFactory,
    add_rule,
    colleague_of,
    officer_of,
    open_call,
)
from tests.factories.directory import AT, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def office(call):
    return reverse("applications:office", args=[call.code])


def address(page, application):
    return reverse(f"applications:{page}", args=[application.call.code, application.code])


def listed(client, call, query=""):
    page = client.get(f"{office(call)}{query}")
    return [row.code for row in page.context["rows"]]


@pytest.fixture
def call():
    return open_call()


@pytest.fixture
def client(call):
    return signed_in(officer_of(call.programme))


def test_drafts_are_counted_and_never_shown(call, client):
    draft = ApplicationFactory(call=call)

    page = client.get(office(call)).content.decode()

    assert "One more is being written." in page
    assert draft.code not in page


def test_the_list_is_searched_filtered_and_sorted_by_its_address(call, client):
    rows = [("Zellige", "MA", 2), ("Atelier", "TN", 1), ("Bastide", "FR", 3)]
    for name, country, day in rows:
        made = ApplicationFactory(
            code=name.lower(),
            call=call,
            organisation=OrganisationFactory(name=name, country=country),
            state=State.SUBMITTED,
            submitted_at=AT + timedelta(days=day),
        )
        FindingFactory(
            application=made,
            verdict=Verdict.NOT_MET if country == "FR" else Verdict.MET,
        )
    Finding.objects.filter(application__code="zellige").update(
        overruled=Verdict.UNKNOWN, overruled_why="Not sure."
    )

    assert listed(client, call) == ["atelier", "zellige", "bastide"]
    assert listed(client, call, "?sort=-received") == ["bastide", "zellige", "atelier"]
    assert listed(client, call, "?sort=organisation") == ["atelier", "bastide", "zellige"]
    assert listed(client, call, "?search=zell") == ["zellige"]
    assert listed(client, call, "?country=FR") == ["bastide"]
    assert listed(client, call, "?verdict=not-met") == ["bastide"]
    assert listed(client, call, "?verdict=unknown") == ["zellige"]
    assert listed(client, call, "?verdict=met") == ["atelier"]
    assert listed(client, call, "?state=eligible") == []
    assert listed(client, call, "?sort=nothing&state=submitted")[0] == "atelier"


def test_a_long_list_has_pages(call, client):
    ApplicationFactory.create_batch(26, call=call, sent=True)

    assert len(listed(client, call)) == 25
    assert len(listed(client, call, "?page=2")) == 1
    assert len(listed(client, call, "?page=99")) == 1


def test_the_export_holds_all_rows_and_no_formula(call, client):
    ApplicationFactory(
        call=call, sent=True, organisation=OrganisationFactory(name="=cmd()", country="FR")
    )

    answer = client.get(f"{office(call)}?export=csv")

    assert "'=cmd()" in answer.content.decode()
    assert answer["Content-Disposition"] == f'attachment; filename="{call.code}-applications.csv"'


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_row_as_for_three(call, client, number):
    for made in ApplicationFactory.create_batch(number, call=call, sent=True):
        FindingFactory(application=made)
    client.get(office(call))
    cache.clear()

    with CaptureQueriesContext(connection) as seen:
        client.get(office(call))

    assert len([one for one in seen if "applications_" in one["sql"]]) == 5


def test_the_list_is_for_the_office_alone(call):
    assert signed_in(PersonFactory()).get(office(call)).status_code == 404
    observer = officer_of(call.programme, RoleKind.OBSERVER)
    assert signed_in(observer).get(office(call)).status_code == 403


def sent_to(call, **more):
    add_rule(call, "country", "organisation.country", "in", ["TN"])
    application = SubmissionFactory(application__call=call).application
    FindingFactory(application=application, told="FR", **more)
    return application


def test_the_admission_page_shows_what_was_told_and_by_whom(call, client):
    application = sent_to(call, verdict=Verdict.NOT_MET)

    page = client.get(address("admission", application)).content.decode()

    assert "The condition country is met." in page
    assert "France" in page
    assert "the organisation&#x27;s entry in the directory" in page
    assert "Confirm as eligible" in page


def test_a_finding_is_overruled_with_a_reason_then_the_application_admitted(call, client):
    application = sent_to(call, verdict=Verdict.NOT_MET)
    given = {"rule": "country", "verdict": "met", "why": ""}

    refused = client.post(address("admit", application), follow=True)
    lacking = client.post(address("overrule", application), given)
    client.post(address("overrule", application), given | {"why": "Seen."})
    done = client.post(address("admit", application), follow=True)

    assert "Overrule the finding with a reason first" in refused.content.decode()
    assert lacking.status_code == 422
    assert "confirmed as eligible" in done.content.decode()
    application.refresh_from_db()
    assert application.state == State.ELIGIBLE


def test_an_overruling_of_what_is_not_there_is_refused(call, client):
    application = sent_to(call)

    page = client.post(
        address("overrule", application),
        {"rule": "song", "verdict": "met", "why": "Seen."},
        follow=True,
    )

    assert "no such condition" in page.content.decode()


def test_refusing_needs_a_ground(call, client):
    application = sent_to(call)

    refused = client.post(address("refuse", application), {"why": ""}, follow=True)
    too_long = client.post(address("refuse", application), {"why": "x" * 2001})
    done = client.post(address("refuse", application), {"why": "No proof."}, follow=True)

    assert "write the reason why" in refused.content.decode()
    assert too_long.status_code == 422
    assert "waits in the outbox" in done.content.decode()


def test_completion_is_asked_for_named_questions(call, client):
    application = sent_to(call)
    given = {"questions": ["title"], "says": "Too short.\n\nNo number.", "days": "7"}

    nothing = client.post(address("ask", application), given | {"questions": []})
    done = client.post(address("ask", application), given, follow=True)
    again = client.post(address("ask", application), given, follow=True)

    assert nothing.status_code == 422
    assert "goes out now" in done.content.decode()
    assert "not possible in the present state" in again.content.decode()
    application.refresh_from_db()
    assert application.asked == [
        {"question": "title"},
        {"says": "Too short."},
        {"says": "No number."},
    ]


def test_a_rule_taken_out_of_the_call_leaves_its_finding(call, client):
    application = SubmissionFactory(application__call=call).application
    FindingFactory(application=application, rule="former", told=None, source="")

    page = client.get(address("admission", application)).content.decode()

    assert "former" in page
    assert "nobody" in page


@pytest.mark.parametrize("page", ["admit", "refuse", "overrule", "ask"])
def test_only_officers_assess(call, page):
    application = sent_to(call)
    decider = signed_in(officer_of(call.programme, RoleKind.DECIDER))
    colleague = signed_in(colleague_of(application.organisation))

    codes = [
        who.post(address(page, application)).status_code
        for who in (decider, colleague, signed_in(PersonFactory()))
    ]

    assert codes == [403, 403, 404]
    assert decider.get(address("admission", application)).status_code == 200


def test_before_the_deadline_nothing_can_be_assessed(call, client):
    call.closes_at = timezone.now() + timedelta(days=1)
    call.save()
    application = sent_to(call)

    page = client.get(address("admission", application)).content.decode()
    done = client.post(address("admit", application), follow=True).content.decode()

    assert "The call is still open until" in page
    assert address("admit", application) not in page
    assert "until its deadline everybody may correct" in done
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_what_a_decision_stands_on_is_not_changed(call, client, monkeypatch):
    application = sent_to(call)
    monkeypatch.setattr("fondaco.kernel.holds._HOLDERS", [lambda pk: pk == application.pk])

    page = client.get(address("admission", application)).content.decode()
    done = client.post(address("refuse", application), {"why": "No."}, follow=True)

    assert address("refuse", application) not in page
    assert "A decision on this application stands" in done.content.decode()
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
