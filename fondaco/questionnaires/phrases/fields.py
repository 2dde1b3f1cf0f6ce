"""Questions as the page of a form asks them, with what was typed into them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fondaco.documents.models import Upload
from fondaco.documents.selectors import megabytes_allowed
from fondaco.questionnaires.phrases import figure_words, row_words, sentences
from fondaco.questionnaires.rules.answers import Problem, Typed, mark, value_of
from fondaco.questionnaires.rules.budgets import figures_of, totals, whole_of
from fondaco.questionnaires.rules.conditions import Condition, holds
from fondaco.questionnaires.rules.groups import DOT, Row, cell_key, most_rows, rows_asked, rows_in
from fondaco.questionnaires.rules.rows import values_of_row
from fondaco.questionnaires.rules.schema import Kind, Question, Section, Texts
from fondaco.questionnaires.rules.sections import problems
from fondaco.questionnaires.rules.visibility import Known
from fondaco.web import reference

NEW_ROW = "newrow"
WITH_MONEY = frozenset({Kind.MONEY, Kind.GROUP})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose, as the page shows it."""

    code: str
    label: Texts | str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """What a formula or a total comes to; the script reckons it again from the formula."""

    column: Question
    said: str
    formula: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question as the page asks it; texts keep all their languages for the mark."""

    question: Question
    typed: Typed
    problems: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    upload: Upload | None = None
    currency: str = ""
    is_locked: bool = False
    key: str = ""
    """The key of a cell of a group; else the code of the question is its key."""
    place: str = ""
    """In words, in which row of a group it stands."""
    is_hidden: bool = False
    conditions: str = ""
    """What the script needs to show and hide it at once, as JSON."""
    rows: "tuple[RowField, ...]" = ()
    totals: tuple[Sum, ...] = ()
    figure: str = ""
    """The one figure of a group, for the conditions after it."""

    @property
    def name(self) -> str:
        """The name of the control; the page's anchor is the same."""
        return f"q-{self.key or self.question.code}"

    @property
    def kind(self) -> str:
        """The kind, as a word for the template."""
        is_short = self.key and self.question.kind == Kind.CHOICE
        return "choice-in-row" if is_short else self.question.kind.value

    @property
    def most_rows(self) -> int:
        """How many rows a group may have."""
        return most_rows(self.question)

    @property
    def empty_row(self) -> "RowField":
        """The row that the script makes new ones of."""
        empty = row_field(self, Row(NEW_ROW, 0, {}), 0, ())
        return replace(empty, is_new=True)

    @property
    def wrong(self) -> "list[Field]":
        """What of it has to be put right: itself, or cells of its rows."""
        if self.is_hidden:
            return []
        cells = [cell for row in self.rows for cell in row.cells if cell.problems]
        return [*([self] if self.problems else []), *cells]

    @property
    def is_open(self) -> bool:
        """Whether it may be changed."""
        return not self.is_locked

    @property
    def control(self) -> str:
        """The type of the control; a date that is none yet is shown as it was typed."""
        if self.question.kind == Kind.DATE:
            is_day = not self.typed or value_of(self.question, self.typed) == self.typed
            return "date" if is_day else "text"
        return {Kind.EMAIL: "email", Kind.WEB: "url"}.get(self.question.kind, "text")

    @property
    def megabytes(self) -> int:
        """How large its file may be."""
        return megabytes_allowed(self.question.megabytes)

    @property
    def accept(self) -> str:
        """What the browser's file dialogue offers first."""
        endings = [f".{kind}" for kind in self.question.accepts]
        return ",".join([*endings, *([".jpeg"] if "jpg" in self.question.accepts else [])])


@dataclass(frozen=True, slots=True)
class RowField:
    """A row of a group as the page asks it."""

    code: str
    number: int
    place: int
    cells: tuple[Field, ...]
    sums: tuple[Sum, ...] = ()
    is_removed: bool = False
    name: str = ""
    is_new: bool = False
    """Whether it only stands in the page for the script."""

    @property
    def keys(self) -> list[str]:
        """The keys of its place and of its cells."""
        cells = [cell.key for cell in self.cells]
        return [key.rpartition(DOT)[0] for key in cells[:1]] + cells

    @property
    def no_mark(self) -> str:
        """The mark of what nobody has answered yet."""
        return mark("")

    @property
    def says(self) -> str:
        """What the row is about, by its first text."""
        texts = [cell for cell in self.cells if cell.question.kind != Kind.CHOICE]
        return next((str(cell.typed) for cell in texts if cell.typed), "")


def fields_of(
    section: Section,
    answers: Mapping[str, Typed],
    *,
    uploads: Mapping[str, Upload] | None = None,
    found: Iterable[Problem] = (),
    said: Mapping[str, list[str]] | None = None,
    currency: str = "EUR",
    open_questions: frozenset[str] | None = None,
    known: Known | None = None,
) -> list[Field]:
    """The questions of a section with what was typed; `said` are sentences found elsewhere.

    `open_questions` names those that may be changed; None means all of them. `known` says what is
    hidden, where anything can be.
    """
    wrong = [*problems(section, answers, share=known.share if known else None), *found]
    fields = [
        Field(
            question,
            typed := answers.get(question.code, ""),
            sentences(question.code, wrong, (said or {}).get(question.code, [])),
            choices=_choices(question, typed),
            upload=(uploads or {}).get(typed) if isinstance(typed, str) else None,
            currency=currency if question.kind in WITH_MONEY else "",
            is_locked=open_questions is not None and question.code not in open_questions,
        )
        for question in section.questions
    ]
    if section.groups:
        fields = [_with_rows(field, answers, wrong) for field in fields]
    return [_when(field, section, known) for field in fields] if known else fields


def _with_rows(field: Field, answers: Mapping[str, Typed], wrong: Sequence[Problem]) -> Field:
    """A field with its rows, where it is a group."""
    group = field.question
    if not group.columns:
        return field
    own = [problem for problem in wrong if problem.question == group.code and not problem.key]
    in_cells = [replace(problem, question=problem.key) for problem in wrong if problem.key]
    asked = rows_asked(group, answers)
    rows = [values_of_row(group, row) for row in rows_in(group, answers)]
    sums = totals(group, rows)
    return replace(
        field,
        problems=sentences(group.code, own, (), group),
        rows=tuple(row_field(field, row, number, in_cells) for number, row in enumerate(asked, 1)),
        totals=tuple(
            _sum(one, sums.get(one.code), field) for one in group.columns if one.is_totalled
        ),
        figure=f"{whole_of(group, rows):f}" if rows else "",
    )


def row_field(field: Field, row: Row, number: int, wrong: Sequence[Problem]) -> RowField:
    """A row of a group with its cells and what it reckons."""
    group, values = field.question, values_of_row(field.question, row)
    place = row_words(group, number)
    cells = [
        Field(
            column,
            typed := row.cells.get(column.code, ""),
            sentences(key := cell_key(group.code, row.code, column.code), wrong, ()),
            choices=_choices(column, typed),
            currency=field.currency if column.kind == Kind.MONEY else "",
            is_locked=field.is_locked,
            key=key,
            place=place,
        )
        for column in group.columns
        if column.formula is None
    ]
    figures = figures_of(group, values)
    sums = [_sum(one, figures.get(one.code), field) for one in group.columns if one.formula]
    rank = 0 if row.is_removed else row.rank
    return RowField(row.code, number, rank, tuple(cells), tuple(sums), row.is_removed, place)


def _sum(column: Question, figure: Decimal | None, field: Field) -> Sum:
    currency = field.currency if column.kind == Kind.MONEY else ""
    formula = str(column.formula) if column.formula else ""
    return Sum(column, figure_words(column, figure, currency), formula, currency)


def _when(field: Field, section: Section, known: Known) -> Field:
    """A field with its conditions: what stands elsewhere is settled, the rest is for the script."""
    asked = [one for one in (section.shown_when, field.question.shown_when) if one]
    if not asked:
        return field
    own = {question.code: question.kind for question in section.questions}
    told = [[shown.match, [_told(one, own, known) for one in shown.conditions]] for shown in asked]
    return replace(
        field,
        is_hidden=field.question.code in known.hidden,
        conditions=json.dumps(told, ensure_ascii=False),
    )


def _told(condition: Condition, own: Mapping[str, Kind], known: Known) -> bool | list[object]:
    if condition.of not in own:
        return holds(condition, known.values.get(condition.of))
    kind = own[condition.of]
    return [condition.of, condition.test, list(condition.value), kind]


def _choices(question: Question, typed: Typed) -> tuple[Choice, ...]:
    if question.kind == Kind.COUNTRY:
        pairs = reference.sorted_pairs(reference.countries())
        return tuple(Choice(code, name, code == typed) for code, name in pairs)
    chosen = {typed} if isinstance(typed, str) else set(typed)
    return tuple(
        Choice(option.code, option.label, option.code in chosen) for option in question.options
    )
