"""Which applications hold personal data that has had its time."""

from collections.abc import Iterator
from datetime import datetime

from fondaco.applications.models import Application
from fondaco.applications.rules.forgetting import due
from fondaco.calls.models import Call
from fondaco.calls.rules.opening import deadline
from fondaco.calls.selectors import opening_terms
from fondaco.questionnaires.models import FormVersion
from fondaco.questionnaires.selectors import form_of


def closed_at(application: Application) -> datetime:
    """When the call closed; one without a deadline is over when its applicant stopped writing."""
    return deadline(opening_terms(application.call)) or application.edited_at


def answers_due(application: Application, *, at: datetime) -> list[str]:
    """The questions of an application whose answers are to be forgotten."""
    return due(form_of(application.form), closed_at(application), at=at)


def applications_due(*, at: datetime) -> Iterator[int]:
    """Every application that holds an answer longer than its form promised."""
    for version in FormVersion.objects.filter(applications__isnull=False).distinct():
        if form_of(version).personal:
            yield from _of_version(version, at)


def _of_version(version: FormVersion, at: datetime) -> Iterator[int]:
    rows = Application.objects.filter(form=version).select_related("form").order_by("pk")
    calls = Call.objects.filter(applications__form=version).distinct()
    for call in calls.prefetch_related("acts"):
        for application in rows.filter(call=call).iterator():
            application.call = call
            if answers_due(application, at=at) != application.forgotten:
                yield application.pk
