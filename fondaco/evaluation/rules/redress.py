"""Asking that a decision be looked at again for how it was made, and who may answer that."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from fondaco.calls.states import DecidedBy
from fondaco.evaluation.rules.consent import ConsentTerms, Objection, Voice, Yes, approval
from fondaco.evaluation.states import RedressAction
from fondaco.kernel.clock import day_after, end_of
from fondaco.kernel.decisions import Decision

LONGEST_TEXT = 5000


class Bar(StrEnum):
    """Why redress cannot be asked for, or not be answered like this."""

    NO_WINDOW = "no-window"
    NOT_TOLD = "not-told"
    ASKED_ALREADY = "asked-already"
    GROUND_NEEDED = "ground-needed"
    TEXT_NEEDED = "text-needed"
    TEXT_TOO_LONG = "text-too-long"
    TOOK_THE_DECISION = "took-the-decision"
    REASONS_NEEDED = "reasons-needed"
    IS_LATE = "is-late"
    NOT_STANDING = "not-standing"


@dataclass(frozen=True, slots=True)
class Window:
    """Until when redress can be asked for: the last day, and the moment when it is over."""

    last: date
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class RedressTerms:
    """What the call says of redress: whether there is any, and the grounds that are admitted."""

    days: int | None
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What an applicant asks for, and whether there is something to ask about."""

    ground: str
    text: str
    is_told: bool
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a decider wants to answer, and what is known of the request and its decision."""

    action: RedressAction
    has_reasons: bool
    is_late: bool
    is_standing: bool


def window(told_at: datetime, days: int, zone: str, days_off: Collection[str] = ()) -> Window:
    """The whole of the last day still counts, on the calendar of the call."""
    last = day_after(told_at.astimezone(ZoneInfo(zone)).date(), days, days_off)
    return Window(last, end_of(last, zone))


def is_late(kept: Window, *, at: datetime) -> bool:
    """Whether what was received at that moment came after the last day."""
    return at >= kept.ends_at


def request(facts: Request, terms: RedressTerms) -> Decision:
    """Whether redress can be asked for; lateness does not stop it, it is written on the request."""
    failed = {
        Bar.NO_WINDOW: terms.days is None,
        Bar.NOT_TOLD: not facts.is_told,
        Bar.ASKED_ALREADY: facts.is_asked,
        Bar.GROUND_NEEDED: bool(terms.grounds) and facts.ground not in terms.grounds,
        Bar.TEXT_NEEDED: not terms.grounds and not facts.text.strip(),
        Bar.TEXT_TOO_LONG: len(facts.text) > LONGEST_TEXT,
    }
    return Decision(tuple(bar for bar, is_failed in failed.items() if is_failed))


def answering(
    terms: ConsentTerms, took: tuple[Yes, ...], voice: Voice, *, proposer: int | None
) -> Decision:
    """Whether this person may answer: a second pair of eyes wherever the call asks for two.

    Everything that keeps a person from deciding keeps them from answering. Where more than one
    decides, nobody answers about a decision that they took, and nobody whose role comes from them.
    """
    wanted = terms if terms.by == DecidedBy.ONE else ConsentTerms(DecidedBy.TWO)
    allowed = approval(wanted, took, voice, proposer=proposer)
    reasons = [one for one in allowed.reasons if one != Objection.SAID_ALREADY]
    if terms.by != DecidedBy.ONE and voice.person in {yes.person for yes in took}:
        reasons.insert(0, Bar.TOOK_THE_DECISION)
    return Decision(tuple(reasons))


def answer(facts: Answer) -> Decision:
    """Whether the request may be answered like this: with reasons, and late only one way."""
    is_in = facts.action != RedressAction.FIND_INADMISSIBLE
    failed = {
        Bar.REASONS_NEEDED: not facts.has_reasons,
        Bar.IS_LATE: facts.is_late and is_in,
        Bar.NOT_STANDING: facts.action == RedressAction.UPHOLD and not facts.is_standing,
    }
    return Decision(tuple(bar for bar, is_failed in failed.items() if is_failed))
