"""Role by state by action; strangers; guessed addresses; marks never too early."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.applications.states import State
from fondaco.directory.access import SecondFactorNeeded
from fondaco.evaluation import access
from fondaco.evaluation.access import DeskAction, OfficeAction
from fondaco.evaluation.states import AssignmentState
from fondaco.programmes.states import RoleKind
from tests.factories import evaluation as made
from tests.factories.applications import ApplicationFactory
from tests.factories.directory import AT, PostFactory
from tests.factories.documents import UploadFactory

pytestmark = pytest.mark.django_db
OA, D = OfficeAction, DeskAction
OFFICER_ALONE = {OA.SEE_PANEL, OA.SEAT, OA.ASSIGN, OA.REOPEN, OA.RANK, OA.DRAW, OA.INVITE}
FOR_BOTH = {OA.SEE_RANKING, OA.PROPOSE, OA.SEE_DECISIONS, OA.APPROVE, OA.DROP}
FOR_BOTH |= {OA.SEE_REDRESS, OA.ANSWER_REDRESS, OA.SEE_DRAW}
MAY = {RoleKind.OFFICER: OFFICER_ALONE | FOR_BOTH, RoleKind.DECIDER: FOR_BOTH}


def answer(act, *args, **kwargs):
    """`yes`, `no` (403) or `nothing` (404)."""
    try:
        act(*args, **kwargs)
    except Http404:
        return "nothing"
    except PermissionDenied:
        return "no"
    return "yes"


@pytest.mark.parametrize(("kind", "action"), list(itertools.product(RoleKind, OfficeAction)))
def test_every_role_and_every_action(kind, action):
    call = made.graded_call()
    person = made.with_role(call.programme, kind)

    expected = "yes" if action in MAY.get(kind, set()) else "no"

    assert answer(access.call_for, person, call.code, to=action) == expected
    assert access.can(person, action, call) == (expected == "yes")


@pytest.mark.parametrize("action", OfficeAction)
def test_a_stranger_an_applicant_and_another_programme_find_nothing(action):
    call = made.graded_call()
    applicant = made.sent(call).started_by
    elsewhere = made.officer_of(made.graded_call())

    for person in (made.person_of(), applicant, elsewhere):
        assert answer(access.call_for, person, call.code, to=action) == "nothing"


def test_officers_act_only_with_a_second_factor():
    call = made.graded_call()
    officer = made.officer_of(call)
    officer.is_confirmed_twice = False

    with pytest.raises(SecondFactorNeeded):
        access.call_for(officer, call.code, to=OfficeAction.SEE_PANEL)


S = AssignmentState
DESK = {
    D.SEE: {S.ASSIGNED, S.ACCEPTED, S.LOCKED},
    D.ANSWER: {S.ASSIGNED},
    D.DECLARE: {S.ASSIGNED, S.ACCEPTED},
    D.READ: {S.ACCEPTED, S.LOCKED},
    D.MARK: {S.ACCEPTED},
    D.LOCK: {S.ACCEPTED},
}


@pytest.mark.parametrize(("action", "state"), list(itertools.product(DeskAction, AssignmentState)))
def test_what_an_evaluator_may_do_in_every_state(action, state):
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.sent(call)
    made.assigned(file, person, state=state)

    expected = "yes" if state in DESK[action] else "no"

    assert answer(access.file_for, person, file.code, to=action) == expected


@pytest.mark.parametrize("action", DeskAction)
def test_the_file_of_an_evaluator_is_nobody_elses(action):
    call = made.graded_call()
    file = made.sent(call)
    made.assigned(file, made.evaluator_on(call), state="accepted")
    others = [
        made.person_of(),
        file.started_by,
        made.officer_of(call),
        made.decider_of(call),
        made.evaluator_on(call),
        made.with_role(call.programme, RoleKind.OBSERVER),
    ]

    assert {answer(access.file_for, one, file.code, to=action) for one in others} == {"nothing"}


def test_a_role_taken_away_closes_the_file():
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.sent(call)
    made.assigned(file, person, state="accepted")
    person.roles.update(until=AT)

    assert answer(access.file_for, person, file.code, to=DeskAction.READ) == "nothing"


def test_attachments_open_after_acceptance_and_only_those_that_were_submitted():
    call = made.graded_call()
    person = made.evaluator_on(call)
    named = UploadFactory.create(code="named", owner="pending")
    file = made.sent(call, files={"annex": {"code": named.code}})
    named.owner = file.code
    named.save()
    UploadFactory(code="later", owner=file.code)
    assignment = made.assigned(file, person)

    def opens(code, who=person):
        return answer(access.attachment_for, who, file.code, code)

    assert opens("named") == "no"
    assignment.state = AssignmentState.ACCEPTED
    assignment.save()
    assert (opens("named"), opens("later"), opens("none")) == ("yes", "nothing", "nothing")
    assert opens("named", made.evaluator_on(call)) == "nothing"


def test_guessed_addresses_of_another_call_find_nothing():
    call, other = made.graded_call(), made.graded_call()
    officer = made.officer_of(call)
    file = made.sent(other)
    foreign = made.assigned(file, made.evaluator_on(other))
    decision = made.decided(file).decision

    assert answer(access.ranking_for, officer, call.code, 1) == "nothing"
    for act in (
        lambda: access.assignment_in(officer, call.code, foreign.pk, to=OA.ASSIGN),
        lambda: access.application_in(officer, call.code, file.code, to=OA.ASSIGN),
        lambda: access.decision_for(officer, call.code, decision.code, to=OA.SEE_DECISIONS),
        lambda: access.call_for(officer, "no-such-call", to=OA.SEE_PANEL),
    ):
        assert answer(act) == "nothing"


@pytest.mark.parametrize("more", [{"state": State.DRAFT}, {"submitted_at": None}])
def test_an_application_that_was_not_sent_is_not_there(more):
    call = made.graded_call()
    officer = made.officer_of(call)
    file = ApplicationFactory(call=call, **{"state": State.WITHDRAWN, "submitted_at": AT} | more)

    found = answer(access.application_in, officer, call.code, file.code, to=OA.PROPOSE)

    assert found == "nothing"


def test_working_for_the_applicant_opens_no_evaluation():
    call = made.graded_call()
    file = made.sent(call)
    person = PostFactory(person=made.person_of(), organisation=file.organisation).person

    assert answer(access.file_for, person, file.code, to=DeskAction.SEE) == "nothing"
