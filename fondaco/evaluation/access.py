"""Who may do what in an evaluation: officers run it, deciders decide, evaluators see their files.

Marks that are not locked exist for their evaluator alone; no page, export or count here shows them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from fondaco.applications.access import is_applicant
from fondaco.applications.models import Application
from fondaco.applications.selectors import last_submission
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.documents.access import require_open
from fondaco.documents.models import Upload
from fondaco.documents.selectors import upload_named
from fondaco.evaluation import phrases
from fondaco.evaluation.models import Assignment, Decision, Outcome, Ranking, Redress
from fondaco.evaluation.rules.frozen import files_in
from fondaco.evaluation.states import OPENED, AssignmentState
from fondaco.programmes.access import has_role, is_awake, require_role, roles_of
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import About, Reading, full, within


class OfficeAction(StrEnum):
    """What can be done with the evaluation of a call."""

    SEE_PANEL = "see-panel"
    SEAT = "seat"
    ASSIGN = "assign"
    REOPEN = "reopen"
    RANK = "rank"
    SEE_RANKING = "see-ranking"
    PROPOSE = "propose"
    SEE_DECISIONS = "see-decisions"
    APPROVE = "approve"
    DROP = "drop"
    SEE_REDRESS = "see-redress"
    ANSWER_REDRESS = "answer-redress"
    SEE_DRAW = "see-draw"
    DRAW = "draw"
    INVITE = "invite"


class DeskAction(StrEnum):
    """What an evaluator can do with a file."""

    SEE = "see"
    ANSWER = "answer"
    DECLARE = "declare"
    READ = "read"
    MARK = "mark"
    LOCK = "lock"


OFFICE = frozenset({RoleKind.OFFICER})
DECIDING = frozenset({RoleKind.OFFICER, RoleKind.DECIDER})
ROLES: Mapping[OfficeAction, frozenset[RoleKind]] = {
    OfficeAction.SEE_PANEL: OFFICE,
    OfficeAction.SEAT: OFFICE,
    OfficeAction.ASSIGN: OFFICE,
    OfficeAction.REOPEN: OFFICE,
    OfficeAction.RANK: OFFICE,
    OfficeAction.SEE_RANKING: DECIDING,
    OfficeAction.PROPOSE: DECIDING,
    OfficeAction.SEE_DECISIONS: DECIDING,
    OfficeAction.APPROVE: DECIDING,
    OfficeAction.DROP: DECIDING,
    OfficeAction.SEE_REDRESS: DECIDING,
    OfficeAction.ANSWER_REDRESS: DECIDING,
    OfficeAction.SEE_DRAW: DECIDING,
    OfficeAction.DRAW: OFFICE,
    OfficeAction.INVITE: OFFICE,
}
STATES: Mapping[DeskAction, frozenset[AssignmentState]] = {
    DeskAction.SEE: frozenset({AssignmentState.ASSIGNED}) | OPENED,
    DeskAction.ANSWER: frozenset({AssignmentState.ASSIGNED}),
    DeskAction.DECLARE: frozenset({AssignmentState.ASSIGNED, AssignmentState.ACCEPTED}),
    DeskAction.READ: OPENED,
    DeskAction.MARK: frozenset({AssignmentState.ACCEPTED}),
    DeskAction.LOCK: frozenset({AssignmentState.ACCEPTED}),
}


def allowed_actions(person: Person, call: Call) -> frozenset[OfficeAction]:
    """Everything the person's roles allow here, in one look."""
    kinds = {
        RoleKind(role.kind)
        for role in roles_of(person).filter(programme_id=call.programme_id)
        if is_awake(role, person)
    }
    return frozenset(action for action, needed in ROLES.items() if needed & kinds)


def can(person: Person, action: OfficeAction, call: Call) -> bool:
    """Whether the person's role, in a session strong enough for it, allows the action."""
    return has_role(person, call.programme_id, *ROLES[action])


def call_for(person: Person, code: str, *, to: OfficeAction) -> Call:
    """The call, or 404 to a stranger and 403 to a person of the programme without the right."""
    call = (
        Call.objects.select_related("programme")
        .prefetch_related("criteria", "items", "acts")
        .filter(code=code)
        .first()
    )
    if call is None:
        raise Http404
    require_role(person, call.programme, *ROLES[to])
    return call


def ranking_for(person: Person, code: str, number: int) -> Ranking:
    """One ranking of a call that the person may see."""
    call = call_for(person, code, to=OfficeAction.SEE_RANKING)
    ranking = Ranking.objects.select_related("by").filter(call=call, number=number).first()
    if ranking is None:
        raise Http404
    ranking.call = call
    return ranking


def decision_for(person: Person, call: str, code: str, *, to: OfficeAction) -> Decision:
    """One decision of a call that the person may see or act on."""
    kept = call_for(person, call, to=to)
    decision = Decision.objects.filter(call=kept, code=code).first()
    if decision is None:
        raise Http404
    decision.call = kept
    return decision


def redress_for(person: Person, call: str, code: str, *, to: OfficeAction) -> Redress:
    """One request for redress of a call that the person may see or answer."""
    kept = call_for(person, call, to=to)
    rows = Redress.objects.select_related(
        "outcome__application__organisation", "outcome__decision__call__programme"
    ).select_related("asked_by", "answered_by")
    redress = rows.filter(outcome__application__call=kept, code=code).first()
    if redress is None:
        raise Http404
    redress.outcome.application.call = kept
    return redress


def application_in(person: Person, call: str, application: str, *, to: OfficeAction) -> Application:
    """An application of the call that was sent, for those who run its evaluation."""
    kept = call_for(person, call, to=to)
    found = (
        Application.objects.select_related("organisation")
        .filter(call=kept, code=application, submitted_at__isnull=False)
        .exclude(state=State.DRAFT)
        .first()
    )
    if found is None:
        raise Http404
    return found


def assignment_in(person: Person, call: str, pk: int, *, to: OfficeAction) -> Assignment:
    """One assignment of a call, for its officers; its marks are not theirs to see."""
    kept = call_for(person, call, to=to)
    assignment = (
        Assignment.objects.select_related("evaluator", "application__organisation")
        .filter(pk=pk, application__call=kept)
        .first()
    )
    if assignment is None:
        raise Http404
    return assignment


def can_do(assignment: Assignment, action: DeskAction) -> bool:
    """Whether the state of the file allows its evaluator the action."""
    return assignment.state in STATES[action]


def _file_of(evaluator: Person, application: str) -> Assignment | None:
    """An evaluator's own file of one application, whatever its state."""
    return (
        Assignment.objects.filter(evaluator_id=evaluator.pk, application__code=application)
        .select_related("application__organisation", "application__call__programme")
        .select_related("application__form")
        .prefetch_related("application__call__criteria", "marks")
        .first()
    )


def file_for(person: Person, application: str, *, to: DeskAction) -> Assignment:
    """The evaluator's own file; 404 to everybody else, also to those who run the programme.

    A file that was released or given back for a conflict is closed: 403.
    """
    assignment = _file_of(person, application)
    if assignment is None:
        raise Http404
    if not has_role(person, assignment.application.call.programme_id, RoleKind.EVALUATOR):
        raise Http404
    if not can_do(assignment, to):
        raise PermissionDenied
    return assignment


def attachment_for(person: Person, application: str, upload: str) -> Upload:
    """A file that the read submission names, once the evaluator has accepted to read it."""
    assignment = file_for(person, application, to=DeskAction.READ)
    submission = last_submission(assignment.application)
    named = files_in(submission.content) if submission else frozenset()
    found = upload_named(application, upload)
    if found is None or upload not in named:
        raise Http404
    require_open(found)
    return found


# Stories

EVALUATION, PANEL, RANKING = "evaluation-", "panel-", "ranking-"
"""How the subjects of these stories begin; a decision's is its code."""


def may_read_evaluation(person: Person, subject: str) -> Reading | None:
    """Officers read an evaluation with names, its evaluators their own part; nobody else any."""
    code = subject.removeprefix(EVALUATION)
    rows = Application.objects.select_related("call__programme").exclude(state=State.DRAFT)
    application = rows.filter(code=code).first()
    if application is None or is_applicant(person, application):
        return None
    call, own = application.call, _file_of(person, code)
    named = str(phrases.EVALUATION_NAMED) % {"number": code}
    about = About("evaluation", code, named, zone=call.zone)
    if own and has_role(person, call.programme_id, RoleKind.EVALUATOR):
        mine = Q(by_id=person.pk) | Q(data__evaluator=person.pk)
        page = reverse("evaluation:file", args=[code]) if own.state in OPENED else ""
        return Reading(about=replace(about, url=page), only=mine & within(call.programme.code))
    require_role(person, call.programme, RoleKind.OFFICER)
    page = reverse("applications:admission", args=[call.code, code])
    return full(replace(about, url=page), only=within(call.programme.code))


def may_read_panel(person: Person, subject: str) -> Reading | None:
    """The officers of a call read who came to its panel and left it."""
    call = call_for(person, subject.removeprefix(PANEL), to=OfficeAction.SEE_PANEL)
    page = reverse("evaluation:panel", args=[call.code])
    about = About("panel", call.code, str(phrases.PANEL_NAMED), page, call.zone)
    return full(about, only=within(call.programme.code))


def may_read_ranking(person: Person, subject: str) -> Reading | None:
    """Whoever may see a ranking reads its story."""
    code, _dash, number = subject.removeprefix(RANKING).rpartition("-")
    if not number.isdecimal():
        return None
    ranking = ranking_for(person, code, int(number))
    call, named = ranking.call, str(phrases.RANKING_NAMED) % {"number": number}
    page = reverse("evaluation:ranking-numbered", args=[call.code, number])
    about = About("ranking", subject, named, page, call.zone)
    return full(about, only=within(call.programme.code))


def may_read_decision(person: Person, code: str) -> Reading | None:
    """Whoever may see a decision reads its story."""
    decision = Decision.objects.select_related("call__programme").filter(code=code).first()
    if decision is None:
        return None
    call = decision.call
    require_role(person, call.programme, *ROLES[OfficeAction.SEE_DECISIONS])
    page = reverse("evaluation:decision", args=[call.code, code])
    return full(About("decision", code, code, page, call.zone), only=within(call.programme.code))


# What an award has made


class Sight(StrEnum):
    """How somebody knows what an award has made: as those who run it, or as those who have it."""

    OFFICE = "office"
    OWN = "own"


def sight_of_award(
    person: Person, outcome: Outcome, *kinds: RoleKind, is_told: Callable[[], bool]
) -> Sight:
    """How the person sees what the award has made; 404 to strangers, 403 without the right.

    Colleagues see what their organisation has once the letter of award stands in the portal.
    """
    if is_applicant(person, outcome.application):
        if is_told():
            return Sight.OWN
        raise Http404
    require_role(person, outcome.application.call.programme, *kinds)
    return Sight.OFFICE


def award_story(about: About, outcome: Outcome, sight: Sight) -> Reading:
    """The story of what an award has made: those who run it read it whole."""
    call = outcome.application.call
    kept, own = replace(about, zone=call.zone), within(call.programme.code)
    return full(kept, only=own) if sight is Sight.OFFICE else Reading(about=kept, only=own)
