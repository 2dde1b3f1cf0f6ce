"""From the proposal of a decision on nothing moves under it: no marks, no admission taken back."""

from datetime import timedelta

import pytest

from fondaco.applications.models import Application
from fondaco.applications.states import State
from fondaco.evaluation.services.decisions import (
    approve_decision,
    propose_decision,
    propose_single_decision,
)
from fondaco.evaluation.services.marks import lock_assignment
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.states import AssignmentState, DecisionState, Group
from fondaco.kernel.decisions import Refused
from fondaco.trail.models import Entry
from tests.factories import evaluation as made
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


def late_sheet(file, call):
    """A second evaluator's file with every mark, not locked yet."""
    evaluator = made.evaluator_on(call)
    sheet = made.assigned(file, evaluator, state=AssignmentState.ACCEPTED)
    return made.marked(sheet, relevance=30, quality=30)


def single_call(**more):
    given = {"experts": 0, "decided_by": "two", "support": "none", "total_cents": None}
    return made.graded_call(**given | {"amount_cents": None} | more)


def test_marks_are_not_locked_any_more_once_a_decision_is_proposed():
    call = made.graded_call()
    file = made.sent(call)
    made.decided(file)
    sheet = late_sheet(file, call)

    with pytest.raises(Refused) as refusal:
        lock_assignment(sheet.pk, by=sheet.evaluator, at=LATER)

    sheet.refresh_from_db()
    assert refusal.value.reasons == ("decided-already",)
    assert (sheet.state, sheet.locked_at) == (AssignmentState.ACCEPTED, None)


def test_a_proposal_takes_back_the_files_that_are_still_open():
    call = made.graded_call()
    file = made.sent(call)
    kept = made.locked(file, made.evaluator_on(call), relevance=48, quality=48)
    sheet = late_sheet(file, call)
    make_ranking(call.pk, by=made.officer_of(call), at=LATER)

    propose_decision(call.pk, by=made.officer_of(call), at=LATER)

    sheet.refresh_from_db()
    kept.refresh_from_db()
    assert (sheet.state, kept.state) == (AssignmentState.RELEASED, AssignmentState.LOCKED)
    released = Entry.objects.get(verb="assignment.released")
    assert released.subject == f"evaluation-{file.code}"


def test_a_single_proposal_takes_back_open_files_too():
    call = single_call()
    file = made.sent(call)
    sheet = late_sheet(file, call)

    propose_single_decision(file.pk, group=Group.AWARDED, by=made.officer_of(call), at=LATER)

    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.RELEASED


@pytest.mark.parametrize("group", [Group.AWARDED, Group.RESERVE])
@pytest.mark.parametrize("state", [State.SUBMITTED, State.COMPLETION, State.INELIGIBLE])
def test_what_is_not_admitted_any_more_stops_the_last_yes(group, state):
    call = single_call()
    file = made.sent(call)
    first, second = made.decider_of(call), made.decider_of(call)
    decision = propose_single_decision(file.pk, group=group, by=first, at=LATER)
    Application.objects.filter(pk=file.pk).update(state=state, asked_until=LATER)

    with pytest.raises(Refused) as refusal:
        approve_decision(decision.pk, by=second, at=LATER)

    decision.refresh_from_db()
    assert refusal.value.reasons == ("not-admitted",)
    assert (decision.state, decision.approvals.count()) == (DecisionState.PROPOSED, 1)


def test_a_no_is_confirmed_whatever_the_office_found_since():
    call = single_call()
    file = made.sent(call)
    first, second = made.decider_of(call), made.decider_of(call)
    decision = propose_single_decision(
        file.pk, group=Group.NOT_ELIGIBLE, why="Another country.", by=first, at=LATER
    )
    Application.objects.filter(pk=file.pk).update(state=State.INELIGIBLE)

    confirmed = approve_decision(decision.pk, by=second, at=LATER)

    assert confirmed.state == DecisionState.CONFIRMED
