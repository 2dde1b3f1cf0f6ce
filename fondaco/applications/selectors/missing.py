"""Which drafts missed a cut-off a short while ago."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fondaco.applications.models import Application
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import OpeningTerms, cut_offs, opening
from fondaco.calls.selectors import opening_terms
from fondaco.calls.states import Intake, Stage

NEWS = timedelta(days=2)
"""What passed before that is no news any more; nobody is written to about it."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A draft that was not sent by a cut-off, and when that passed."""

    application: Application
    number: int
    passed: datetime


def drafts_that_missed(*, at: datetime) -> Iterator[Missed]:
    """The drafts begun before a cut-off that has just passed, where another one is to come."""
    calls = Call.objects.filter(intake=Intake.CUT_OFFS, published_at__isnull=False)
    for call in calls.prefetch_related("acts"):
        terms = opening_terms(call)
        if opening(terms, at=at) == Stage.OPEN:
            yield from _missed_in(call, terms, at)


def _missed_in(call: Call, terms: OpeningTerms, at: datetime) -> Iterator[Missed]:
    for number, passed in enumerate(cut_offs(terms, at=at), start=1):
        if at - NEWS <= passed < at:
            drafts = Application.objects.filter(
                call=call, state=State.DRAFT, started_at__lte=passed
            )
            for draft in drafts.select_related("call__programme", "organisation", "started_by"):
                yield Missed(draft, number, passed)
