"""What the rows of a group come to: formulas, totals, ceilings, and the share that is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from fondaco.questionnaires.rules.schema import Kind, Question
from fondaco.questionnaires.rules.tables import CENT, Budget, Ceiling

ROW = "row"
"""Under which name a row of a group keeps its code beside its values."""
HUNDRED = Decimal(100)
FIGURES = frozenset({Kind.NUMBER, Kind.MONEY})
Values = Mapping[str, str]
"""A row as it is meant: what each column says, in plain figures."""


class Excess(StrEnum):
    """What a budget goes beyond."""

    CEILING = "over-ceiling"
    SHARE = "over-share"


@dataclass(frozen=True, slots=True)
class Over:
    """How far a budget goes beyond what is allowed; `option` names the category."""

    excess: Excess
    limit: Decimal
    given: Decimal
    option: str = ""
    percent: Decimal | None = None
    whole: Decimal = Decimal(0)


def figures_of(question: Question, row: Values) -> dict[str, Decimal]:
    """The figures of a row, those that it reckons included."""
    found = {
        column.code: Decimal(row[column.code])
        for column in question.columns
        if column.kind in FIGURES and column.formula is None and row.get(column.code)
    }
    for column in question.columns:
        result = column.formula.of(found) if column.formula else None
        if result is not None:
            found[column.code] = result
    return found


def reckoned(question: Question, row: Values) -> dict[str, str]:
    """The row with the results of its formulas."""
    figures = figures_of(question, row)
    made = [column.code for column in question.columns if column.formula]
    return {**row, **{code: f"{figures[code]:f}" for code in made if code in figures}}


def totals(question: Question, rows: Sequence[Values]) -> dict[str, Decimal]:
    """What each column that is added up comes to."""
    found = [figures_of(question, row) for row in rows]
    return {
        column.code: sum((row.get(column.code, Decimal(0)) for row in found), Decimal(0))
        for column in question.columns
        if column.is_totalled
    }


def whole_of(question: Question, rows: Sequence[Values]) -> Decimal:
    """The one figure of a group: its budget, else its only total, else how many rows it has."""
    found = totals(question, rows)
    if question.budget and question.budget.amount in found:
        return found[question.budget.amount]
    return next(iter(found.values())) if len(found) == 1 else Decimal(len(rows))


def over(
    question: Question,
    rows: Sequence[Values],
    *,
    grant: Decimal | None = None,
    share: Decimal | None = None,
) -> list[Over]:
    """Where a budget goes beyond its ceilings, or asks for more than its share of the whole.

    `share` is the call's own, in per cent; the form's comes before it.
    """
    budget = question.budget
    if budget is None:
        return []
    whole = whole_of(question, rows)
    found = [
        one for ceiling in budget.ceilings if (one := _over_ceiling(question, rows, ceiling, whole))
    ]
    percent = budget.percent if budget.percent is not None else share
    if grant is None or percent is None or not budget.grant:
        return found
    limit = share_of(whole, percent)
    is_over = grant > limit
    more = Over(Excess.SHARE, limit, grant, percent=percent, whole=whole)
    return [*found, *([more] if is_over else [])]


def share_of(whole: Decimal, percent: Decimal) -> Decimal:
    """A share of a sum, never rounded up: nobody is paid a cent more than the share."""
    return (whole * percent / HUNDRED).quantize(CENT, ROUND_DOWN)


def _over_ceiling(
    question: Question, rows: Sequence[Values], ceiling: Ceiling, whole: Decimal
) -> Over | None:
    budget = question.budget
    if budget is None:
        return None
    spent = by_category(question, budget, rows).get(ceiling.option, Decimal(0))
    limits = [ceiling.most] if ceiling.most is not None else []
    limits += [share_of(whole, ceiling.percent)] if ceiling.percent is not None else []
    limit = min(limits, default=spent)
    if spent <= limit:
        return None
    percent = ceiling.percent if limit != ceiling.most else None
    return Over(Excess.CEILING, limit, spent, ceiling.option, percent, whole)


def by_category(question: Question, budget: Budget, rows: Sequence[Values]) -> dict[str, Decimal]:
    """What the rows of each category come to."""
    found: dict[str, Decimal] = {}
    for row in rows:
        amount = figures_of(question, row).get(budget.amount, Decimal(0))
        category = row.get(budget.category, "")
        found[category] = found.get(category, Decimal(0)) + amount
    return found
