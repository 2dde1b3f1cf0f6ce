"""Who may do what: role by state by purpose, and a stranger."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.applications import access
from fondaco.applications.access import Purpose, application_for, call_for_office
from fondaco.applications.states import State
from fondaco.programmes.access import SecondFactorNeeded
from fondaco.programmes.states import RoleKind
from tests.factories.applications import ApplicationFactory, colleague_of, officer_of, open_call
from tests.factories.directory import AT, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db
YES, NO, NOTHING = "yes", "403", "404"
WRITES = {Purpose.READ, Purpose.EDIT, Purpose.SUBMIT, Purpose.WITHDRAW}
SENT = [State.SUBMITTED, State.COMPLETION, State.ELIGIBLE, State.INELIGIBLE, State.WITHDRAWN]


def answer(person, application, purpose):
    try:
        application_for(person, application.code, to=purpose)
    except Http404:
        return NOTHING
    except PermissionDenied:
        return NO
    return YES


def application_in(state):
    more = {"submitted_at": None if state == State.DRAFT else AT}
    if state == State.COMPLETION:
        more["asked_until"] = AT
    return ApplicationFactory(state=state, **more)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_colleagues_do_everything_but_assess(state, purpose):
    application = application_in(state)
    colleague = colleague_of(application.organisation)

    wanted = NO if purpose in {Purpose.ASSESS, Purpose.OVERSEE} else YES

    assert answer(colleague, application, purpose) == wanted


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("kind", list(RoleKind))
def test_the_programme_sees_what_was_sent_by_its_roles(state, purpose, kind):
    application = application_in(state)
    person = officer_of(application.call.programme, kind)
    office = kind in {RoleKind.OFFICER, RoleKind.DECIDER}
    wanted = NOTHING
    if state in SENT and office:
        reads = purpose in {Purpose.READ_SENT, Purpose.OVERSEE}
        wanted = YES if reads or (purpose, kind) == (Purpose.ASSESS, RoleKind.OFFICER) else NO

    assert answer(person, application, purpose) == wanted


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_stranger_learns_nothing(state, purpose):
    application = application_in(state)
    officer_elsewhere = officer_of(open_call().programme)
    former = PostFactory(organisation=application.organisation, until=AT).person

    found = {
        answer(who, application, purpose) for who in (PersonFactory(), officer_elsewhere, former)
    }

    assert found == {NOTHING}


def test_a_guessed_code_and_another_call_are_nowhere():
    application = ApplicationFactory()
    colleague = colleague_of(application.organisation)

    with pytest.raises(Http404):
        application_for(colleague, "bc-nothing", to=Purpose.READ)
    with pytest.raises(Http404):
        application_for(colleague, application.code, to=Purpose.READ, call="other")
    assert application_for(colleague, application.code, to=Purpose.READ, call=application.call.code)


def test_an_officer_without_a_second_factor_is_asked_for_it():
    application = ApplicationFactory(sent=True)
    officer = officer_of(application.call.programme)
    officer.is_confirmed_twice = False

    with pytest.raises(SecondFactorNeeded):
        application_for(officer, application.code, to=Purpose.ASSESS)


def test_a_slice_above_can_let_more_people_read(monkeypatch):
    monkeypatch.setattr(access, "_READERS", [])
    application, evaluator = ApplicationFactory(sent=True), PersonFactory()

    @access.also_reads_sent
    def assigned(person, asked):
        return (person, asked) == (evaluator, application)

    access.also_reads_sent(assigned)

    assert answer(evaluator, application, Purpose.READ_SENT) == YES
    assert answer(evaluator, application, Purpose.READ) == NOTHING
    assert answer(PersonFactory(), application, Purpose.READ_SENT) == NOTHING
    assert len(access._READERS) == 1


def test_the_office_of_a_call_is_for_its_officers():
    call = open_call()

    assert call_for_office(officer_of(call.programme), call.code) == call
    with pytest.raises(Http404):
        call_for_office(PersonFactory(), call.code)
    with pytest.raises(Http404):
        call_for_office(PersonFactory(), "nothing")
    with pytest.raises(PermissionDenied):
        call_for_office(officer_of(call.programme, RoleKind.OBSERVER), call.code)


@pytest.mark.parametrize("is_told", [True, False])
def test_what_follows_an_award_is_in_the_applicants_story_only_after_the_letter(
    is_told, monkeypatch
):
    monkeypatch.setattr(access, "_TOLD", [lambda application: is_told])
    application = ApplicationFactory(sent=True)
    ours = access.may_read_story(colleague_of(application.organisation), application.code)
    theirs = access.may_read_story(officer_of(application.call.programme), application.code)

    for verb in ("membership.begun", "place.given", "profile.accepted"):
        assert ours.shows(verb) == is_told
        assert theirs.shows(verb)
    assert not ours.shows("decision.confirmed")


def test_the_story_of_an_application_is_read_by_both_sides_each_its_part():
    application, draft = ApplicationFactory(sent=True), ApplicationFactory()
    colleague = colleague_of(application.organisation)
    officer = officer_of(application.call.programme)

    ours = access.may_read_story(colleague, application.code)
    theirs = access.may_read_story(officer, application.code)

    assert (ours.shows_people, ours.shows("application.overruled")) == (False, False)
    assert ours.shows("application.admitted")
    assert theirs.shows_people
    assert access.may_read_story(officer, "L-nothing") is None
    assert access.may_read_story(AnonymousUser(), application.code) is None
    with pytest.raises(Http404):
        access.may_read_story(officer_of(draft.call.programme), draft.code)
    with pytest.raises(Http404):
        access.may_read_story(PersonFactory(), application.code)
