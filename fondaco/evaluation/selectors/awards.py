"""What confirmed decisions have made of their awards, in the slices above.

A membership, an accepted profile and a place on a course each stand on one awarded outcome, which
they know as `outcome`. What is asked of all of them alike is asked here.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from fondaco.evaluation.models import Outcome, Redress
from fondaco.evaluation.selectors.outcomes import told_under
from fondaco.evaluation.states import RedressState
from fondaco.mail.selectors import told_among
from fondaco.mail.states import Occasion

Made = TypeVar("Made", bound=Model)


class EndedBy(StrEnum):
    """What took an award away from whoever had it."""

    WITHDRAWAL = "withdrawal"
    REDRESS = "redress"


def with_outcomes(rows: QuerySet[Made]) -> QuerySet[Made]:
    """With everything that a page says of where they come from."""
    return rows.select_related(
        "programme",
        "outcome__decision",
        "outcome__redress",
        "outcome__application__organisation",
        "outcome__application__call__programme",
    )


def made_by(rows: QuerySet[Made], outcome_id: int) -> Made | None:
    """What an outcome has made already."""
    return rows.filter(outcome_id=outcome_id).first()


def locked_made_by(rows: QuerySet[Made], decision: str, application: str) -> Made | None:
    """For services only: what this decision made for this application, ours until the end."""
    kept = rows.select_for_update(of=("self",)).select_related(
        "programme", "outcome__application__organisation", "outcome__application__call__programme"
    )
    return kept.filter(
        outcome__decision__code=decision, outcome__application__code=application
    ).first()


def awards_told(outcomes: Iterable[Outcome]) -> frozenset[int]:
    """The keys of those whose letter of award stands in the portal, whatever became of it since."""
    under = told_under(outcomes)
    told = told_among(under.values(), [Occasion.AWARDED]) if under else set()
    return frozenset(pk for pk, code in under.items() if (code, Occasion.AWARDED.value) in told)


def ended_by(outcome: Outcome) -> EndedBy | None:
    """What took the award away; None as long as it stands."""
    if outcome.renounced_at is not None:
        return EndedBy.WITHDRAWAL
    redress: Redress | None = getattr(outcome, "redress", None)
    is_reopened = redress is not None and redress.state == RedressState.UPHELD
    return EndedBy.REDRESS if is_reopened else None


def entries_that_made(rows: QuerySet[Made], *verbs: str) -> Q:
    """That they came about and ended stands in the story of their application."""
    return Q(verb__in=verbs, subject__in=rows.values("outcome__application__code"))


def numbered(subjects: Iterable[str], prefix: str, named: object) -> dict[str, str]:
    """What people call those whose subjects begin with the prefix: the words with their number."""
    own = [subject for subject in subjects if subject.startswith(prefix)]
    return {one: str(named) % {"number": one.removeprefix(prefix)} for one in own}
