"""What an evaluator keeps on a file, and the moment it is locked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from fondaco.directory.models import Person
from fondaco.evaluation.models import Assignment, Mark
from fondaco.evaluation.rules.marks import (
    CriterionTerms,
    Fault,
    Grid,
    fault_of,
    locking,
    number_of,
)
from fondaco.evaluation.selectors.decisions import is_being_decided
from fondaco.evaluation.selectors.files import grid_of, locked_assignment, marks_of
from fondaco.evaluation.services.assignments import move, tell
from fondaco.evaluation.states import AssignmentAction, AssignmentState
from fondaco.kernel.decisions import Refused, require
from fondaco.kernel.states import MoveRefused

LONGEST_COMMENT = 4000


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on one criterion; None leaves what is kept as it is."""

    value: str | None = None
    comment: str | None = None


@transaction.atomic
def save_marks(
    pk: int,
    *,
    typed: Mapping[str, Typed],
    comment: str | None = None,
    by: Person,
    at: datetime,
) -> dict[str, Fault]:
    """Keep what was typed, as often as it changes; what cannot be kept is told.

    These are marks off the scale and comments too long; the comment on the whole has no code.
    Raises `MoveRefused` where the file is not in work.
    """
    assignment = locked_assignment(pk)
    if assignment.state != AssignmentState.ACCEPTED or assignment.evaluator_id != by.pk:
        raise MoveRefused("mark", assignment.state)
    grid = grid_of(assignment.application.call)
    faults = {code: _keep(assignment, grid, code, said) for code, said in typed.items()}
    if comment is not None and len(comment) > LONGEST_COMMENT:
        faults[""] = Fault.COMMENT_TOO_LONG
    elif comment is not None:
        assignment.comment = comment
    assignment.edited_at = at
    assignment.save(update_fields=["comment", "edited_at"])
    return {code: fault for code, fault in faults.items() if fault}


def _keep(assignment: Assignment, grid: Grid, code: str, said: Typed) -> Fault | None:
    criterion = next((line for line in grid.criteria if line.code == code), None)
    if criterion is None:
        return None
    changed: dict[str, object] = {}
    fault = None
    if said.comment is not None and len(said.comment) > LONGEST_COMMENT:
        fault = Fault.COMMENT_TOO_LONG
    elif said.comment is not None:
        changed["comment"] = said.comment
    if said.value is not None:
        value, wrong = _read(said.value, grid, criterion)
        fault = wrong or fault
        changed |= {} if wrong else {"value": value}
    if changed:
        Mark.objects.update_or_create(assignment=assignment, criterion=code, defaults=changed)
    return fault


def _read(typed: str, grid: Grid, criterion: CriterionTerms) -> tuple[Decimal | None, Fault | None]:
    """The mark that was typed, and what is wrong with it."""
    try:
        value = number_of(typed)
    except ValueError:
        return None, Fault.NOT_A_NUMBER
    return value, None if value is None else fault_of(value, grid, criterion)


@transaction.atomic
def lock_assignment(pk: int, *, by: Person, at: datetime) -> Assignment:
    """Lock the marks of a file: from now on they count, and those who run the call see them.

    Raises `Refused` with every criterion that lacks something, or where a decision is proposed.
    """
    assignment = locked_assignment(pk)
    if assignment.evaluator_id != by.pk:
        raise MoveRefused(AssignmentAction.LOCK, assignment.state)
    if is_being_decided(assignment.application_id):
        raise Refused("decided-already")
    move(assignment, AssignmentAction.LOCK)
    require(locking(grid_of(assignment.application.call), marks_of(assignment)))
    assignment.locked_at = at
    assignment.save(update_fields=["state", "locked_at"])
    tell("assignment.locked", assignment.application, by_id=by.pk, at=at)
    return assignment
