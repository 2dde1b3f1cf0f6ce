"""Evaluations, panels, rankings and decisions in the stories of other things."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from fondaco.applications.models import Application
from fondaco.evaluation.access import EVALUATION, PANEL, RANKING
from fondaco.evaluation.models import Decision, Ranking
from fondaco.evaluation.phrases import EVALUATION_NAMED, PANEL_NAMED, RANKING_NAMED


def entries_about_evaluation_of(application: str) -> Q:
    """What happened in the evaluation of an application."""
    return Q(subject=f"{EVALUATION}{application}")


def entries_about_judging(call: str) -> Q:
    """Panel, evaluations, rankings and decisions of a call."""
    applications = Application.objects.filter(call__code=call)
    rankings = Ranking.objects.filter(call__code=call)
    number = Cast("number", CharField())
    found = Q(subject=f"{PANEL}{call}")
    found |= Q(subject__in=_written(applications, Value(EVALUATION), "code"))
    found |= Q(subject__in=_written(rankings, Value(f"{RANKING}{call}-"), number))
    decisions = Decision.objects.filter(call__code=call)
    return found | Q(verb__startswith="decision.", subject__in=decisions.values("code"))


def _written(rows: QuerySet[Any, Any], *parts: object) -> QuerySet[Any, Any]:
    """The subjects of rows, put together as the services write them."""
    told_as = Concat(*parts, output_field=CharField())
    found: QuerySet[Any, Any] = rows.annotate(told_as=told_as).values("told_as")
    return found


def judging_named(subjects: Iterable[str]) -> dict[str, str]:
    """What people call evaluations, panels and rankings."""
    found = {}
    for subject in subjects:
        if subject.startswith(EVALUATION):
            number = subject.removeprefix(EVALUATION)
            found[subject] = EVALUATION_NAMED % {"number": number}
        elif subject.startswith(PANEL):
            found[subject] = str(PANEL_NAMED)
        elif subject.startswith(RANKING):
            found[subject] = RANKING_NAMED % {"number": subject.rpartition("-")[2]}
    return found
