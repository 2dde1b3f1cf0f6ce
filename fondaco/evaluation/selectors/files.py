"""Reading an evaluator's files: what was assigned, what was marked, what is read."""

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from fondaco.applications.models import Application
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.states import Scale
from fondaco.directory.models import Person
from fondaco.evaluation.models import Approval, Assignment, Decision, Mark, PanelSeat, Redress
from fondaco.evaluation.rules.marks import CriterionTerms, Grid, Marked
from fondaco.evaluation.states import LIVE, AssignmentState
from fondaco.kernel.plain import fingerprint
from fondaco.programmes.access import roles_of
from fondaco.programmes.states import RoleKind

_ORDER = (AssignmentState.ACCEPTED, AssignmentState.ASSIGNED, AssignmentState.LOCKED)


def files_of(evaluator: Person) -> QuerySet[Assignment]:
    """An evaluator's files: those in work first, those to be accepted, then the locked ones."""
    programmes = roles_of(evaluator).filter(kind=RoleKind.EVALUATOR).values("programme_id")
    rank = Case(
        *(When(state=state, then=Value(number)) for number, state in enumerate(_ORDER)),
        default=Value(len(_ORDER)),
        output_field=IntegerField(),
    )
    return (
        Assignment.objects.filter(
            evaluator_id=evaluator.pk,
            state__in=list(LIVE),
            application__call__programme_id__in=programmes,
        )
        .select_related("application__organisation", "application__call__programme")
        .annotate(rank=rank)
        .order_by("rank", F("due_on").asc(nulls_last=True), "application__code")
    )


def locked_assignment(pk: int) -> Assignment:
    """For services only: the assignment is ours until the end, and before it its application.

    That is the order in which everybody locks: a proposal has the application when it takes back
    what is not locked.
    """
    Application.objects.select_for_update(of=("self",)).filter(assignments=pk).first()
    rows = Assignment.objects.select_for_update(of=("self",))
    return rows.select_related("application__call__programme", "evaluator").get(pk=pk)


def assignment_between(application_id: int, evaluator_id: int) -> Assignment | None:
    """The row of this pair, in whatever state."""
    return Assignment.objects.filter(
        application_id=application_id, evaluator_id=evaluator_id
    ).first()


def open_assignments(application: str) -> QuerySet[Assignment]:
    """The assignments of an application on which nothing is locked yet, in the order of locking."""
    states = [AssignmentState.ASSIGNED, AssignmentState.ACCEPTED]
    return Assignment.objects.filter(application__code=application, state__in=states).order_by("pk")


def released_for(decision: Decision) -> list[int]:
    """The files taken back for a decision whose evaluators still sit on the panel, in order."""
    seated = PanelSeat.objects.filter(call_id=decision.call_id, until__isnull=True)
    rows = Assignment.objects.filter(
        released_for=decision,
        state=AssignmentState.RELEASED,
        application__state=State.ELIGIBLE,
        evaluator_id__in=seated.values("person_id"),
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def open_assignments_on_panel(call_id: int, evaluator_id: int) -> QuerySet[Assignment]:
    """What an evaluator has not locked yet in a call."""
    states = [AssignmentState.ASSIGNED, AssignmentState.ACCEPTED]
    return Assignment.objects.filter(
        application__call_id=call_id, evaluator_id=evaluator_id, state__in=states
    ).order_by("pk")


def grid_of(call: Call) -> Grid:
    """The grid of the call as the rules read it."""
    return Grid(
        scale=Scale(call.scale),
        step=call.mark_step,
        criteria=tuple(
            CriterionTerms(line.code, line.points, line.weight, line.threshold)
            for line in call.criteria.all()
        ),
    )


def marks_of(assignment: Assignment) -> dict[str, Marked]:
    """What the evaluator kept so far, by criterion."""
    return {mark.criterion: Marked(mark.value, mark.comment) for mark in assignment.marks.all()}


def anonymous_order(assignment: Assignment) -> str:
    """An order of evaluators that tells nothing of who they are or when they were chosen."""
    return fingerprint([assignment.application_id, assignment.pk])


def told_about(person_id: int) -> dict[str, object]:
    """What this slice keeps about a person, as plain values."""
    assigned = Assignment.objects.filter(evaluator_id=person_id).order_by("pk")
    return {
        "panels": list(
            PanelSeat.objects.filter(person_id=person_id)
            .order_by("pk")
            .values("call__code", "since", "until", "most")
        ),
        "files": list(
            assigned.values(
                "application__code", "state", "assigned_at", "locked_at", "conflict_why", "comment"
            )
        ),
        "marks": list(
            Mark.objects.filter(assignment__evaluator_id=person_id)
            .order_by("pk")
            .values("assignment__application__code", "criterion", "value", "comment")
        ),
        "yeses": list(
            Approval.objects.filter(person_id=person_id)
            .order_by("pk")
            .values("decision__code", "at")
        ),
        "redress": list(
            Redress.objects.filter(Q(asked_by_id=person_id) | Q(answered_by_id=person_id))
            .order_by("pk")
            .values("code", "ground", "text", "reasons", "state", "asked_at", "closed_at")
        ),
    }
