"""What an officer may record about a call, and when; every reason against it at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fondaco.calls.rules.opening import OpeningTerms, deadline, opening
from fondaco.calls.states import OPEN_ENDED, ActKind, Stage
from fondaco.kernel.decisions import Decision


class Against(StrEnum):
    """Why something cannot be recorded about a call."""

    PUBLISHED_ALREADY = "published-already"
    NO_TITLE = "no-title"
    NO_FORM = "no-form"
    NO_DEADLINE = "no-deadline"
    NOT_PUBLISHED_YET = "not-published-yet"
    NOT_OPEN = "not-open"
    NOT_SUSPENDED = "not-suspended"
    OVER = "over"
    CLOSED_EARLY = "closed-early"
    NOT_LATER = "not-later"


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a call must have before anybody can read it."""

    has_title: bool
    has_form: bool


_BEFORE_DECISION = frozenset({Stage.FORTHCOMING, Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED})
_RUNNING = frozenset({Stage.OPEN, Stage.SUSPENDED})
FROM: Mapping[ActKind, frozenset[Stage]] = {
    ActKind.EXTENSION: _BEFORE_DECISION,
    ActKind.CORRIGENDUM: _BEFORE_DECISION | {Stage.DECIDED},
    ActKind.SUSPENSION: frozenset({Stage.OPEN}),
    ActKind.RESUMPTION: frozenset({Stage.SUSPENDED}),
    ActKind.CANCELLATION: _BEFORE_DECISION,
    ActKind.EARLY_CLOSURE: _RUNNING,
}
"""From which stages each act can be recorded."""
_NO = {
    ActKind.EXTENSION: Against.OVER,
    ActKind.CORRIGENDUM: Against.OVER,
    ActKind.SUSPENSION: Against.NOT_OPEN,
    ActKind.RESUMPTION: Against.NOT_SUSPENDED,
    ActKind.CANCELLATION: Against.OVER,
    ActKind.EARLY_CLOSURE: Against.NOT_OPEN,
}


def possible(stage: Stage) -> tuple[ActKind, ...]:
    """The acts that can be recorded about a call at this stage."""
    return tuple(kind for kind in ActKind if stage in FROM[kind])


def publication(terms: OpeningTerms, readiness: Readiness) -> Decision:
    """What a draft lacks before it can be published."""
    has_end = terms.intake in OPEN_ENDED or terms.closes_at is not None
    failed = {
        Against.PUBLISHED_ALREADY: terms.published_at is not None,
        Against.NO_TITLE: not readiness.has_title,
        Against.NO_FORM: not readiness.has_form,
        Against.NO_DEADLINE: not has_end,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def recording(terms: OpeningTerms, kind: ActKind, *, at: datetime) -> Decision:
    """Whether the act can be recorded where the call stands at `at`."""
    stage = opening(terms, at=at)
    if stage == Stage.DRAFT:
        return Decision((Against.NOT_PUBLISHED_YET,))
    return Decision() if stage in FROM[kind] else Decision((_NO[kind],))


def extension(terms: OpeningTerms, closes_at: datetime, *, at: datetime) -> Decision:
    """Whether the deadline can move there: later than the one that holds, and of use."""
    holds = deadline(terms)
    failed = {
        Against.CLOSED_EARLY: any(act.kind == ActKind.EARLY_CLOSURE for act in terms.acts),
        Against.NOT_LATER: holds is None or closes_at <= holds,
    }
    found = (reason for reason, is_failed in failed.items() if is_failed)
    return Decision((*recording(terms, ActKind.EXTENSION, at=at).reasons, *found))
