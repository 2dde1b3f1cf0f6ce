"""The team of a programme: who sees it, who gives and takes roles, and what it refuses."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fondaco.programmes.models import Role
from fondaco.programmes.states import RoleKind
from fondaco.trail.models import Entry
from tests.desks.pages import browser_of, queries_of, shown, table_of
from tests.directory.work import enter
from tests.factories.directory import AT, PersonFactory
from tests.factories.programmes import PartnerFactory, ProgrammeFactory, RoleFactory

pytestmark = pytest.mark.django_db
TEAM, GIVE = "/en/programmes/bridge/team/", "/en/programmes/bridge/team/give/"


@pytest.fixture
def bridge():
    return ProgrammeFactory(code="bridge", acronym="BRIDGE")


@pytest.fixture
def officer(bridge):
    """Olive, the only officer."""
    person = PersonFactory(name="Olive Officer", email="olive@example.org")
    return RoleFactory(programme=bridge, person=person)


@pytest.fixture
def office(officer):
    return browser_of(officer.person)


def take(role):
    return f"/en/programmes/bridge/team/{role.pk}/take/"


def names_in(client, **asked):
    """The people of the list, in order."""
    html = client.get(TEAM, asked).content.decode()
    return re.findall(r'<th role="rowheader" scope="row"><bdi>(.*?)</bdi>', html)


def held():
    rows = Role.objects.filter(until__isnull=True).order_by("pk")
    return list(rows.values_list("person__email", "kind", "partner__code"))


def test_the_list_says_who_has_which_role_since_when_and_for_whom(bridge, office):
    partner = PartnerFactory(programme=bridge, organisation__name="Anima")
    RoleFactory(
        programme=bridge,
        kind=RoleKind.DECIDER,
        partner=partner,
        person__name="Dora Decider",
        since=AT - timedelta(days=31),
    )
    RoleFactory(programme=bridge, person__name="Gone Away", until=AT)
    RoleFactory(person__name="Elsa Elsewhere")

    text = shown(office, TEAM)

    assert "Dora Decider" in text
    assert "Decider Anima 1 October 2026" in text
    assert "olive@example.org Programme officer – 1 November 2026" in text
    assert names_in(office) == ["Dora Decider", "Olive Officer"]


def test_the_list_is_searched_filtered_and_sorted_in_the_address(bridge, office):
    anima = PartnerFactory(programme=bridge, organisation__name="Anima")
    for name, kind, days in (("Bea", RoleKind.DECIDER, 1), ("Ali", RoleKind.EVALUATOR, 2)):
        partner = anima if kind == RoleKind.DECIDER else None
        moment = AT + timedelta(days=days)
        RoleFactory(programme=bridge, kind=kind, person__name=name, partner=partner, since=moment)

    assert names_in(office) == ["Ali", "Bea", "Olive Officer"]
    assert names_in(office, sort="-person") == ["Olive Officer", "Bea", "Ali"]
    assert names_in(office, sort="since") == ["Olive Officer", "Bea", "Ali"]
    assert names_in(office, sort="-since") == ["Ali", "Bea", "Olive Officer"]
    assert names_in(office, sort="role") == ["Bea", "Ali", "Olive Officer"]
    assert names_in(office, sort="nonsense") == ["Ali", "Bea", "Olive Officer"]
    assert names_in(office, search="anima") == ["Bea"]
    assert names_in(office, search="OLIVE@") == ["Olive Officer"]
    assert names_in(office, role="evaluator") == ["Ali"]
    assert "Nobody matches" in shown(office, TEAM, search="nobody of that name")


def test_the_list_is_paged_by_twenty_five(bridge, office):
    for number in range(25):
        RoleFactory(programme=bridge, person__name=f"Aaron {number:02}")

    assert len(names_in(office)) == 25
    assert names_in(office, page=2) == ["Olive Officer"]


def test_the_list_as_a_table_holds_what_was_asked_and_no_formula(bridge, office):
    person = PersonFactory(name="=2+2", email="eve@example.org")
    RoleFactory(programme=bridge, person=person, kind=RoleKind.EVALUATOR)

    rows = table_of(office.get(TEAM, {"export": "csv", "role": "evaluator"}))

    assert rows == [
        ["person", "e-mail", "role", "partner", "since"],
        ["'=2+2", "eve@example.org", "evaluator", "", "2026-11-01T09:00:00+00:00"],
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(bridge, office, rows):
    for _number in range(rows):
        partner = PartnerFactory(programme=bridge)
        RoleFactory(programme=bridge, partner=partner, kind=RoleKind.DECIDER)

    assert queries_of(office, TEAM) == 7


def test_a_role_is_given_to_somebody_registered(bridge, officer, office):
    ada = PersonFactory(name="Ada Example", email="ada@example.org")

    answer = office.post(GIVE, {"email": "Ada@example.org", "kind": "evaluator"}, follow=True)

    assert answer.redirect_chain == [(TEAM, 302)]
    assert "Ada Example has a new role: Evaluator" in answer.content.decode()
    assert ("ada@example.org", "evaluator", None) in held()
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject, entry.by_id) == ("role.given", "bridge", officer.person_id)
    assert entry.data == {"person": ada.pk, "kind": "evaluator", "partner": ""}


@pytest.mark.parametrize("kind", [RoleKind.DECIDER, RoleKind.PARTNER])
def test_deciders_and_partners_act_for_a_partner(bridge, office, kind):
    PartnerFactory(programme=bridge, code="anima")
    PersonFactory(email="ada@example.org")

    answer = office.post(GIVE, {"email": "ada@example.org", "kind": kind, "partner": "anima"})

    assert answer.status_code == 302
    assert ("ada@example.org", str(kind), "anima") in held()


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        pytest.param(
            {"email": "bob@example.org", "kind": "observer"},
            "E-mail address: Nobody is registered with this e-mail address. Ask the person to "
            "sign up first, with exactly this address, and to confirm it; then try again.",
            id="nobody registered",
        ),
        pytest.param(
            {"email": "new@example.org", "kind": "observer"},
            "E-mail address: Somebody signed up with this e-mail address but never confirmed it.",
            id="not confirmed",
        ),
        pytest.param({"kind": "observer"}, "E-mail address: This field", id="no address"),
        pytest.param({"email": "ada@example.org"}, "Role: This field", id="no role"),
        pytest.param(
            {"email": "ada@example.org", "kind": "king"},
            "Role: Select a valid",
            id="no such role",
        ),
        pytest.param(
            {"email": "ada@example.org", "kind": "partner"},
            "For which partner: Choose the partner for which this person acts.",
            id="a partner without a partner",
        ),
        pytest.param(
            {"email": "ada@example.org", "kind": "officer", "partner": "anima"},
            "For which partner: Only deciders and partners act for a partner.",
            id="an officer for a partner",
        ),
        pytest.param(
            {"email": "ada@example.org", "kind": "partner", "partner": "sea"},
            "For which partner: Select a valid choice.",
            id="a partner of nobody",
        ),
        pytest.param(
            {"email": "olive@example.org", "kind": "officer"},
            "Role: This person has this role already.",
            id="twice",
        ),
    ],
)
def test_what_cannot_be_given_is_said_with_its_remedy(bridge, office, typed, complaint):
    PartnerFactory(programme=bridge, code="anima")
    PersonFactory(email="ada@example.org")
    PersonFactory(email="new@example.org", address=False)
    before = held()

    answer = office.post(GIVE, typed)

    text = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    assert answer.status_code == 422
    assert complaint in text
    assert (held(), Entry.objects.count()) == (before, 0)


def test_an_officer_does_not_make_herself_a_decider(bridge, office):
    before = held()

    answer = office.post(GIVE, {"email": "olive@example.org", "kind": "decider"})

    assert answer.status_code == 422
    assert "Nobody makes themselves a decider." in answer.content.decode()
    assert held() == before


def test_roles_are_given_and_taken_by_somebody_who_is_surely_there(bridge, officer):
    PersonFactory(email="ada@example.org")
    then = timezone.now() - timedelta(minutes=6)
    stale = enter(Client(), officer.person, method="mfa", at=then)
    before = held()

    answers = [
        stale.post(GIVE, {"email": "ada@example.org", "kind": "decider"}),
        stale.post(take(officer)),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert all("/reauthenticate/" in answer.headers["Location"] for answer in answers)
    assert held() == before


def test_taking_a_role_away_is_asked_once(bridge, officer, office):
    role = RoleFactory(programme=bridge, kind=RoleKind.EVALUATOR, person__name="Eve Example")

    asked = shown(office, take(role))
    still = Role.objects.get(pk=role.pk).until
    answer = office.post(take(role))

    assert "Take this role away?" in asked
    assert "Eve Example" in asked
    assert still is None
    assert answer.headers["Location"] == TEAM
    assert Role.objects.get(pk=role.pk).until is not None
    entry = Entry.objects.get()
    assert (entry.verb, entry.by_id) == ("role.taken-away", officer.person_id)
    assert office.get(take(role)).status_code == 404


def test_the_last_officer_stays_and_the_page_says_why(officer, office):
    answer = office.post(take(officer))

    assert answer.status_code == 422
    assert "Make somebody else an officer first." in answer.content.decode()
    assert Role.objects.get(pk=officer.pk).until is None


def test_an_officer_who_goes_is_led_to_the_own_desk(bridge, officer, office):
    RoleFactory(programme=bridge)

    answer = office.post(take(officer))

    assert answer.headers["Location"] == "/en/home/"
    assert office.get(TEAM).status_code == 404


def test_a_role_of_another_programme_is_not_taken_from_here(office):
    other = RoleFactory()

    assert office.get(take(other)).status_code == 404
    assert office.post(take(other)).status_code == 404
    assert Role.objects.get(pk=other.pk).until is None


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind != RoleKind.OFFICER])
def test_others_of_the_programme_may_not_touch_the_team(bridge, officer, kind):
    client = browser_of(RoleFactory(programme=bridge, kind=kind).person)

    answers = [client.get(TEAM), client.post(GIVE), client.post(take(officer))]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_strangers_learn_nothing_of_a_team(officer):
    client = browser_of(RoleFactory().person)

    answers = [client.get(TEAM), client.post(GIVE), client.get(take(officer))]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.get("/en/programmes/nowhere/team/").status_code == 404


def test_an_officer_with_one_factor_is_led_to_the_second(officer):
    client = browser_of(officer.person, method="password")

    answers = [client.get(TEAM), client.post(GIVE), client.post(take(officer))]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert Role.objects.get(pk=officer.pk).until is None


def test_giving_is_only_posted(office):
    assert office.get(GIVE).status_code == 405
