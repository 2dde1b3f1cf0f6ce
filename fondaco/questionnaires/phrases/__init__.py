"""The words of a form: problems in sentences, answers and figures as people read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fondaco.documents.models import Upload
from fondaco.questionnaires.rules.answers import Problem, Reason, Typed, Value
from fondaco.questionnaires.rules.groups import keys_of, rows_asked
from fondaco.questionnaires.rules.rows import ROWS, TOTALS
from fondaco.questionnaires.rules.schema import Kind, Question, Texts
from fondaco.web import reference, words

PROBLEMS: Mapping[Reason, Promise] = {
    Reason.MISSING: _("This needs an answer."),
    Reason.NOT_DECLARED: _("Read the declaration and tick it."),
    Reason.NOT_SIGNED: _("The signature is missing."),
    Reason.CHANGED_SINCE_SIGNED: _("Answers changed after the signature: sign again."),
    Reason.TOO_LONG: _("At most %(limit)s characters; there are %(given)s."),
    Reason.NOT_A_NUMBER: _("“%(given)s” is no number. Write it in digits, such as 12.5."),
    Reason.NUMBER_DOUBTFUL: _(
        "“%(given)s” can be read in two ways. Write thousands without any sign between the digits."
    ),
    Reason.NOT_CENTS: _("“%(given)s” has more than two decimals."),
    Reason.NOT_A_DATE: _("“%(given)s” is no date we can read. Write it as 28/02/2027."),
    Reason.NO_SUCH_DAY: _("“%(given)s” is no day of the calendar."),
    Reason.NOT_AN_EMAIL: _("“%(given)s” is no e-mail address such as name@example.org."),
    Reason.NOT_A_WEB_ADDRESS: _("“%(given)s” is no web address: it should look like example.org."),
    Reason.TOO_SMALL: _("At least %(limit)s."),
    Reason.TOO_LARGE: _("At most %(limit)s."),
    Reason.TOO_EARLY: _("Not before %(limit)s."),
    Reason.TOO_LATE: _("Not after %(limit)s."),
    Reason.TOO_FEW: _("Choose at least %(limit)s."),
    Reason.TOO_MANY: _("Choose at most %(limit)s."),
    Reason.NO_SUCH_OPTION: _("Choose one of the answers that are listed."),
    Reason.NO_SUCH_COUNTRY: _("Choose a country of the list."),
    Reason.TOO_FEW_ROWS: _("At least %(limit)s rows; there are %(given)s."),
    Reason.TOO_MANY_ROWS: _("At most %(limit)s rows; there are %(given)s."),
    Reason.OVER_CEILING: _("%(option)s: at most %(limit)s; there are %(given)s."),
    Reason.OVER_SHARE: _(
        "At most %(percent)s %% of the costs, which is %(limit)s; you ask for %(given)s."
    ),
}
_ON_A_DAY = frozenset({Reason.TOO_EARLY, Reason.TOO_LATE})
_WITH_FIGURES = frozenset(
    {
        *(Reason.TOO_LONG, Reason.TOO_SMALL, Reason.TOO_LARGE, Reason.OVER_CEILING),
        *(Reason.OVER_SHARE, Reason.TOO_FEW_ROWS, Reason.TOO_MANY_ROWS),
    }
)


def problem_words(problem: Problem, question: Question | None = None) -> str:
    """One problem as a sentence; the question names the options."""
    limit, given = problem.limit, problem.given
    if problem.reason in _ON_A_DAY:
        limit = words.day(date.fromisoformat(limit))
    elif problem.reason in _WITH_FIGURES:
        limit = words.number(Decimal(limit))
        given = words.number(Decimal(given)) if given else ""
    told = {"limit": limit, "given": given, "option": "", "percent": ""}
    if problem.option or problem.percent:
        told |= {"option": _category(question, problem.option)}
        told |= {"percent": words.number(Decimal(problem.percent or 0))}
    return str(PROBLEMS[problem.reason]) % told


def _category(question: Question | None, option: str) -> str:
    """The name of a category of a budget."""
    columns = question.columns if question else ()
    labels = {one.code: one.label for column in columns for one in column.options}
    return words.say(labels[option]).text if option in labels else option


def sentences(
    code: str, wrong: Iterable[Problem], said: Iterable[str], question: Question | None = None
) -> tuple[str, ...]:
    """What is wrong with the answer of that key, each sentence once."""
    found = [problem_words(one, question) for one in wrong if one.question == code]
    return tuple(dict.fromkeys([*said, *found]))


def figure_words(column: Question, figure: Decimal | None, currency: str) -> str:
    """A figure of a row or a total as people read it; a dash as long as there is none."""
    if figure is None:
        return "–"
    if column.kind == Kind.MONEY:
        return words.amount(int(figure * 100), currency)
    return words.number(figure)


def row_words(group: Question, number: int) -> str:
    """What a row is called."""
    if group.row_label:
        return f"{words.say(group.row_label).text} {words.number(number)}"
    return gettext("Row %(number)s") % {"number": words.number(number)}


def cell_words(group: Question, answers: Mapping[str, Typed], key: str) -> str:
    """Where a cell stands, in words: its row and its column; nothing for the group itself."""
    column = keys_of(group, [key]).get(key)
    if column is None:
        return ""
    codes = [row.code for row in rows_asked(group, answers)]
    row = key.split(".")[1]
    number = codes.index(row) + 1 if row in codes else 0
    return f"{row_words(group, number)}, {words.say(column.label).text}"


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, for reading."""

    question: Question
    said: str
    options: tuple[Texts, ...] = ()
    upload: Upload | None = None
    is_long: bool = False
    problems: tuple[str, ...] = ()
    table: "TableSaid | None" = None

    @property
    def is_plain(self) -> bool:
        """Whether it is one line of text with nothing to say about it, as most answers are."""
        has_more = self.table or self.options or self.upload or self.is_long or self.problems
        return bool(self.said) and not has_more


@dataclass(frozen=True, slots=True)
class TableSaid:
    """A group for reading: the heads of its columns, its rows, and what they come to."""

    heads: tuple[Texts, ...]
    rows: tuple[tuple[tuple[Question, str], ...], ...]
    totals: tuple[tuple[Texts, str], ...]


def answered(
    question: Question,
    value: Value,
    *,
    uploads: Mapping[str, Upload] | None = None,
    currency: str = "EUR",
    found: Iterable[Problem] = (),
) -> Answered:
    """The answer in words: amounts, days, names of countries, labels of options."""
    if question.columns:
        table = table_of(question, value, currency) if isinstance(value, dict) else None
        said = said_value(question, value, currency=currency)
        own = [problem for problem in found if not problem.key]
        wrong = sentences(question.code, own, (), question)
        return Answered(question, said, table=table, problems=wrong)
    codes = value if isinstance(value, list) else [value]
    return Answered(
        question,
        said_value(question, value, currency=currency),
        options=tuple(option.label for option in question.options if option.code in codes),
        upload=(uploads or {}).get(value) if isinstance(value, str) else None,
        is_long=question.kind == Kind.LONG_TEXT,
        problems=sentences(question.code, found, ()),
    )


def table_of(question: Question, value: Mapping[str, object], currency: str = "EUR") -> TableSaid:
    """The rows of a group in words, and its totals."""
    rows, found = _rows_of(value, ROWS), _rows_of(value, TOTALS)
    sums = found[0] if found else {}
    return TableSaid(
        tuple(column.label for column in question.columns),
        tuple(
            tuple((one, _said_cell(one, row, currency)) for one in question.columns) for row in rows
        ),
        tuple(
            (one.label, figure_words(one, Decimal(sums[one.code]), currency))
            for one in question.columns
            if one.code in sums
        ),
    )


def _rows_of(value: Mapping[str, object], name: str) -> list[dict[str, str]]:
    rows = value.get(name, [])
    return rows if isinstance(rows, list) else []


def _said_cell(column: Question, row: Mapping[str, str], currency: str) -> str:
    return said_value(column, row.get(column.code), currency=currency)


def _said_table(question: Question, value: Mapping[str, object], currency: str) -> str:
    """A group as lines of text: a row a line, then its totals."""
    table = table_of(question, value, currency)
    lines = [
        "; ".join(f"{words.say(column.label).text}: {said}" for column, said in row if said)
        for row in table.rows
    ]
    total = gettext("Total of %(column)s: %(sum)s")
    return "\n".join(
        [
            *(f"{number}. {line}" for number, line in enumerate(lines, 1)),
            *(total % {"column": words.say(one).text, "sum": said} for one, said in table.totals),
        ]
    )


def said_value(question: Question, value: Value, *, currency: str = "EUR") -> str:
    """A value as one text in the reader's language; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return _said_table(question, value, currency) if question.columns else str(value["name"])
    if isinstance(value, bool):
        return gettext("Declared") if value else ""
    if isinstance(value, list) or question.options:
        return _said_choice(question, value)
    return _said_text(question.kind, value, currency)


def _said_text(kind: Kind, value: str, currency: str) -> str:
    match kind:
        case Kind.MONEY:
            return words.amount(int(Decimal(value) * 100), currency)
        case Kind.NUMBER:
            return words.number(Decimal(value))
        case Kind.DATE:
            return words.day(date.fromisoformat(value))
        case Kind.COUNTRY:
            return reference.name_of(reference.countries(), value)
    return value


def _said_choice(question: Question, value: str | list[str]) -> str:
    codes = value if isinstance(value, list) else [value]
    chosen = [words.say(option.label).text for option in question.options if option.code in codes]
    return ", ".join(chosen)
