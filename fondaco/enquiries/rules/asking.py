"""Until when one may ask about a call, and until when it is answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from fondaco.calls.states import Stage
from fondaco.kernel.clock import day_after, day_before, end_of
from fondaco.kernel.decisions import Decision

OPEN = frozenset({Stage.FORTHCOMING, Stage.OPEN, Stage.SUSPENDED})
"""The stages of a call in which it can be asked about."""


class Reason(StrEnum):
    """Why a question is not taken in."""

    NO_QUESTIONS = "no-questions"
    NOT_PUBLISHED = "not-published"
    CALL_OVER = "call-over"
    TOO_LATE = "too-late-to-ask"
    NO_WORDS = "no-words"
    TOO_MANY = "too-many-waiting"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the call says of questions; a number that is None has no limit."""

    ask_until: int | None = None
    answer_until: int | None = None
    answer_within: int | None = None
    zone: str = "UTC"
    days_off: Collection[str] = ()
    deadline: datetime | None = None
    takes_questions: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so now: where the call stands, and what whoever asks has written and waits for."""

    stage: Stage
    has_words: bool = True
    waiting: int = 0


MOST_WAITING = 20
"""So many questions of one person may wait about one call: more is no asking any more."""


def terms_of(
    rules: tuple[Mapping[str, Any], ...],
    *,
    zone: str,
    days_off: Collection[str],
    deadline: datetime | None,
) -> Terms:
    """The terms of the first rule that says something, each figure from the first that has it."""

    def said(name: str) -> int | None:
        found = [rule[name] for rule in rules if rule.get(name) is not None]
        return int(found[0]) if found else None

    return Terms(
        ask_until=said("ask_until"),
        answer_until=said("answer_until"),
        answer_within=said("answer_within"),
        zone=zone,
        days_off=tuple(days_off),
        deadline=deadline,
        takes_questions=any(rules),
    )


def last_day_to_ask(terms: Terms) -> date | None:
    """The last day on which one may ask, on the calendar of the call."""
    return _before(terms, terms.ask_until or 0)


def last_day_of_answers(terms: Terms) -> date | None:
    """The last day on which answers are published."""
    return _before(terms, terms.answer_until or 0)


def _before(terms: Terms, days: int) -> date | None:
    if terms.deadline is None:
        return None
    day = terms.deadline.astimezone(ZoneInfo(terms.zone)).date()
    return day_before(day, days, terms.days_off) if days else day


def asking_ends(terms: Terms) -> datetime | None:
    """The moment in which asking is over: with the last day, and never after the deadline."""
    day = last_day_to_ask(terms)
    if day is None or terms.deadline is None:
        return None
    return min(end_of(day, terms.zone), terms.deadline)


def asking(facts: Facts, terms: Terms, *, at: datetime) -> Decision:
    """Whether a question is taken in now, and everything that speaks against it."""
    ends = asking_ends(terms)
    is_over = facts.stage not in OPEN and facts.stage != Stage.DRAFT
    failed = {
        Reason.NO_QUESTIONS: not terms.takes_questions,
        Reason.NOT_PUBLISHED: facts.stage == Stage.DRAFT,
        Reason.CALL_OVER: is_over,
        Reason.TOO_LATE: not is_over and ends is not None and at >= ends,
        Reason.NO_WORDS: not facts.has_words,
        Reason.TOO_MANY: facts.waiting >= MOST_WAITING,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def due_on(asked_at: datetime, terms: Terms) -> date | None:
    """The day by which a question is to be answered: within its days, and before the last day."""
    days: list[date] = []
    if terms.answer_within is not None:
        asked_on = asked_at.astimezone(ZoneInfo(terms.zone)).date()
        days.append(day_after(asked_on, terms.answer_within, terms.days_off))
    if terms.answer_until is not None and (last := last_day_of_answers(terms)):
        days.append(last)
    return min(days, default=None)
