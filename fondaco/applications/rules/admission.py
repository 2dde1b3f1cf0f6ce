"""Whether an officer may admit, refuse or ask: each with what it needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from fondaco.applications.states import Verdict
from fondaco.calls.rules import opening
from fondaco.calls.rules.opening import OpeningTerms
from fondaco.kernel.clock import day_after, end_of
from fondaco.kernel.decisions import Decision

MOST_DAYS = 90


class Reason(StrEnum):
    """Why the officer cannot do this yet."""

    NOT_MET_STANDS = "not-met-stands"
    NOTHING_SPEAKS_AGAINST = "nothing-speaks-against"
    WHY_NEEDED = "why-needed"
    NOTHING_ASKED = "nothing-asked"
    QUESTION_UNKNOWN = "question-unknown"
    DAYS_WRONG = "days-wrong"
    RULE_UNKNOWN = "rule-unknown"
    DECISION_STANDS = "decision-stands"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and what an officer made of it."""

    rule: str
    verdict: Verdict
    overruled: Verdict | None = None

    @property
    def holds(self) -> Verdict:
        """What counts."""
        return self.overruled or self.verdict


def assessing(
    terms: OpeningTerms, *, is_held: bool, at: datetime, received_at: datetime | None = None
) -> Decision:
    """Whether officers may do anything here: not before the deadline, not once it is decided."""
    stands = (Reason.DECISION_STANDS,) if is_held else ()
    waits = opening.assessing(terms, at=at, received_at=received_at).reasons
    return Decision((*waits, *stands))


def admission(found: Collection[Found]) -> Decision:
    """Eligible as long as no rule that is not met stands."""
    stands = any(finding.holds == Verdict.NOT_MET for finding in found)
    return Decision((Reason.NOT_MET_STANDS,) if stands else ())


def refusal(found: Collection[Found], why: str) -> Decision:
    """Not eligible only for a rule that is not met, or for a reason in words."""
    has_ground = bool(why.strip()) or any(one.holds == Verdict.NOT_MET for one in found)
    return Decision(() if has_ground else (Reason.NOTHING_SPEAKS_AGAINST,))


def overruling(why: str) -> Decision:
    """A finding is overruled with a reason."""
    return Decision(() if why.strip() else (Reason.WHY_NEEDED,))


def completion(asked: Collection[str], known: Collection[str], days: int) -> Decision:
    """Completion names questions of the form, and a number of days."""
    failed = {
        Reason.NOTHING_ASKED: not asked,
        Reason.QUESTION_UNKNOWN: not set(asked) <= set(known),
        Reason.DAYS_WRONG: not 1 <= days <= MOST_DAYS,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def until(at: datetime, days: int, zone: str, days_off: Collection[str] = ()) -> datetime:
    """The last second of the day that is `days` after `at`, on the clock of the call."""
    last = day_after(at.astimezone(ZoneInfo(zone)).date(), days, days_off)
    return end_of(last, zone).astimezone(UTC) - timedelta(seconds=1)
