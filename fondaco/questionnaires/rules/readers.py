"""Who reads which answers, and what an export calls them."""

from collections.abc import Mapping
from dataclasses import dataclass

from fondaco.questionnaires.rules.answers import Value
from fondaco.questionnaires.rules.rows import ROWS, TOTALS
from fondaco.questionnaires.rules.schema import Form, Question, Texts
from fondaco.questionnaires.rules.tables import Reader

NOTHING: frozenset[str] = frozenset()
JOINT = "."
"""Between the key of a group and that of its column: `budget.amount`."""


def withheld(form: Form, reader: Reader | None) -> frozenset[str]:
    """The questions whose answers this reader does not see; None is who applies, who sees all."""
    if reader is None or not form.is_restricted:
        return NOTHING
    return frozenset(one.code for one in form.questions if reader not in one.seen_by)


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of an export: its key, which stays when the label changes, and the question."""

    key: str
    question: Question
    column: Question | None = None

    @property
    def label(self) -> Texts:
        """What the column is called for people."""
        return (self.column or self.question).label


def columns_of(form: Form, reader: Reader | None) -> list[ExportColumn]:
    """The columns of an export, in the order of the form; of a group its totals and rows."""
    hidden = withheld(form, reader)
    found: list[ExportColumn] = []
    for question in form.questions:
        if question.code in hidden:
            continue
        key = question.export or question.code
        totals = [column for column in question.columns if column.is_totalled]
        found += [ExportColumn(f"{key}{JOINT}{column.code}", question, column) for column in totals]
        found.append(ExportColumn(key, question))
    return found


def cell_of(column: ExportColumn, answers: Mapping[str, Value]) -> str:
    """What stands in the column for one application, in plain values; nothing where it is empty."""
    value = answers.get(column.question.code)
    if value is None:
        return ""
    if column.question.columns:
        return _of_group(column, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    return str(value["name"]) if isinstance(value, dict) else value


def _of_group(column: ExportColumn, value: Value) -> str:
    """The total of a column, or how many rows the group has."""
    if not isinstance(value, dict):
        return ""
    rows, totals = value.get(ROWS, []), value.get(TOTALS, [])
    if column.column is None:
        return str(len(rows))
    found = totals[0] if isinstance(totals, list) and totals else {}
    return found.get(column.column.code, "")
