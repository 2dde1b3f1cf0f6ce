"""The rows of a group read as answers: what they mean, what is wrong with them, what they lack."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fondaco.questionnaires.rules.answers import (
    Problem,
    Reason,
    Table,
    Typed,
    is_answered,
    problems_of,
    value_of,
)
from fondaco.questionnaires.rules.budgets import ROW, Over, over, reckoned, totals, whole_of
from fondaco.questionnaires.rules.groups import Row, cell_key, most_rows, rows_in
from fondaco.questionnaires.rules.reading import money_in
from fondaco.questionnaires.rules.schema import Question

ROWS, TOTALS = "rows", "totals"


def values_of_row(question: Question, row: Row) -> dict[str, str]:
    """What the cells of a row mean, with what it reckons; what cannot be read is left out."""
    read = {
        column.code: value_of(column, row.cells.get(column.code, ""))
        for column in question.columns
        if column.formula is None
    }
    plain = {code: value for code, value in read.items() if isinstance(value, str)}
    return reckoned(question, plain)


def group_value(question: Question, answers: Mapping[str, Typed]) -> Table | None:
    """What a group means: its rows in their order, and what its columns come to."""
    kept = rows_in(question, answers)
    if not kept:
        return None
    rows = [{ROW: row.code, **values_of_row(question, row)} for row in kept]
    found = {code: f"{figure:f}" for code, figure in totals(question, rows).items()}
    return {ROWS: rows, TOTALS: [found]}


def figure_of(question: Question, answers: Mapping[str, Typed]) -> Decimal | None:
    """The one figure of a group: its total, or how many rows it has; None where it is empty."""
    kept = rows_in(question, answers)
    return whole_of(question, [values_of_row(question, row) for row in kept]) if kept else None


def figure_in(question: Question, value: Mapping[str, Any]) -> Decimal | None:
    """The same of a group that was frozen."""
    rows = value.get(ROWS)
    return whole_of(question, rows) if rows else None


def problems_of_group(
    question: Question, answers: Mapping[str, Typed], *, share: Decimal | None = None
) -> list[Problem]:
    """Everything wrong in a group: its cells, its number of rows, and what its budget goes over."""
    rows = rows_in(question, answers)
    found = [problem for row in rows for problem in _problems_of_row(question, row)]
    most = most_rows(question)
    if len(rows) > most:
        found.append(Problem(question.code, Reason.TOO_MANY_ROWS, str(most), str(len(rows))))
    values = [values_of_row(question, row) for row in rows]
    grant = _grant_of(question, answers)
    return [
        *found,
        *(_beyond(question, one) for one in over(question, values, grant=grant, share=share)),
    ]


def _grant_of(question: Question, answers: Mapping[str, Typed]) -> Decimal | None:
    """The amount that is asked for, where the form asks it in a question of its own."""
    typed = answers.get(question.budget.grant) if question.budget else None
    found = money_in(typed) if isinstance(typed, str) and typed.strip() else None
    return found if isinstance(found, Decimal) else None


def _problems_of_row(question: Question, row: Row) -> list[Problem]:
    return [
        _in_cell(question, row, column, problem)
        for column in question.columns
        for problem in problems_of(column, row.cells.get(column.code, ""))
    ]


def _in_cell(question: Question, row: Row, column: Question, problem: Problem) -> Problem:
    key = cell_key(question.code, row.code, column.code)
    return Problem(question.code, problem.reason, problem.limit, problem.given, key)


def _beyond(question: Question, one: Over) -> Problem:
    percent = "" if one.percent is None else f"{one.percent.normalize():f}"
    reason, option = Reason(one.excess.value), one.option
    return Problem(
        question.code, reason, f"{one.limit:f}", f"{one.given:f}", option=option, percent=percent
    )


def lacks_of_group(question: Question, answers: Mapping[str, Typed]) -> list[Problem]:
    """What a group lacks: rows, and the cells of its rows that must be filled in."""
    rows = rows_in(question, answers)
    least = int(question.at_least or 0)
    least = max(least, 1) if question.is_required else least if rows else 0
    found = [
        _in_cell(question, row, column, Problem(question.code, Reason.MISSING))
        for row in rows
        for column in question.columns
        if column.is_required
        and column.formula is None
        and not is_answered(row.cells.get(column.code, ""))
    ]
    if len(rows) < least:
        found.append(Problem(question.code, Reason.TOO_FEW_ROWS, str(least), str(len(rows))))
    return found
