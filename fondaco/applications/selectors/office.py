"""The applications of a call as its officers ask to see them."""

from collections.abc import Collection

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from fondaco.applications.models import Application, Finding, Submission
from fondaco.applications.selectors.rows import sent_applications
from fondaco.applications.states import Verdict
from fondaco.calls.models import Call

HOLDS = Case(When(overruled="", then=F("verdict")), default=F("overruled"))
_WEIGHT = Case(
    When(Q(overruled="", verdict=Verdict.NOT_MET) | Q(overruled=Verdict.NOT_MET), then=2),
    When(Q(overruled="", verdict=Verdict.UNKNOWN) | Q(overruled=Verdict.UNKNOWN), then=1),
    default=0,
)
_VERSIONS = (
    Submission.objects.filter(application=OuterRef("pk"))
    .order_by()
    .values("application")
    .annotate(number=Count("pk"))
    .values("number")
)


def office_list(call: Call) -> QuerySet[Application]:
    """The applications sent to a call, the first received first, each with its verdict."""
    held = Finding.objects.filter(application=OuterRef("pk")).annotate(holds=HOLDS)
    return (
        sent_applications(call)
        .select_related("organisation")
        .defer("organisation__names", "organisation__description", "organisation__source")
        .annotate(
            versions=Subquery(_VERSIONS),
            verdict=Case(
                When(Exists(held.filter(holds=Verdict.NOT_MET)), then=Value(Verdict.NOT_MET.value)),
                When(Exists(held.filter(holds=Verdict.UNKNOWN)), then=Value(Verdict.UNKNOWN.value)),
                default=Value(Verdict.MET.value),
            ),
        )
        .order_by("submitted_at", "pk")
    )


def with_verdict(call: Call, verdict: str) -> Q:
    """Applications to the call with that verdict: the findings are read once, not row by row."""
    doubted = Finding.objects.filter(application__call=call).exclude(
        verdict=Verdict.MET, overruled=""
    )
    worst = doubted.order_by().values("application").annotate(worst=Max(_WEIGHT))
    ways = {
        Verdict.NOT_MET: Q(pk__in=worst.filter(worst=2).values("application")),
        Verdict.UNKNOWN: Q(pk__in=worst.filter(worst=1).values("application")),
        Verdict.MET: ~Q(pk__in=worst.filter(worst__gt=0).values("application")),
    }
    return ways[Verdict(verdict)] if verdict in set(Verdict) else Q(pk=None)


def countries_applying(call: Call) -> list[str]:
    """The countries of the organisations that sent something."""
    rows = sent_applications(call).order_by().exclude(organisation__country="")
    return sorted(rows.values_list("organisation__country", flat=True).distinct())


def found_by(word: str, countries: Collection[str]) -> Q:
    """Applications in whose number, applicant or city a word stands, or that come from there.

    The word is without capitals and accents, as the kept text is that it is looked for in.
    """
    said = Q(code__icontains=word) | Q(organisation__search_text__contains=word)
    return said | Q(organisation__country__in=countries)
