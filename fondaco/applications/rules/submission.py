"""Whether an application may be started, edited and sent: by the clock, by the form, by stops."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fondaco.applications.states import EDITABLE, Action, State
from fondaco.calls.rules.opening import OpeningTerms, correcting, deadline, opening, taking_in
from fondaco.calls.states import Next, Stage
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
    MOST_IN_PROGRAMME = "most-in-programme"
    TOO_MANY_SERVICES = "too-many-services"
    PARTNERS_MISSING = "partners-missing"
    PARTNERS_TOO_MANY = "partners-too-many"
    PARTNERS_WAITED_FOR = "partners-waited-for"
    PARTNER_MOST_SENT = "partner-most-sent"
    NOT_INVITED = "not-invited"
    NO_DEADLINE = "no-deadline"
    NOT_LATER = "not-later-than-holds"
    WHY_NEEDED = "extension-needs-why"


@dataclass(frozen=True, slots=True)
class Sent:
    """How many other applications of the organisation count, in the call and in the programme."""

    in_call: int = 0
    in_programme: int = 0


@dataclass(frozen=True, slots=True)
class Partners:
    """How many partners confirmed and are waited for, and what the call asks for; None: no limit.

    `full` are those that have sent as many applications as they may.
    """

    confirmed: int = 0
    waited_for: int = 0
    least: int = 0
    most: int | None = None
    must_answer: bool = True
    full: tuple[str, ...] = ()


ALONE = Partners()


@dataclass(frozen=True, slots=True)
class Facts:
    """What an application has: its state, what it lacks, what is wrong, which stops are broken."""

    state: State
    lacks: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    broken_stops: tuple[str, ...] = ()
    edited_at: datetime | None = None
    others: Sent = field(default_factory=Sent)
    has_too_many_services: bool = False
    partners: Partners = ALONE


@dataclass(frozen=True, slots=True)
class Terms:
    """The timetable of the call; until when this applicant may complete, or send after it."""

    opening: OpeningTerms
    asked_until: datetime | None = None
    most: int | None = None
    extended_until: datetime | None = None
    sent_at: datetime | None = None
    then: Next = Next.REFUSED
    most_in_programme: int | None = None


def start(
    terms: Terms,
    sent: Sent | None = None,
    *,
    has_form: bool,
    at: datetime,
    is_invited: bool = True,
) -> Decision:
    """Whether an application can be begun by an organisation that has sent others."""
    failed = {
        Reason.NO_FORM: not has_form,
        Reason.NOT_INVITED: not is_invited,
        **_numbers(sent or Sent(), terms),
    }
    found = tuple(reason for reason, is_failed in failed.items() if is_failed)
    return Decision((*taking_in(terms.opening, at=at).reasons, *found))


LATER = frozenset({Next.BEST, Next.ALL_REFUSED})
"""Where more may be sent than count: what becomes of them is decided later."""


def most_of(terms: Terms) -> int | None:
    """How many may be sent before the next one is stopped; None: as many as one likes."""
    return None if terms.then in LATER else terms.most


def has_room(most: int | None, sent: int) -> bool:
    """Whether an organisation that has sent others may send one more."""
    return most is None or sent < most


def editing(state: State, terms: Terms, *, at: datetime) -> Decision:
    """Whether the working copy may change: also after the deadline, in case it moves."""
    if state not in EDITABLE:
        return Decision((Reason.NOT_EDITABLE,))
    if state == State.COMPLETION:
        return _completing(terms, at)
    if opening(terms.opening, at=at) not in WRITABLE:
        return Decision((Reason.CALL_OVER,))
    return _waiting(state, terms, at)


def _waiting(state: State, terms: Terms, at: datetime) -> Decision:
    """Whether what was sent still waits for its cut-off; a draft belongs to none yet."""
    if state == State.DRAFT or terms.sent_at is None:
        return Decision()
    return correcting(terms.opening, terms.sent_at, at=at)


def submission(facts: Facts, terms: Terms, *, at: datetime) -> Decision:
    """What stops a submission: the clock, what the form lacks, and rules marked as stopping."""
    failed = {
        Reason.EDITED_LATE: _is_edited_late(facts, terms, at),
        Reason.INCOMPLETE: bool(facts.lacks),
        Reason.WRONG: bool(facts.wrong),
        Reason.STOPPED: bool(facts.broken_stops),
        Reason.TOO_MANY_SERVICES: facts.has_too_many_services,
        **(_numbers(facts.others, terms) if facts.state == State.DRAFT else {}),
        **(_together(facts.partners) if facts.state == State.DRAFT else {}),
    }
    found = tuple(reason for reason, is_failed in failed.items() if is_failed)
    return Decision((*in_time(facts.state, terms, at=at).reasons, *found))


def _numbers(sent: Sent, terms: Terms) -> dict[Reason, bool]:
    """Whether a first version would be one too many, in the call or in the programme."""
    return {
        Reason.MOST_SENT: not has_room(most_of(terms), sent.in_call),
        Reason.MOST_IN_PROGRAMME: not has_room(terms.most_in_programme, sent.in_programme),
    }


def _together(partners: Partners) -> dict[Reason, bool]:
    """Whether partners are missing, too many, silent, or have sent all that they may."""
    most = partners.most
    return {
        Reason.PARTNERS_MISSING: partners.confirmed < partners.least,
        Reason.PARTNERS_TOO_MANY: most is not None and partners.confirmed > most,
        Reason.PARTNERS_WAITED_FOR: partners.must_answer and partners.waited_for > 0,
        Reason.PARTNER_MOST_SENT: bool(partners.full),
    }


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
    if waits := _waiting(state, terms, at).reasons:
        return Decision(waits)
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
