"""The applications of a call as its officers ask to see them."""

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Value, When

from fondaco.applications.models import Application, Finding
from fondaco.applications.selectors.rows import sent_applications
from fondaco.applications.states import Verdict
from fondaco.calls.models import Call

HOLDS = Case(When(overruled="", then=F("verdict")), default=F("overruled"))


def office_list(call: Call) -> QuerySet[Application]:
    """The applications sent to a call, the first received first, each with its verdict."""
    held = Finding.objects.filter(application=OuterRef("pk")).annotate(holds=HOLDS)
    return (
        sent_applications(call)
        .select_related("organisation")
        .annotate(
            versions=Count("submissions"),
            verdict=Case(
                When(Exists(held.filter(holds=Verdict.NOT_MET)), then=Value(Verdict.NOT_MET.value)),
                When(Exists(held.filter(holds=Verdict.UNKNOWN)), then=Value(Verdict.UNKNOWN.value)),
                default=Value(Verdict.MET.value),
            ),
        )
        .order_by("submitted_at", "pk")
    )


def countries_applying(call: Call) -> list[str]:
    """The countries of the organisations that sent something."""
    codes = sent_applications(call).values_list("organisation__country", flat=True)
    return sorted({code for code in codes if code})
