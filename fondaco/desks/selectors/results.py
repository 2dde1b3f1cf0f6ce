"""What came of the money so far, for those who ask on the funder's side."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fondaco.applications.states import SENT
from fondaco.calls.models import Call
from fondaco.evaluation.selectors.outcomes import Awarded, money_decided
from fondaco.programmes.models import Programme
from fondaco.web import reference, words


@dataclass(frozen=True, slots=True)
class CallResult:
    """One call: how many applied, how many were awarded, how much was decided."""

    call: Call
    received: int
    awards: int
    cents: int

    @property
    def rate(self) -> float:
        """Awards for each application received; zero where none was."""
        return self.awards / self.received if self.received else 0.0


@dataclass(frozen=True, slots=True)
class Results:
    """A programme's results as far as they are decided."""

    calls: list[CallResult]
    by_country: list[tuple[str, str, float]]
    awards: int
    cents: int
    received: int


def results_of(programme: Programme) -> Results:
    """Applications, awards and money by call, and awards by country for the map."""
    awarded = money_decided([programme])
    by_call = _sums(awarded)
    sent = Count("applications", filter=Q(applications__state__in=SENT))
    calls = Call.objects.filter(programme=programme, published_at__isnull=False).annotate(sent=sent)
    rows = [
        CallResult(call, call.sent, *by_call.get(call.code, (0, 0)))
        for call in calls.order_by("code")
    ]
    return Results(
        calls=rows,
        by_country=_by_country(awarded),
        awards=sum(row.awards for row in rows),
        cents=sum(row.cents for row in rows),
        received=sum(row.received for row in rows),
    )


def _sums(awarded: list[Awarded]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in awarded:
        awards, cents = sums[row.call]
        sums[row.call] = (awards + row.awards, cents + row.cents)
    return sums


def _by_country(awarded: list[Awarded]) -> list[tuple[str, str, float]]:
    counts: dict[str, int] = defaultdict(int)
    for row in awarded:
        counts[row.country] += row.awards
    named = [
        (code, reference.name_of(reference.countries(), code), float(count))
        for code, count in counts.items()
    ]
    return sorted(named, key=lambda row: (-row[2], words.in_order(row[1])))


def tiles_of(results: Results, programme: Programme) -> list[dict[str, object]]:
    """The figures at the head of the page."""
    return [
        {"label": _("Applications received"), "value": words.number(results.received)},
        {"label": pgettext("how many", "Awarded"), "value": words.number(results.awards)},
        {
            "label": _("Money decided"),
            "value": words.amount(results.cents, programme.currency),
            "note": _("confirmed decisions alone"),
        },
        {"label": _("Countries reached"), "value": words.number(len(results.by_country))},
    ]
