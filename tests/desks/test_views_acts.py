"""The page on which an officer publishes a call and records what happens to it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from fondaco.calls.models import Call
from fondaco.calls.states import ActKind
from fondaco.programmes.states import RoleKind
from tests.desks.pages import browser_of, shown
from tests.directory.work import enter
from tests.factories.calls import ActFactory, CallFactory
from tests.factories.directory import AT
from tests.factories.programmes import ProgrammeFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_of_recording")]
ACTS, OFFICE, PAGE = (f"/en/calls/spring/{page}" for page in ("acts/", "office/", ""))
WHY = {"reason_en": "The platform is down.", "reason_ar": " المنصة ", "is_sure": "on"}


@pytest.fixture
def day_of_recording():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def spring():
    bridge = ProgrammeFactory(code="bridge", acronym="BRIDGE")
    return CallFactory(programme=bridge, code="spring", title={"en": "Spring call"})


@pytest.fixture
def officer(spring):
    return RoleFactory(programme=spring.programme).person


@pytest.fixture
def office(officer):
    return browser_of(officer)


@pytest.fixture
def draft(spring):
    Call.objects.update(published_at=None)
    spring.refresh_from_db()
    return spring


@pytest.mark.parametrize(
    "kind", [ActKind.CORRIGENDUM, ActKind.SUSPENSION, ActKind.CANCELLATION, ActKind.EARLY_CLOSURE]
)
def test_an_act_is_recorded_with_its_reason(spring, office, kind):
    answer = office.post(ACTS, {"act": kind, **WHY})

    act = spring.acts.get()
    assert answer.headers["Location"] == OFFICE
    assert act.kind == kind
    assert act.reason == {"en": "The platform is down.", "ar": "المنصة"}
    assert "The platform is down." in shown(Client(), PAGE)


def test_a_suspended_call_goes_on(spring, office):
    ActFactory(call=spring, number=1, kind=ActKind.SUSPENSION)

    office.post(ACTS, {"act": ActKind.RESUMPTION, **WHY})

    assert [act.kind for act in spring.acts.all()] == ["suspension", "resumption"]
    assert "Start application" in shown(Client(), PAGE)


def test_only_what_is_possible_is_offered(spring, office):
    ActFactory(call=spring, kind=ActKind.SUSPENSION)

    offered = office.get(ACTS).context["form"].fields["act"].choices

    assert [value for value, _label in offered] == [
        "corrigendum",
        "resumption",
        "cancellation",
        "early-closure",
    ]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        pytest.param({**WHY}, "Choose what happens to the call.", id="no act"),
        pytest.param({"act": "resumption", **WHY}, "Select a valid choice", id="not now"),
        pytest.param({"act": "extension", **WHY}, "Select a valid choice", id="not here"),
        pytest.param(
            {"act": "suspension", "is_sure": "on", "reason_fr": "Panne"},
            "Reason (English): This field is required.",
            id="no reason in English",
        ),
        pytest.param(
            {"act": "suspension", "reason_en": "Why"}, "Tick the box to confirm.", id="not sure"
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_recorded(spring, office, typed, complaint):
    answer = office.post(ACTS, typed)

    assert answer.status_code == 200
    assert complaint in " ".join(answer.content.decode().split())
    assert not spring.acts.exists()


def test_cancelling_asks_for_a_fresh_sign_in(spring, officer):
    client = enter(Client(), officer, method="mfa", at=timezone.now() - timedelta(minutes=6))

    corrected = client.post(ACTS, {"act": ActKind.CORRIGENDUM, **WHY})
    cancelled = client.post(ACTS, {"act": ActKind.CANCELLATION, **WHY})

    assert corrected.headers["Location"] == OFFICE
    assert "reauthenticate" in cancelled.headers["Location"]
    assert [act.kind for act in spring.acts.all()] == ["corrigendum"]


def test_nothing_is_offered_for_a_call_that_was_cancelled(spring, office):
    ActFactory(call=spring, kind=ActKind.CANCELLATION)

    text = shown(office, ACTS)

    assert "Nothing more can be recorded: the call was cancelled." in text
    assert "Record it" not in text


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (RoleKind.DECIDER, 403),
        (RoleKind.EVALUATOR, 403),
        (RoleKind.OBSERVER, 403),
        (RoleKind.PARTNER, 403),
    ],
)
def test_only_officers_record(spring, kind, status):
    client = browser_of(RoleFactory(programme=spring.programme, kind=kind).person)

    assert client.get(ACTS).status_code == status
    assert client.post(ACTS, {"act": ActKind.SUSPENSION, **WHY}).status_code == status
    assert not spring.acts.exists()


def test_strangers_find_no_page_of_acts(spring):
    assert browser_of(RoleFactory().person).get(ACTS).status_code == 404
    assert Client().get(ACTS).status_code == 302


def test_the_office_leads_to_the_page(spring, office):
    assert f'href="{ACTS}"' in office.get(OFFICE).content.decode()


# Drafts


def test_a_draft_is_published(draft, office):
    answer = office.post(ACTS, {"act": "publication", "is_sure": "on"})

    draft.refresh_from_db()
    assert answer.headers["Location"] == OFFICE
    assert (draft.published_at, draft.edited_at) == (AT, AT)
    assert "Start application" in shown(Client(), PAGE)


def test_all_that_a_draft_lacks_is_said_at_once(draft, office):
    Call.objects.update(title={}, form=None, closes_at=None)

    text = shown(office, ACTS)
    answer = office.post(ACTS, {"act": "publication", "is_sure": "on"}).content.decode()

    assert "This call is a draft" in text
    for lacking in ("no title", "no form", "no deadline"):
        assert f"The call has {lacking}" in answer
    draft.refresh_from_db()
    assert draft.published_at is None


def test_officers_see_a_draft_on_their_pages(draft, office):
    assert "Spring call spring Draft" in shown(office, "/en/programmes/bridge/run/")
    html = office.get(OFFICE).content.decode()
    assert f'href="{ACTS}"' in html
    assert f'href="{PAGE}"' in html


@pytest.mark.parametrize("page", ["", "questions/", "questions.pdf"])
def test_only_officers_of_the_programme_preview_a_draft(draft, officer, office, page):
    person = RoleFactory(programme=draft.programme, kind=RoleKind.DECIDER).person
    others = [
        Client(),
        browser_of(RoleFactory().person),
        browser_of(person),
        browser_of(officer, method="password"),
    ]

    assert office.get(f"{PAGE}{page}").status_code == 200
    assert [other.get(f"{PAGE}{page}").status_code for other in others] == [404] * 4


def test_a_preview_says_that_it_is_one(draft, office):
    text = shown(office, PAGE)

    assert "This is a preview: the call is not published" in text
    assert "Not published yet" in text
    assert "Start application" not in text
    assert "This call is over" not in text


def test_nobody_applies_to_a_draft(draft, office):
    assert office.get(f"{PAGE}applications/new/").status_code == 404
