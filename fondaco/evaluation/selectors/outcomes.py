"""What others may know of outcomes: money by call and country, and what an applicant is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from fondaco.applications.models import Application
from fondaco.applications.states import Verdict
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import opening
from fondaco.calls.selectors import opening_terms
from fondaco.calls.states import Intake, Stage, Support
from fondaco.evaluation.models import Assignment, Outcome, Redress
from fondaco.evaluation.rules import queues
from fondaco.evaluation.rules.decisions import Purse, spending
from fondaco.evaluation.rules.ranking import StepCode
from fondaco.evaluation.selectors.decisions import final_outcomes, reserve_of
from fondaco.evaluation.selectors.files import anonymous_order
from fondaco.evaluation.selectors.funds import parts_of
from fondaco.evaluation.selectors.limits import over_limits
from fondaco.evaluation.states import AssignmentState, Group, RedressState
from fondaco.mail.selectors import letters_told, told_among
from fondaco.mail.states import Occasion
from fondaco.programmes.models import Programme

OCCASIONS = {
    Group.AWARDED: Occasion.AWARDED,
    Group.RESERVE: Occasion.RESERVE,
    Group.NOT_FUNDED: Occasion.NOT_AWARDED_BUDGET,
    Group.BELOW_THRESHOLD: Occasion.NOT_AWARDED_SCORE,
    Group.NOT_ELIGIBLE: Occasion.NOT_ELIGIBLE,
}


@dataclass(frozen=True, slots=True)
class Awarded:
    """Awards and money decided so far in one call and country."""

    call: str
    country: str
    currency: str
    awards: int
    cents: int


@dataclass(frozen=True, slots=True)
class CriterionFeedback:
    """What an applicant reads on one criterion: the mean, and comments without names."""

    criterion: str
    mean: Decimal | None
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an applicant reads of the evaluation, as far as the call shows it."""

    outcome: Outcome
    criteria: tuple[CriterionFeedback, ...] = ()
    comments: tuple[str, ...] = ()


def _awards() -> QuerySet[Outcome]:
    return Outcome.objects.filter(is_final=True, group=Group.AWARDED)


def money_decided(programmes: Iterable[Programme]) -> list[Awarded]:
    """Awards and money confirmed so far, by call and country of the applicant."""
    rows = (
        _awards()
        .filter(application__call__programme__in=list(programmes))
        .values_list(
            "application__call__code",
            "application__organisation__country",
            "application__call__currency",
        )
        .annotate(awards=Count("pk"), cents=Sum("amount_cents"))
        .order_by("application__call__code", "application__organisation__country")
    )
    return [
        Awarded(call, country, currency, awards, cents or 0)
        for call, country, currency, awards, cents in rows
    ]


def money_decided_in(call: Call) -> int:
    """Cents awarded by confirmed decisions of one call."""
    found = _awards().filter(application__call=call).aggregate(cents=Sum("amount_cents"))
    return found["cents"] or 0


def purse_of(call: Call) -> tuple[int | None, int, int | None, int]:
    """Money and places of the call, and how much of them is given by confirmed decisions."""
    given = _awards().filter(application__call=call).count()
    return call.total_cents, money_decided_in(call), call.places, given


def is_used_up(call: Call) -> bool:
    """Whether nobody can be awarded any more where those who come first are served."""
    if call.intake != Intake.FIRST_COME:
        return False
    return queues.is_used_up(Purse(*purse_of(call)), _least_award(call))


def can_close_early(call: Call, *, at: datetime) -> bool:
    """Whether the money or the places of a call have ended while it still takes in."""
    is_running = opening(opening_terms(call), at=at) in (Stage.OPEN, Stage.SUSPENDED)
    return is_running and is_used_up(call)


def _least_award(call: Call) -> int | None:
    """The smallest award that the call can make; None where it depends on what is asked."""
    if call.support == Support.FIXED:
        return call.amount_cents
    if call.support == Support.MENU:
        return min((item.amount_cents for item in call.items.all()), default=None)
    return call.least_cents


def next_reserve(call: Call) -> Outcome | None:
    """The first on the reserve list, where money and places that are free are enough for it.

    With envelopes or quotas it is the first whose own part has room.
    """
    waiting = list(reserve_of(call))
    purse = Purse(*purse_of(call)) if waiting else None
    for one in waiting:
        amount = 0 if call.support == Support.NONE else one.amount_cents
        if purse is None or not spending(purse, (amount,)):
            return None
        if not over_limits(call, [one]):
            return one
        if not parts_of(call):
            return None
    return None


def reasons_not_eligible(application: Application) -> list[object]:
    """The rules of the call that the application does not meet, the officer's word before ours."""
    failed = [
        finding.rule
        for finding in application.findings.order_by("position")
        if (finding.overruled or finding.verdict) == Verdict.NOT_MET
    ]
    return [{"code": StepCode.RULE.value, "numbers": {"rule": rule}} for rule in failed]


def told_under(outcomes: Iterable[Outcome]) -> dict[int, str]:
    """The code under which the letters of each outcome are kept; two queries for all.

    It is the application's own, numbered where redress has opened an earlier decision again: the
    letter of that one is not the letter of the next.
    """
    known = {one.pk: one.application_id for one in outcomes}
    codes = dict(Application.objects.filter(pk__in=known.values()).values_list("pk", "code"))
    upheld = Redress.objects.filter(
        state=RedressState.UPHELD, outcome__application_id__in=known.values()
    )
    rows = list(upheld.values_list("outcome__application_id", "outcome_id"))
    before = {pk: sum(one == key and old < pk for one, old in rows) for pk, key in known.items()}
    return {
        pk: f"{codes[key]}.{before[pk] + 1}" if before[pk] else codes[key]
        for pk, key in known.items()
    }


def _outcomes_shown(applications: Iterable[int]) -> dict[int, Outcome]:
    """What is decided, by application; opened again, it is shown until a letter says so."""
    wanted = list(applications)
    shown = final_outcomes(wanted)
    upheld = Outcome.objects.filter(
        application_id__in=set(wanted) - shown.keys(), redress__state=RedressState.UPHELD
    ).select_related("redress")
    opened = {one.application_id: one for one in upheld.order_by("pk")}
    codes = [one.redress.code for one in opened.values()]
    told = told_among(codes, [Occasion.REDRESS_UPHELD]) if codes else set()
    known = {code for code, _occasion in told}
    return shown | {pk: one for pk, one in opened.items() if one.redress.code not in known}


def outcome_told(application: Application) -> Outcome | None:
    """The outcome that holds, once its letter stands in the portal; before that nobody is told."""
    outcome = _outcomes_shown([application.pk]).get(application.pk)
    occasion = OCCASIONS.get(Group(outcome.group)) if outcome else None
    if outcome is None or occasion is None:
        return None
    return outcome if letters_told(told_under([outcome])[outcome.pk], [occasion]).exists() else None


def groups_told(applications: Iterable[Application]) -> dict[int, Group]:
    """The outcome of each application whose letter stands in the portal; five queries for all."""
    final = _outcomes_shown(application.pk for application in applications)
    under = told_under(final.values())
    codes = {pk: under[outcome.pk] for pk, outcome in final.items()}
    told = told_among(codes.values(), OCCASIONS.values())
    groups = {pk: Group(outcome.group) for pk, outcome in final.items()}
    return {
        pk: group
        for pk, group in groups.items()
        if group in OCCASIONS and (codes[pk], OCCASIONS[group]) in told
    }


def feedback_for(application: Application) -> Feedback | None:
    """What the applicant reads: never a name of an evaluator, nothing before the letter."""
    outcome = outcome_told(application)
    if outcome is None:
        return None
    call = application.call
    if not (call.shows_scores or call.shows_comments):
        return Feedback(outcome)
    sheets = _locked_sheets(application)
    criteria = tuple(_criterion(call, line.code, sheets) for line in call.criteria.all())
    said = tuple(sheet.comment for sheet in sheets if sheet.comment and call.shows_comments)
    return Feedback(outcome, criteria, said)


def _locked_sheets(application: Application) -> list[Assignment]:
    locked = Assignment.objects.filter(
        application=application, state=AssignmentState.LOCKED
    ).prefetch_related("marks")
    return sorted(locked, key=anonymous_order)


def _criterion(call: Call, code: str, sheets: list[Assignment]) -> CriterionFeedback:
    marks = [mark for sheet in sheets for mark in sheet.marks.all() if mark.criterion == code]
    numbers = [mark.value for mark in marks if mark.value is not None]
    is_shown = call.shows_scores and bool(numbers)
    return CriterionFeedback(
        criterion=code,
        mean=sum(numbers, Decimal(0)) / len(numbers) if is_shown else None,
        comments=tuple(mark.comment for mark in marks if mark.comment and call.shows_comments),
    )
