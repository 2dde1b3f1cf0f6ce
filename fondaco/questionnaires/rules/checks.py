"""What does not agree in a form: conditions, groups, budgets; each mistake with its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fondaco.questionnaires.rules.conditions import FACT_SIGN, FACTS, Test, texts_of
from fondaco.questionnaires.rules.schema import WITH_OPTIONS, Kind
from fondaco.questionnaires.rules.tables import FormulaWrong, formula

Where = tuple[str | int, ...]
Data = Mapping[str, Any]
IN_ROWS = frozenset(
    {
        *(Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE),
        *(Kind.CHOICE, Kind.COUNTRY, Kind.EMAIL, Kind.WEB),
    }
)
FIGURES = frozenset({Kind.NUMBER, Kind.MONEY, Kind.GROUP})
IN_ORDER = FIGURES | {Kind.DATE}
NEVER_ASKED = frozenset({Kind.FILE, Kind.SIGNATURE})
SETS = frozenset({Test.IS, Test.IN, Test.ANY_OF})


class Mistake(StrEnum):
    """What is wrong at a place of a form."""

    NO_SUCH_QUESTION = "no-such-question"
    NO_SUCH_FACT = "no-such-fact"
    LATER_QUESTION = "later-question"
    ITSELF = "itself"
    NO_SUCH_OPTION = "no-such-option"
    NO_VALUE = "no-value"
    VALUE_NOT_ASKED = "value-not-asked"
    NO_ORDER = "no-order"
    NOT_COMPARED = "not-compared"
    GROUP_NEEDS_COLUMNS = "group-needs-columns"
    COLUMNS_OF_NOTHING = "columns-of-nothing"
    NOT_IN_ROWS = "not-in-rows"
    NO_SUCH_COLUMN = "no-such-column"
    NOT_A_FIGURE = "not-a-figure"
    FORMULA_WRONG = "formula-wrong"
    NOT_A_CHOICE = "not-a-choice"
    NOT_MONEY = "not-money"
    NO_LIMIT = "no-limit"
    TWICE = "twice"
    EXPORT_TAKEN = "export-taken"


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake: where it stands, the word that is wrong, and what could stand there."""

    where: Where
    mistake: Mistake
    word: str = ""
    choices: tuple[str, ...] = ()


def faults(schema: Data) -> list[Fault]:
    """Everything in a form that does not agree, as its file says it."""
    asked = [
        (("section", number, "question", position), question)
        for number, section in enumerate(schema.get("section", ()))
        for position, question in enumerate(section.get("question", ()))
    ]
    found = list(_faults_of_conditions(schema))
    for where, question in asked:
        found += _faults_of_group(where, question, [one for _place, one in asked])
    return [*found, *_faults_of_exports(asked)]


def _faults_of_conditions(schema: Data) -> Iterator[Fault]:
    """A condition looks back, at a question or fact that there is, with a value it can have."""
    sections = schema.get("section", ())
    every = {one["code"]: one for section in sections for one in section.get("question", ())}
    before: dict[str, Data] = {}
    for number, section in enumerate(sections):
        yield from _faults_of_shown(("section", number), section, before, every)
        for position, question in enumerate(section.get("question", ())):
            where = ("section", number, "question", position)
            yield from _faults_of_shown(where, question, before, every)
            before[question["code"]] = question


def _faults_of_shown(
    where: Where, data: Data, before: Mapping[str, Data], every: Mapping[str, Data]
) -> Iterator[Fault]:
    conditions = (data.get("shown_when") or {}).get("condition", ())
    for position, condition in enumerate(conditions):
        at = (*where, "shown_when", "condition", position)
        of = condition.get("of", "")
        if FACT_SIGN in of:
            if of not in FACTS:
                yield Fault((*at, "of"), Mistake.NO_SUCH_FACT, of, tuple(sorted(FACTS)))
        elif of not in before:
            yield Fault((*at, "of"), _misplaced(of, data, every), of, tuple(before))
        else:
            yield from _faults_of_value(at, condition, before[of])


def _misplaced(of: str, data: Data, every: Mapping[str, Data]) -> Mistake:
    if of == data.get("code") and of in every:
        return Mistake.ITSELF
    return Mistake.LATER_QUESTION if of in every else Mistake.NO_SUCH_QUESTION


def _faults_of_value(at: Where, condition: Data, asked: Data) -> Iterator[Fault]:
    """The test suits the kind of the question, and the value is one that it can have."""
    test, kind = condition.get("test"), asked.get("kind")
    value = texts_of(condition.get("value", ()))
    if kind in NEVER_ASKED and test != Test.ANSWERED:
        yield Fault((*at, "of"), Mistake.NOT_COMPARED, asked["code"])
    elif test == Test.ANSWERED:
        yield from [Fault((*at, "value"), Mistake.VALUE_NOT_ASKED, one) for one in value[:1]]
    elif not value:
        yield Fault(at, Mistake.NO_VALUE, asked["code"])
    elif test not in SETS and kind not in IN_ORDER:
        yield Fault((*at, "test"), Mistake.NO_ORDER, asked["code"])
    elif kind in WITH_OPTIONS:
        options = tuple(option["code"] for option in asked.get("option", ()))
        unknown = [word for word in value if word not in options]
        place = (*at, "value")
        yield from [Fault(place, Mistake.NO_SUCH_OPTION, one, options) for one in unknown]


def _faults_of_group(where: Where, group: Data, asked: Iterable[Data]) -> Iterator[Fault]:
    columns = group.get("column", ())
    if group.get("kind") != Kind.GROUP:
        if columns or group.get("budget"):
            yield Fault(where, Mistake.COLUMNS_OF_NOTHING, group["code"])
        return
    if not columns:
        yield Fault(where, Mistake.GROUP_NEEDS_COLUMNS, group["code"])
    for position, column in enumerate(columns):
        yield from _faults_of_column((*where, "column", position), column, columns[:position])
    if group.get("budget"):
        yield from _faults_of_budget((*where, "budget"), group, asked)


def _faults_of_column(at: Where, column: Data, before: Iterable[Data]) -> Iterator[Fault]:
    """A column has a kind that fits into a row; its formula reads figures that stand before it."""
    earlier = list(before)
    if column["code"] in {one["code"] for one in earlier}:
        yield Fault((*at, "code"), Mistake.TWICE, column["code"])
    if column["kind"] not in IN_ROWS:
        yield Fault((*at, "kind"), Mistake.NOT_IN_ROWS, column["kind"], tuple(sorted(IN_ROWS)))
    if column["kind"] not in FIGURES and (column.get("total") or column.get("formula")):
        yield Fault((*at, "kind"), Mistake.NOT_A_FIGURE, column["code"])
    if column["kind"] in WITH_OPTIONS and not column.get("option"):
        yield Fault(at, Mistake.NO_SUCH_OPTION, column["code"])
    try:
        read = formula(column.get("formula") or "")
    except FormulaWrong:
        yield Fault((*at, "formula"), Mistake.FORMULA_WRONG, column["formula"])
        return
    figures = tuple(one["code"] for one in earlier if one["kind"] in FIGURES)
    for name in sorted(read.columns - set(figures)) if read else ():
        yield Fault((*at, "formula"), Mistake.NO_SUCH_COLUMN, name, figures)


def _faults_of_budget(at: Where, group: Data, asked: Iterable[Data]) -> Iterator[Fault]:
    budget, columns = group["budget"], {one["code"]: one for one in group.get("column", ())}
    totals = tuple(code for code, one in columns.items() if one.get("total"))
    if budget.get("amount") not in totals:
        yield Fault((*at, "amount"), Mistake.NO_SUCH_COLUMN, budget.get("amount", ""), totals)
    category = budget.get("category")
    choices = tuple(code for code, one in columns.items() if one["kind"] == Kind.CHOICE)
    if category and category not in choices:
        yield Fault((*at, "category"), Mistake.NOT_A_CHOICE, category, choices)
    options = tuple(one["code"] for one in columns.get(category, {}).get("option", ()))
    for position, ceiling in enumerate(budget.get("ceiling", ())):
        place = (*at, "ceiling", position)
        if ceiling["option"] not in options:
            yield Fault((*place, "option"), Mistake.NO_SUCH_OPTION, ceiling["option"], options)
        if ceiling.get("most") is None and ceiling.get("percent") is None:
            yield Fault(place, Mistake.NO_LIMIT, ceiling["option"])
    money = tuple(one["code"] for one in asked if one.get("kind") == Kind.MONEY)
    if budget.get("grant") and budget["grant"] not in money:
        yield Fault((*at, "grant"), Mistake.NOT_MONEY, budget["grant"], money)


def _faults_of_exports(asked: Iterable[tuple[Where, Data]]) -> Iterator[Fault]:
    """Two columns of an export are never called alike."""
    taken: set[str] = set()
    named: set[str] = set()
    for where, question in asked:
        own = question.get("export", "")
        key = own or question["code"]
        if key in taken and (own or key in named):
            yield Fault((*where, "export" if own else "code"), Mistake.EXPORT_TAKEN, key)
        taken.add(key)
        named |= {own} if own else set()
