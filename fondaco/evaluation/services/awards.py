"""Making what confirmed decisions promised, and what the trail is told of it: for slices above."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from fondaco.calls.states import Kind
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.selectors.decisions import awarded_in

Make = Callable[[Outcome, datetime], bool]


@transaction.atomic
def make_of_awards(decision: str, kind: Kind, make: Make, *, at: datetime) -> int:
    """Let `make` act on every award of a confirmed decision on a call of that kind.

    It says whether it made something; how many it made is the answer.
    """
    return sum(make(outcome, at) for outcome in awarded_in(decision, kind))


class OfAward(TypedDict):
    """What every entry about something that an award has made says alike."""

    subject: str
    programme: str
    by_id: int | None


def of_award(outcome: Outcome) -> OfAward:
    """It stands in the story of the application, and nobody did it: it followed."""
    application = outcome.application
    return {
        "subject": application.code,
        "programme": application.call.programme.code,
        "by_id": None,
    }
