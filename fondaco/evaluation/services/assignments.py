"""Giving files to evaluators, and taking them back."""

from datetime import date, datetime

from django.db import transaction

from fondaco.applications.models import Application
from fondaco.applications.selectors import locked_application
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.selectors import locked_call
from fondaco.directory.models import Person
from fondaco.evaluation.models import Assignment, Decision
from fondaco.evaluation.rules.assignment import Spread, spread
from fondaco.evaluation.rules.conflicts import Tie
from fondaco.evaluation.selectors.decisions import call_of, is_being_decided
from fondaco.evaluation.selectors.files import (
    assignment_between,
    locked_assignment,
    open_assignments,
    released_for,
)
from fondaco.evaluation.selectors.panel import (
    application_ids,
    conflicts_among,
    live_count,
    seat_of,
    spread_facts,
)
from fondaco.evaluation.states import ASSIGNMENT_TABLE, AssignmentAction, AssignmentState
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import target_of
from fondaco.trail import services as trail


def tell(
    verb: str, application: Application, *, by_id: int | None, at: datetime, **data: object
) -> None:
    """Record under a subject of its own: the application's story is read by its applicant."""
    trail.record(
        verb,
        subject=f"evaluation-{application.code}",
        programme=application.call.programme.code,
        by_id=by_id,
        at=at,
        **data,
    )


def move(assignment: Assignment, action: AssignmentAction) -> None:
    """Write where the action leads; raises `MoveRefused` where it may not start."""
    assignment.state = target_of(ASSIGNMENT_TABLE, action, assignment.state)


def _refusals(application: Application, person_id: int) -> list[str]:
    """Everything that speaks against giving the file to this person."""
    call: Call = application.call
    seat = seat_of(call.pk, person_id)
    tied = conflicts_among(call, [person_id], [application]).get((application.pk, person_id), ())
    is_full = bool(seat and seat.most is not None and live_count(call, person_id) >= seat.most)
    failed = {
        "not-seated": seat is None,
        "not-eligible": application.state != State.ELIGIBLE,
        "decided-already": is_being_decided(application.pk),
        "load-full": is_full,
    }
    return [*(why for why, is_so in failed.items() if is_so), *(tie.value for tie in tied)]


@transaction.atomic
def assign_evaluator(
    application_id: int,
    *,
    person_id: int,
    due_on: date | None = None,
    by: Person,
    at: datetime,
) -> Assignment:
    """Give a file to an evaluator of the panel.

    The call is locked, so that nobody leaves the panel meanwhile or is given more than they take.
    Raises `Refused` with every reason: no seat, not eligible, full, tied, given back, there.
    """
    locked_call(call_of(application_id))
    return _given(application_id, person_id, due_on=due_on, by=by, at=at)


def _given(
    application_id: int, person_id: int, *, due_on: date | None, by: Person, at: datetime
) -> Assignment:
    application = locked_application(application_id)
    kept = assignment_between(application.pk, person_id)
    refusals = _refusals(application, person_id)
    if kept and kept.state == AssignmentState.CONFLICTED:
        refusals.append(Tie.DECLARED)
    elif kept and kept.state != AssignmentState.RELEASED:
        refusals.append("assigned-already")
    if refusals:
        raise Refused(*dict.fromkeys(refusals))
    if kept:
        move(kept, AssignmentAction.ASSIGN_AGAIN)
    given = kept or Assignment(application=application, evaluator_id=person_id)
    given.assigned_at, given.due_on = at, due_on
    given.save()
    tell("assignment.made", application, by_id=by.pk, at=at, evaluator=person_id, due_on=due_on)
    return given


def planned_spread(call: Call) -> Spread:
    """What the spread would do now; nothing is written."""
    return spread(*spread_facts(call))


@transaction.atomic
def spread_files(call_id: int, *, due_on: date | None = None, by: Person, at: datetime) -> Spread:
    """Give every file the evaluators it still needs, evenly; what could not be placed is told."""
    call = locked_call(call_id)
    plan = planned_spread(call)
    pks = application_ids(call)
    for code, evaluator in sorted(plan.pairs, key=lambda pair: (pks[pair[0]], int(pair[1]))):
        _given(pks[code], int(evaluator), due_on=due_on, by=by, at=at)
    return plan


@transaction.atomic
def release(
    pk: int, *, by_id: int | None, at: datetime, decision: Decision | None = None
) -> Assignment:
    """Take back a file on which nothing is locked, for a decision where one is proposed."""
    assignment = locked_assignment(pk)
    assignment.released_from = assignment.state
    move(assignment, AssignmentAction.RELEASE)
    assignment.released_for = decision
    assignment.save(update_fields=["state", "released_from", "released_for"])
    tell(
        "assignment.released",
        assignment.application,
        by_id=by_id,
        at=at,
        evaluator=assignment.evaluator_id,
    )
    return assignment


@transaction.atomic
def release_assignments(application: str, *, at: datetime, decision: Decision | None = None) -> int:
    """Take back every file of an application that is not locked; locked marks are kept."""
    pks = list(open_assignments(application).values_list("pk", flat=True))
    for pk in pks:
        release(pk, by_id=None, at=at, decision=decision)
    return len(pks)


@transaction.atomic
def give_back(decision: Decision, *, at: datetime) -> int:
    """Give back what was taken back for a decision that is given up; how many files.

    Each evaluator has the file as it was; who left the panel meanwhile does not get it.
    """
    pks = released_for(decision)
    for pk in pks:
        assignment = locked_assignment(pk)
        move(assignment, AssignmentAction.ASSIGN_AGAIN)
        if assignment.released_from == AssignmentState.ACCEPTED:
            move(assignment, AssignmentAction.ACCEPT)
        assignment.released_for, assignment.released_from = None, ""
        assignment.save(update_fields=["state", "released_for", "released_from"])
        file, evaluator = assignment.application, assignment.evaluator_id
        tell("assignment.given-back", file, by_id=None, at=at, evaluator=evaluator)
    return len(pks)


@transaction.atomic
def accept_assignment(pk: int, *, by: Person, at: datetime) -> Assignment:
    """The evaluator declares to have no conflict; only now does the file open.

    Raises `Refused` with the ties that are known here all the same.
    """
    assignment = locked_assignment(pk)
    application = assignment.application
    tied = conflicts_among(application.call, [by.pk], [application])
    if found := tied.get((application.pk, by.pk)):
        raise Refused(*(tie.value for tie in found))
    move(assignment, AssignmentAction.ACCEPT)
    assignment.save(update_fields=["state"])
    tell("assignment.accepted", application, by_id=by.pk, at=at)
    return assignment


@transaction.atomic
def declare_conflict(pk: int, *, why: str, by: Person, at: datetime) -> Assignment:
    """The evaluator gives the file back for a conflict, with the reason."""
    if not why.strip():
        raise Refused("reason-needed")
    assignment = locked_assignment(pk)
    move(assignment, AssignmentAction.DECLARE_CONFLICT)
    assignment.conflict_why = why.strip()
    assignment.save(update_fields=["state", "conflict_why"])
    tell("assignment.conflict-declared", assignment.application, by_id=by.pk, at=at)
    return assignment


@transaction.atomic
def reopen_assignment(pk: int, *, why: str, by: Person, at: datetime) -> Assignment:
    """Unlock a file with a reason, as long as nothing is decided or proposed."""
    assignment = locked_assignment(pk)
    if not why.strip():
        raise Refused("reason-needed")
    if is_being_decided(assignment.application_id):
        raise Refused("decided-already")
    move(assignment, AssignmentAction.REOPEN)
    assignment.locked_at, assignment.reopened_why = None, why.strip()
    assignment.save(update_fields=["state", "locked_at", "reopened_why"])
    tell(
        "assignment.reopened",
        assignment.application,
        by_id=by.pk,
        at=at,
        evaluator=assignment.evaluator_id,
    )
    return assignment
