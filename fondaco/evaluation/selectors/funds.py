"""What limits the awards of a call beside its whole: envelopes, quotas, ceilings."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from fondaco.applications.models import Application, Submission
from fondaco.applications.states import SENT
from fondaco.calls.models import Call
from fondaco.calls.selectors import ceiling_over_calls, fetch_parts
from fondaco.calls.states import Next, Over
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.rules.frozen import Matching, parts_in
from fondaco.evaluation.rules.funds import Ceilings, Claim, Part, Unit, cost_of
from fondaco.evaluation.states import Group


def named_parts(call: Call) -> list[Matching]:
    """The envelopes and the quotas of the call, in order."""
    fetch_parts(call)
    return [*call.envelopes.all(), *call.quotas.all()]


def parts_of(call: Call) -> tuple[Part, ...]:
    """The envelopes and the quotas as rules read them; what needs an act is closed without it."""
    fetch_parts(call)
    envelopes = (
        Part(one.code, Unit.MONEY, one.most_cents, one.least_cents) for one in call.envelopes.all()
    )
    quotas = (
        Part(one.code, Unit.PLACES, one.most, one.least, bool(one.needs) and one.opened_on is None)
        for one in call.quotas.all()
    )
    return (*envelopes, *quotas)


def ceilings_of(call: Call) -> Ceilings:
    """The most one organisation may get, in the call and over its programme."""
    return Ceilings(call.ceiling_cents, ceiling_over_calls(call), Over(call.over_ceiling))


def _awards() -> QuerySet[Outcome]:
    return Outcome.objects.filter(is_final=True, group=Group.AWARDED)


def _sums(rows: QuerySet[Outcome]) -> dict[int, int]:
    counted = rows.order_by().values_list("application__organisation").annotate(Sum("amount_cents"))
    return {organisation: cents or 0 for organisation, cents in counted}


def had_elsewhere(call: Call, organisations: Collection[int]) -> dict[int, int]:
    """What these organisations got in the other calls of the programme, in cents.

    Demonstrations count among themselves. Nothing is counted where the programme has no ceiling.
    """
    if ceiling_over_calls(call) is None:
        return {}
    rows = _awards().filter(
        application__call__programme_id=call.programme_id,
        application__call__is_demonstration=call.is_demonstration,
        application__call__currency=call.currency,
        application__organisation__in=organisations,
    )
    return _sums(rows.exclude(application__call=call))


def given_here(
    call: Call, organisations: Collection[int], *, but: Collection[int]
) -> dict[str, int]:
    """What these organisations got in this call by applications other than `but`."""
    rows = _awards().filter(application__call=call, application__organisation__in=organisations)
    found = _sums(rows.exclude(application__in=but))
    return {str(organisation): cents for organisation, cents in found.items()}


def contents_of(applications: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The version that counts of each application."""
    rows = Submission.objects.filter(application__in=list(applications)).order_by("number")
    return dict(rows.values_list("application_id", "content"))


def claims_of(call: Call, outcomes: Collection[Outcome]) -> list[Claim]:
    """The awards of a decision with who gets them, and from which parts."""
    parts = named_parts(call)
    contents = contents_of(one.application_id for one in outcomes) if parts else {}
    had = had_elsewhere(call, {one.application.organisation_id for one in outcomes})
    return [
        Claim(
            code=one.application.code,
            organisation=str(one.application.organisation_id),
            cents=one.amount_cents,
            parts=frozenset(parts_in(contents.get(one.application_id, {}), parts)),
            had_cents=had.get(one.application.organisation_id, 0),
        )
        for one in outcomes
    ]


def given_in_parts(call: Call, *, but: Collection[int]) -> dict[str, int]:
    """What confirmed awards on applications other than `but` took out of each part."""
    parts = {part.code: part for part in parts_of(call)}
    if not parts:
        return {}
    rows = _awards().filter(application__call=call).exclude(application__in=but)
    given: dict[str, int] = defaultdict(int)
    for claim in claims_of(call, list(rows.select_related("application"))):
        for code in claim.parts:
            given[code] += cost_of(parts[code], claim)
    return dict(given)


def are_too_many(call: Call, outcomes: Collection[Outcome]) -> bool:
    """Whether awards go to an organisation that loses all, or has its best ones already."""
    if call.per_organisation is None:
        return False
    organisations = {one.application.organisation_id for one in outcomes}
    if call.next_application == Next.ALL_REFUSED:
        counted = Application.objects.filter(call=call, state__in=list(SENT))
    elif call.next_application == Next.BEST:
        own = _awards().filter(application__call=call).values("application")
        pks = [one.application_id for one in outcomes]
        counted = Application.objects.filter(Q(pk__in=own) | Q(pk__in=pks))
    else:
        return False
    numbers = counted.filter(organisation__in=organisations).order_by()
    rows = numbers.values("organisation").annotate(number=Count("pk"))
    return rows.filter(number__gt=call.per_organisation).exists()
