"""Whether an application may be started, edited and sent: by the clock, by the form, by stops."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fondaco.applications.states import EDITABLE, Action, State
from fondaco.calls.rules.opening import OpeningTerms, deadline, opening, taking_in
from fondaco.calls.states import Stage
from fondaco.kernel.decisions import Decision

WRITABLE = frozenset({Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED})
EXTENDABLE = frozenset({Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED})


class Reason(StrEnum):
    """What this slice says no for; the clock's own reasons are the call's."""

    INCOMPLETE = "incomplete"
    WRONG = "wrong-answers"
    STOPPED = "stopped-by-rule"
    COMPLETION_OVER = "completion-over"
    NOT_EDITABLE = "not-editable"
    CALL_OVER = "call-over"
    NO_FORM = "no-form"
    NOT_NOW = "not-now"
    NO_SUCH_QUESTION = "no-such-question"
    NOT_ASKED = "not-asked"
    NAME_NEEDED = "name-needed"
    EDITED_LATE = "edited-late"
    MOST_SENT = "most-sent"
    NO_DEADLINE = "no-deadline"
    NOT_LATER = "not-later-than-holds"
    WHY_NEEDED = "extension-needs-why"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an application has: its state, what it lacks, what is wrong, which stops are broken."""

    state: State
    lacks: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    broken_stops: tuple[str, ...] = ()
    edited_at: datetime | None = None
    others_sent: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """The timetable of the call; until when this applicant may complete, or send after it."""

    opening: OpeningTerms
    asked_until: datetime | None = None
    most: int | None = None
    extended_until: datetime | None = None


def start(terms: Terms, *, has_form: bool, at: datetime, sent: int = 0) -> Decision:
    """Whether an application can be begun by an organisation that has sent others."""
    failed = {Reason.NO_FORM: not has_form, Reason.MOST_SENT: not has_room(terms.most, sent)}
    found = tuple(reason for reason, is_failed in failed.items() if is_failed)
    return Decision((*taking_in(terms.opening, at=at).reasons, *found))


def has_room(most: int | None, sent: int) -> bool:
    """Whether an organisation that has sent others may send one more."""
    return most is None or sent < most


def editing(state: State, terms: Terms, *, at: datetime) -> Decision:
    """Whether the working copy may change: also after the deadline, in case it moves."""
    if state not in EDITABLE:
        return Decision((Reason.NOT_EDITABLE,))
    if state == State.COMPLETION:
        return _completing(terms, at)
    is_writable = opening(terms.opening, at=at) in WRITABLE
    return Decision() if is_writable else Decision((Reason.CALL_OVER,))


def submission(facts: Facts, terms: Terms, *, at: datetime) -> Decision:
    """What stops a submission: the clock, what the form lacks, and rules marked as stopping."""
    failed = {
        Reason.EDITED_LATE: _is_edited_late(facts, terms, at),
        Reason.INCOMPLETE: bool(facts.lacks),
        Reason.WRONG: bool(facts.wrong),
        Reason.STOPPED: bool(facts.broken_stops),
        Reason.MOST_SENT: facts.state == State.DRAFT
        and not has_room(terms.most, facts.others_sent),
    }
    found = tuple(reason for reason, is_failed in failed.items() if is_failed)
    return Decision((*in_time(facts.state, terms, at=at).reasons, *found))


def _is_edited_late(facts: Facts, terms: Terms, at: datetime) -> bool:
    """Whether a change overtook the sending, and was made when nothing was let in any more."""
    edited_at = facts.edited_at
    if edited_at is None or edited_at <= at:
        return False
    return not in_time(facts.state, terms, at=edited_at)


def in_time(state: State, terms: Terms, *, at: datetime) -> Decision:
    """Whether the clock still lets this application in."""
    if state == State.COMPLETION:
        return _completing(terms, at)
    if state not in EDITABLE:
        return Decision((Reason.NOT_EDITABLE,))
    return Decision() if _has_more_time(terms, at) else taking_in(terms.opening, at=at)


def _has_more_time(terms: Terms, at: datetime) -> bool:
    """Whether this application alone may be sent after the deadline of the call."""
    if terms.extended_until is None or at > terms.extended_until:
        return False
    return opening(terms.opening, at=at) == Stage.CLOSED


def extension(state: State, terms: Terms, until: datetime, *, why: str, at: datetime) -> Decision:
    """Whether this application alone can get more time: later than all that holds, and of use."""
    holds = [one for one in (deadline(terms.opening), terms.extended_until) if one is not None]
    stage = opening(terms.opening, at=at)
    failed = {
        Reason.NOT_EDITABLE: state not in {State.DRAFT, State.SUBMITTED},
        Reason.CALL_OVER: stage not in EXTENDABLE,
        Reason.NO_DEADLINE: deadline(terms.opening) is None,
        Reason.NOT_LATER: until <= max([*holds, at]),
        Reason.WHY_NEEDED: not why.strip(),
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def action_of(state: State) -> Action:
    """What a submission is in the table of moves: a first or new version, or a completion."""
    return Action.COMPLETE if state == State.COMPLETION else Action.SUBMIT


def open_questions(state: State, asked: Iterable[Mapping[str, str]]) -> frozenset[str] | None:
    """The questions that may be changed; None means all: completion opens only what was asked."""
    if state != State.COMPLETION:
        return None
    return frozenset(one["question"] for one in asked if "question" in one)


def _completing(terms: Terms, at: datetime) -> Decision:
    is_over = terms.asked_until is not None and at > terms.asked_until
    return Decision((Reason.COMPLETION_OVER,)) if is_over else Decision()
