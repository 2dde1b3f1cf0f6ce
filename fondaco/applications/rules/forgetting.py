"""When personal data has had its time: which answers are forgotten, and what stays of them."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from fondaco.questionnaires.rules.groups import head_of
from fondaco.questionnaires.rules.schema import Form

MONTHS = 12


def months_after(moment: datetime, months: int) -> datetime:
    """The same day some months later; the last of the month where there is no such day."""
    year, month = divmod(moment.year * MONTHS + moment.month - 1 + months, MONTHS)
    last = monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def due(form: Form, closed_at: datetime, *, at: datetime) -> list[str]:
    """The questions whose answers have been kept as long as they may be, in their order."""
    return [
        question.code
        for question in form.questions
        if question.personal and months_after(closed_at, question.personal.months) <= at
    ]


def without(answers: Mapping[str, Any], codes: Collection[str]) -> dict[str, Any]:
    """Answers without those of some questions, the cells of groups included."""
    return {key: said for key, said in answers.items() if head_of(key) not in codes}


def forgotten(content: Mapping[str, Any], codes: Collection[str], *, day: str) -> dict[str, Any]:
    """A frozen version without these answers; the sums of its files stay, for its signature."""
    files = {
        code: file | {"code": "", "name": ""} if code in codes else file
        for code, file in content["files"].items()
    }
    return {
        **content,
        "answers": without(content["answers"], codes),
        "typed": without(content.get("typed", {}), codes),
        "files": files,
        "forgotten": {**dict.fromkeys(codes, day), **content.get("forgotten", {})},
    }
