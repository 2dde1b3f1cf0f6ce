"""What moving the deadline of a call touches: other days, and people."""

from dataclasses import dataclass
from datetime import date, datetime

from fondaco.applications.selectors import draft_count, sent_applications
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.rules.timetable import Moved, is_overtaken, moves
from fondaco.calls.selectors import days_not_counted, deadline_of, step_terms
from fondaco.evaluation.models import Assignment
from fondaco.evaluation.states import AssignmentState
from fondaco.kernel.texts import Spoken
from fondaco.web import words


@dataclass(frozen=True, slots=True)
class MovedStep:
    """A step of the timetable with its day before and after, in words."""

    label: Spoken
    before: str
    after: str
    is_moved: bool
    is_overtaken: bool
    is_internal: bool


@dataclass(frozen=True, slots=True)
class Effects:
    """What another deadline would touch."""

    steps: tuple[MovedStep, ...]
    drafts: int
    sent: int
    files: int


def effects_of(call: Call, closes_at: datetime | None) -> Effects:
    """The days that would move and the people whom it concerns; without a new one as it stands."""
    holds = deadline_of(call)
    after = closes_at or holds
    steps = {step.position: step for step in call.steps.all()}
    terms = [step_terms(step) for step in steps.values()]
    found = moves(terms, holds, after, zone=call.zone, days_off=days_not_counted(call))
    open_states = [AssignmentState.ASSIGNED, AssignmentState.ACCEPTED]
    files = Assignment.objects.filter(application__call=call, state__in=open_states)
    return Effects(
        steps=tuple(
            MovedStep(
                label=words.say(steps[one.position].label),
                before=_day(one.before),
                after=_day(one.after),
                is_moved=one.is_moved,
                is_overtaken=_is_overtaken(one, after, call.zone),
                is_internal=steps[one.position].is_internal,
            )
            for one in found
        ),
        drafts=draft_count(call),
        sent=sent_applications(call).exclude(state=State.WITHDRAWN).count(),
        files=files.count(),
    )


def _day(on: date | None) -> str:
    return words.day(on) if on else "–"


def _is_overtaken(moved: Moved, after: datetime | None, zone: str) -> bool:
    return after is not None and is_overtaken(moved, after, zone)
