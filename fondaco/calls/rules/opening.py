"""Where a call stands at a moment: computed from its timetable and the acts recorded since."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fondaco.calls.states import OPEN_ENDED, ActKind, Intake, Stage
from fondaco.kernel.decisions import Decision


class Reason(StrEnum):
    """Why an application cannot be sent now, or not be assessed yet."""

    NOT_PUBLISHED = "not-published"
    NOT_OPEN_YET = "not-open-yet"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    STILL_OPEN = "still-open"
    CUT_OFF_PASSED = "cut-off-passed"


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
    cut_offs: tuple[datetime, ...] = ()


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
    if terms.intake not in OPEN_ENDED and deadline(terms, at=at) is None:
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


def cut_offs(terms: OpeningTerms, *, at: datetime | None = None) -> tuple[datetime, ...]:
    """Every cut-off in order; the last is the deadline that holds. None where the call has none."""
    if terms.intake != Intake.CUT_OFFS:
        return ()
    last = deadline(terms, at=at)
    return tuple(sorted({*terms.cut_offs, *([] if last is None else [last])}))


def cut_off_of(terms: OpeningTerms, received_at: datetime) -> int | None:
    """The number of the cut-off that an application belongs to: the first at or after its arrival.

    What alone was let in later belongs to the last one.
    """
    dates = cut_offs(terms)
    found = [number for number, one in enumerate(dates, start=1) if received_at <= one]
    return found[0] if found else (len(dates) or None)


def span_of(terms: OpeningTerms, number: int) -> tuple[datetime | None, datetime | None]:
    """After which moment and until when what belongs to a cut-off arrived; None is without end."""
    dates = cut_offs(terms)
    after = dates[number - 2] if number > 1 else None
    return after, dates[number - 1] if number < len(dates) else None


def next_deadline(terms: OpeningTerms, *, at: datetime) -> datetime | None:
    """The next cut-off, where there are several; else the deadline that holds."""
    coming = [one for one in cut_offs(terms, at=at) if at <= one]
    return coming[0] if coming else deadline(terms, at=at)


def deadline_of_sent(
    terms: OpeningTerms, received_at: datetime, *, at: datetime | None = None
) -> datetime | None:
    """Until when what arrived then can be put right: its own cut-off, else the deadline."""
    number = cut_off_of(terms, received_at)
    return deadline(terms, at=at) if number is None else cut_offs(terms)[number - 1]


def correcting(terms: OpeningTerms, received_at: datetime, *, at: datetime) -> Decision:
    """Whether what was received may still be put right: not once its cut-off has passed."""
    number = cut_off_of(terms, received_at)
    is_earlier = number is not None and number < len(cut_offs(terms))
    own = deadline_of_sent(terms, received_at)
    is_past = is_earlier and own is not None and at > own
    return Decision((Reason.CUT_OFF_PASSED,) if is_past else ())


def assessing(
    terms: OpeningTerms, *, at: datetime, received_at: datetime | None = None
) -> Decision:
    """Whether what was sent may be assessed: until its deadline everybody may still correct it.

    Where there are several cut-offs, what arrived at `received_at` waits for its own; without that
    moment the first cut-off is asked about.
    """
    if terms.intake in OPEN_ENDED or opening(terms, at=at) in _OVER:
        return Decision()
    dates = cut_offs(terms)
    first = dates[0] if dates else None
    own = first if received_at is None else deadline_of_sent(terms, received_at)
    is_reached = bool(dates) and own is not None and at > own
    return Decision(() if is_reached else (Reason.STILL_OPEN,))
