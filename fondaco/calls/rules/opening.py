"""Where a call stands at a moment: computed from its timetable and the acts recorded since."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fondaco.calls.states import ActKind, Intake, Stage
from fondaco.kernel.decisions import Decision


class Reason(StrEnum):
    """Why an application cannot be sent now, or not be assessed yet."""

    NOT_PUBLISHED = "not-published"
    NOT_OPEN_YET = "not-open-yet"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    STILL_OPEN = "still-open"


@dataclass(frozen=True, slots=True)
class Recorded:
    """One act: what, when, and the new deadline where it set one."""

    kind: ActKind
    at: datetime
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpeningTerms:
    """What the stage is computed from; moments in UTC, acts in the order they were recorded."""

    intake: Intake
    published_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    decided_at: datetime | None = None
    acts: tuple[Recorded, ...] = ()


def deadline(terms: OpeningTerms, *, at: datetime | None = None) -> datetime | None:
    """The deadline that holds: the last one an extension set, as far as recorded by `at`."""
    moved = [
        act.closes_at
        for act in terms.acts
        if act.kind == ActKind.EXTENSION and (at is None or act.at <= at)
    ]
    return moved[-1] if moved else terms.closes_at


def _last(terms: OpeningTerms, at: datetime, *kinds: ActKind) -> Recorded | None:
    heard = [act for act in terms.acts if act.kind in kinds and act.at <= at]
    return heard[-1] if heard else None


def _is_over(terms: OpeningTerms, at: datetime) -> bool:
    """Past its deadline, or closed early by an act; the deadline's own instant still counts."""
    closes = deadline(terms, at=at)
    return (closes is not None and at > closes) or bool(_last(terms, at, ActKind.EARLY_CLOSURE))


def opening(terms: OpeningTerms, *, at: datetime) -> Stage:
    """The stage of the call at the moment `at`."""
    if terms.published_at is None or at < terms.published_at:
        return Stage.DRAFT
    if _last(terms, at, ActKind.CANCELLATION):
        return Stage.CANCELLED
    if terms.decided_at is not None and at >= terms.decided_at:
        return Stage.DECIDED
    if _is_over(terms, at):
        return Stage.CLOSED
    if terms.opens_at is not None and at < terms.opens_at:
        return Stage.FORTHCOMING
    return _running(terms, at)


def _running(terms: OpeningTerms, at: datetime) -> Stage:
    """Between opening and deadline: open, unless suspended and not yet resumed."""
    paused = _last(terms, at, ActKind.SUSPENSION, ActKind.RESUMPTION)
    if paused is not None and paused.kind == ActKind.SUSPENSION:
        return Stage.SUSPENDED
    if terms.intake == Intake.DEADLINE and deadline(terms, at=at) is None:
        return Stage.FORTHCOMING
    return Stage.OPEN


_NO = {
    Stage.DRAFT: Reason.NOT_PUBLISHED,
    Stage.FORTHCOMING: Reason.NOT_OPEN_YET,
    Stage.SUSPENDED: Reason.SUSPENDED,
    Stage.CLOSED: Reason.CLOSED,
    Stage.DECIDED: Reason.CLOSED,
    Stage.CANCELLED: Reason.CANCELLED,
}


def taking_in(terms: OpeningTerms, *, at: datetime) -> Decision:
    """Whether an application received at `at` is in time, and if not why."""
    stage = opening(terms, at=at)
    return Decision() if stage == Stage.OPEN else Decision((_NO[stage],))


_OVER = frozenset({Stage.CLOSED, Stage.DECIDED, Stage.CANCELLED})


def assessing(terms: OpeningTerms, *, at: datetime) -> Decision:
    """Whether what was sent may be assessed: until its deadline everybody may still correct it."""
    is_waiting = terms.intake == Intake.DEADLINE and opening(terms, at=at) not in _OVER
    return Decision((Reason.STILL_OPEN,) if is_waiting else ())
