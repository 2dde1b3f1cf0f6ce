"""Asking for the facts that rules name; what the form itself declares is told here."""

from collections.abc import Iterable
from datetime import datetime

from fondaco.applications.models import Application
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.eligibility import Rule
from fondaco.kernel.facts import Question, Told, tell

ANSWER = "answer."
FROM_THE_FORM = "form"


def told_to(
    application: Application, rules: Iterable[Rule], copy: Copy, *, at: datetime
) -> dict[str, Told]:
    """What is known for each rule, by the rule's code."""
    return {rule.code: _told(application, rule, copy, at) for rule in rules}


def _told(application: Application, rule: Rule, copy: Copy, at: datetime) -> Told:
    if rule.fact.startswith(ANSWER):
        return told_by_answer(copy, rule.fact.removeprefix(ANSWER), at=at)
    return tell(rule.fact, Question(application.organisation_id, rule.of))


def told_by_answer(copy: Copy, question: str, *, at: datetime) -> Told:
    """What the applicant declares in the form; unknown while it is not answered."""
    value = copy.values.get(question)
    if isinstance(value, dict):
        return Told(value.get("name") or None, FROM_THE_FORM, at)
    return Told(tuple(value) if isinstance(value, list) else value, FROM_THE_FORM, at)
