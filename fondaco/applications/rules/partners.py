"""Who can be a partner of an application, and what several organisations come to together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fondaco.applications.states import State
from fondaco.kernel.decisions import Decision

WAIT = timedelta(days=1)
"""How long a letter has before the same one can be sent again."""


class Bar(StrEnum):
    """Why somebody is not invited as a partner, or what was invited does not change."""

    NO_PARTNERS = "no-partners"
    SETTLED = "partners-settled"
    NOBODY_NAMED = "no-partner-named"
    IS_LEAD = "partner-is-lead"
    ASKED_ALREADY = "partner-asked-already"
    FULL = "partners-full"
    ANSWERED = "partner-answered"
    JUST_SENT = "partner-letter-just-sent"
    PROMISE_NEEDED = "promise-needed"


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands when somebody is to be invited to a draft."""

    most: int | None
    taking_part: int
    is_named: bool
    is_lead: bool
    is_there: bool


def inviting(asked: Asked) -> Decision:
    """Whether the lead can invite one more, and this one."""
    failed = {
        Bar.NO_PARTNERS: asked.most is None,
        Bar.NOBODY_NAMED: not asked.is_named,
        Bar.IS_LEAD: asked.is_lead,
        Bar.ASKED_ALREADY: asked.is_there,
        Bar.FULL: asked.most is not None and asked.taking_part >= asked.most,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def changing(state: State) -> Decision:
    """Whether partners can still come and go: what was sent carries those it was sent with."""
    return Decision() if state == State.DRAFT else Decision((Bar.SETTLED,))


def sending_again(sent: datetime, *, at: datetime) -> Decision:
    """Whether the letter can be sent once more: not twice on one day."""
    return Decision() if at - sent >= WAIT else Decision((Bar.JUST_SENT,))


def confirming(promise: str, *, is_lead: bool, is_there: bool) -> Decision:
    """Whether an organisation can confirm: once, not beside itself, and saying what it does."""
    failed = {
        Bar.PROMISE_NEEDED: not promise.strip(),
        Bar.IS_LEAD: is_lead,
        Bar.ASKED_ALREADY: is_there,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def small_ones(sizes: Sequence[str], small: Collection[str]) -> int | None:
    """How many are small or medium-sized; None while the size of one is not known."""
    return sum(size in small for size in sizes) if all(sizes) else None


def different(countries: Sequence[str], among: Collection[str] | None = None) -> int | None:
    """How many different countries there are; None while that of one is not known."""
    if not all(countries):
        return None
    return len({one for one in countries if among is None or one in among})
