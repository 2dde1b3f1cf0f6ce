"""Applications in the stories of other things."""

from collections.abc import Iterable

from django.db.models import Q

from fondaco.applications.models import Application


def entries_about_applications_to(call: str) -> Q:
    """What happened to the applications that were sent to a call."""
    sent = Application.objects.filter(call__code=call, submitted_at__isnull=False)
    return Q(subject__in=sent.values("code"))


def applicants_named(codes: Iterable[str]) -> dict[str, str]:
    """The applications with these codes, each with who applies."""
    rows = Application.objects.filter(code__in=list(codes)).select_related("organisation")
    return {row.code: f"{row.code} · {row.organisation.name}" for row in rows}
