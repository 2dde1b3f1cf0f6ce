"""What decisions have made: members and profiles of a programme, and what somebody holds."""

from datetime import timedelta

import pytest

from fondaco.applications.services.sending import withdraw_application
from fondaco.evaluation.services.decisions import propose_single_decision
from fondaco.evaluation.states import Group
from fondaco.membership.models import Membership
from fondaco.membership.services import begin_memberships
from fondaco.programmes.states import RoleKind
from fondaco.trail.services import hear_all
from tests.desks.pages import browser_of, queries_of, table_of
from tests.factories import evaluation as made
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory
from tests.factories.documents import UploadFactory
from tests.factories.exchanges import exchange_call, profile
from tests.factories.membership import letter_call, membership
from tests.factories.training import course, place

pytestmark = pytest.mark.django_db
OWN, HOME = "/en/held/", "/en/home/"


@pytest.fixture
def firm():
    return OrganisationFactory(name="Invented Firm")


@pytest.fixture
def colleague(firm):
    return browser_of(PostFactory(organisation=firm).person)


@pytest.fixture
def call():
    """A call for members of the cluster of its partner."""
    call = letter_call(code="joining", title={"en": "Joining"})
    call.partner = made.partner_of(call, "leader")
    call.save()
    return call


@pytest.fixture
def joined(call, firm):
    """The firm belongs to the cluster, and was told so."""
    outcome = made.told(made.sent(call, code="jc-1", organisation=firm), Group.AWARDED)
    begin_memberships(outcome.decision.code, at=AT)
    return Membership.objects.get()


def shown(client, path):
    """The page as it was sent."""
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def officer(call):
    return browser_of(made.officer_of(call))


def shelf(call, name="members"):
    return f"/en/programmes/{call.programme.code}/{name}/"


def page_of(kept, name="members"):
    return f"/en/{name}/{kept.pk}/"


# A membership


def test_its_page_says_what_it_is_since_when_and_from_where(call, joined):
    text = shown(officer(call), page_of(joined))
    decision = joined.outcome.decision.code

    assert joined.bond.cluster.name in text
    assert "1 November 2026" in text
    assert "No end is set." in text
    assert "How it ended" not in text
    for path in ("applications/jc-1/admission/", f"decisions/{decision}/"):
        assert path in text
    assert f"/en/story/membership-{joined.pk}/" in text


def test_whoever_has_it_sees_the_same_page_with_ways_of_their_own(colleague, joined):
    text = shown(colleague, page_of(joined))

    assert "/en/calls/joining/applications/jc-1/" in text
    assert "admission" not in text
    assert 'href="/en/held/"' in text


def test_it_says_how_it_ended_when_the_application_was_withdrawn(call, firm):
    file = made.sent(call, organisation=firm)
    propose_single_decision(file.pk, group=Group.AWARDED, by=made.officer_of(call), at=AT)
    hear_all(at=AT)
    withdraw_application(file.pk, why="We left.", by=file.started_by, at=AT + timedelta(days=3))
    hear_all(at=AT + timedelta(days=3))

    text = shown(officer(call), page_of(Membership.objects.get()))

    assert "4 November 2026" in text
    assert "The application behind it was withdrawn." in text


def test_it_says_so_when_its_bond_or_its_decision_ended(call, joined, firm):
    joined.bond.until = AT.date()
    joined.bond.save()
    by_bond = shown(officer(call), page_of(joined))
    membership = Membership.objects.filter(pk=joined.pk)
    membership.update(ended_at=AT)
    made.asked(joined.outcome, state="upheld", closed_at=AT, answered_by=PersonFactory())
    by_redress = shown(officer(call), page_of(joined))

    assert "The bond to the cluster was ended in the directory." in by_bond
    assert "opened again after a request for redress" in by_redress


def test_before_its_letter_nobody_who_has_it_finds_it(call, firm, colleague):
    untold = membership(call, organisation=firm)

    assert colleague.get(page_of(untold)).status_code == 404
    assert colleague.get(f"/en/story/membership-{untold.pk}/").status_code == 404
    assert officer(call).get(page_of(untold)).status_code == 200


def test_what_is_not_there_is_not_found(call, joined):
    client = officer(call)

    for path in ("/en/members/0/", "/en/profiles/0/", "/en/places/0/"):
        assert client.get(path).status_code == 404
    for subject in ("membership-0", "profile-0", "place-0", "membership-x", "profile-x"):
        assert client.get(f"/en/story/{subject}/").status_code == 404


def test_its_story_tells_how_it_came_about(call, joined, colleague):
    path = f"/en/story/membership-{joined.pk}/"

    assert "The membership began" in shown(officer(call), path)
    assert "The membership began" in shown(colleague, path)


# A profile and a place


def test_a_profile_has_a_page_and_a_story(firm, colleague):
    call = exchange_call(title={"en": "Hosts"})
    kept = profile(call, organisation=firm, closed_at=AT + timedelta(days=1))
    made.tell_of(kept.outcome)

    text = shown(officer(call), page_of(kept, "profiles"))

    assert "2 November 2026" in text
    assert shown(colleague, page_of(kept, "profiles"))
    assert colleague.get(f"/en/story/profile-{kept.pk}/").status_code == 200


def test_a_place_says_who_has_it_and_when_the_course_was_completed(firm, colleague):
    call = course(title={"en": "Knots"})
    person = PersonFactory(name="Ines Invented")
    done = {"completed_on": AT.date(), "proof": UploadFactory(), "marked_at": AT}
    kept = place(call, person, file=made.sent(call, organisation=firm), **done)
    made.tell_of(kept.outcome)

    of_office = shown(officer(call), page_of(kept, "places"))
    own = shown(colleague, page_of(kept, "places"))
    elsewhere = shown(browser_of(person), page_of(kept, "places"))

    proof = f"/en/calls/{call.code}/places/{kept.pk}/proof/"
    assert [proof in text for text in (of_office, own, elsewhere)] == [True, False, False]
    assert all("Ines Invented" in text for text in (of_office, own, elsewhere))
    assert f"/en/calls/{call.code}/applications/" not in elsewhere


def test_a_freed_place_has_ended(firm):
    call = course()
    kept = place(call, file=made.sent(call, organisation=firm), freed_at=AT)

    assert "Ended" in shown(officer(call), page_of(kept, "places"))


# The lists


def test_the_list_of_members_shows_all_and_filters_by_call_and_standing(call, joined):
    membership(call, organisation=OrganisationFactory(name="Left Long Ago"), ended_at=AT)
    other = letter_call(code="other", programme=call.programme)
    membership(other, organisation=OrganisationFactory(name="By Another Call"))
    client = officer(call)

    def names(**asked):
        text = client.get(shelf(call), asked).content.decode()
        return [name for name in ("Invented", "Left Long", "By Another") if name in text]

    assert names() == ["Invented", "Left Long", "By Another"]
    assert names(call="other") == ["By Another"]
    assert names(call="joining", state="stands") == ["Invented"]
    assert names(state="ended") == ["Left Long"]
    assert names(search="nothing of that name") == []


def test_the_list_is_carried_away_with_where_each_comes_from(call, joined):
    head, row = table_of(officer(call).get(shelf(call), {"export": "csv"}))

    assert dict(zip(head, row, strict=True)) == {
        "organisation": "Invented Firm",
        "country": joined.outcome.application.organisation.country,
        "application": "jc-1",
        "decision": joined.outcome.decision.code,
        "call": "joining",
        "since": "2026-11-01",
        "until": "",
        "state": "stands",
    }


def test_an_empty_list_says_when_something_comes(call):
    assert "A membership begins when" in shown(officer(call), shelf(call))
    assert "A profile is accepted when" in shown(officer(call), shelf(call, "profiles"))


@pytest.mark.parametrize("kind", [RoleKind.OBSERVER, RoleKind.PARTNER, RoleKind.EVALUATOR])
def test_the_lists_are_for_those_who_run_the_programme(call, kind):
    client = browser_of(made.with_role(call.programme, kind))

    assert client.get(shelf(call)).status_code == 403
    assert client.get(shelf(call, "profiles")).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_as_often_for_three_as_for_one(call, number):
    for _ in range(number):
        membership(call)
        profile(exchange_call(programme=call.programme))
    client = officer(call)

    assert queries_of(client, shelf(call)) == 6
    assert queries_of(client, shelf(call, "profiles")) == 6


# What somebody holds


def test_what_one_holds_stands_on_a_page_of_its_own_and_on_the_desk(joined, colleague):
    assert [page_of(joined) in shown(colleague, path) for path in (OWN, HOME)] == [True, True]
    assert OWN in shown(colleague, HOME)


def test_what_others_hold_or_one_was_not_told_of_does_not(call, firm, colleague, joined):
    membership(call, organisation=firm)
    made.tell_of(membership(call).outcome)

    assert colleague.get(OWN).context["list"].page.paginator.count == 1


def test_whoever_holds_nothing_is_told_when_something_comes(colleague):
    assert "Your organisations hold nothing yet" in shown(colleague, OWN)
    assert "What you hold" not in shown(colleague, HOME)
    assert "Your organisations hold nothing yet" in shown(browser_of(PersonFactory()), OWN)


def test_what_one_holds_is_filtered_by_what_it_is(firm, colleague, joined):
    made.tell_of(profile(exchange_call(), organisation=firm).outcome)

    def sorts(**asked):
        return sorted(one.sort for one in colleague.get(OWN, asked).context["list"].page)

    assert sorts() == ["membership", "profile"]
    assert sorts(kind="profile") == ["profile"]
    assert sorts(kind="place") == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(firm, colleague, number):
    for _ in range(number):
        call, visits, knots = letter_call(), exchange_call(), course()
        made.tell_of(membership(call, organisation=firm).outcome)
        made.tell_of(profile(visits, organisation=firm).outcome)
        made.tell_of(place(knots, file=made.sent(knots, organisation=firm)).outcome)

    assert queries_of(colleague, OWN) == 9
