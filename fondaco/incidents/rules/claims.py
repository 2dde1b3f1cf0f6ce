"""A claim of somebody who was kept from sending: when it can be made, and when it is late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fondaco.applications.states import State
from fondaco.calls.states import Stage
from fondaco.kernel.decisions import Decision


class Reason(StrEnum):
    """Why a claim is not taken in, or not answered like this."""

    NOT_CLOSED = "claim-call-not-closed"
    NOT_LATE = "claim-can-still-be-sent"
    NOTHING_TO_SEND = "claim-nothing-to-send"
    WAITS_ALREADY = "claim-waits-already"
    TEXT_NEEDED = "claim-needs-text"
    ANSWERED = "answered-already"
    WHY_NEEDED = "why-needed"
    NO_SUCH_APPLICATION = "no-such-application-here"


@dataclass(frozen=True, slots=True)
class Facts:
    """Where the call and the application stand, and whether a claim waits already."""

    stage: Stage
    state: State
    can_be_sent: bool
    is_waiting: bool
    has_text: bool = True


def claim(facts: Facts) -> Decision:
    """Whether a claim is taken in now; one that comes late is, and is marked."""
    failed = {
        Reason.NOT_CLOSED: facts.stage != Stage.CLOSED,
        Reason.NOT_LATE: facts.stage == Stage.CLOSED and facts.can_be_sent,
        Reason.NOTHING_TO_SEND: facts.state not in {State.DRAFT, State.SUBMITTED},
        Reason.WAITS_ALREADY: facts.is_waiting,
        Reason.TEXT_NEEDED: not facts.has_text,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def last_moment(deadline: datetime, hours: int) -> datetime:
    """Until when a claim is in time."""
    return deadline + timedelta(hours=hours)
