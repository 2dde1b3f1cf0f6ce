"""The words of a form: problems in sentences, questions and answers as a template shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fondaco.documents.models import Upload
from fondaco.documents.selectors import megabytes_allowed
from fondaco.questionnaires.rules.answers import Problem, Reason, Typed, Value, problems, value_of
from fondaco.questionnaires.rules.schema import Kind, Question, Section, Texts
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
}
_ON_A_DAY = frozenset({Reason.TOO_EARLY, Reason.TOO_LATE})
_WITH_FIGURES = frozenset({Reason.TOO_LONG, Reason.TOO_SMALL, Reason.TOO_LARGE})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose, as the page shows it."""

    code: str
    label: Texts | str
    is_chosen: bool


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

    @property
    def name(self) -> str:
        """The name of the control; the page's anchor is the same."""
        return f"q-{self.question.code}"

    @property
    def kind(self) -> str:
        """The kind, as a word for the template."""
        return self.question.kind.value

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


def problem_words(problem: Problem) -> str:
    """One problem as a sentence."""
    limit, given = problem.limit, problem.given
    if problem.reason in _ON_A_DAY:
        limit = words.day(date.fromisoformat(limit))
    elif problem.reason in _WITH_FIGURES:
        limit = words.number(Decimal(limit))
        given = words.number(int(given)) if given else ""
    return str(PROBLEMS[problem.reason]) % {"limit": limit, "given": given}


def fields_of(
    section: Section,
    answers: Mapping[str, Typed],
    *,
    uploads: Mapping[str, Upload] | None = None,
    found: Iterable[Problem] = (),
    said: Mapping[str, list[str]] | None = None,
    currency: str = "EUR",
    open_questions: frozenset[str] | None = None,
) -> list[Field]:
    """The questions of a section with what was typed; `said` are sentences found elsewhere.

    `open_questions` names those that may be changed; None means all of them.
    """
    wrong = [*problems(section, answers), *found]
    return [
        Field(
            question,
            typed := answers.get(question.code, ""),
            _sentences(question.code, wrong, (said or {}).get(question.code, [])),
            choices=_choices(question, typed),
            upload=(uploads or {}).get(typed) if isinstance(typed, str) else None,
            currency=currency if question.kind == Kind.MONEY else "",
            is_locked=open_questions is not None and question.code not in open_questions,
        )
        for question in section.questions
    ]


def _sentences(code: str, wrong: Iterable[Problem], said: Iterable[str]) -> tuple[str, ...]:
    told = [*said, *(problem_words(problem) for problem in wrong if problem.question == code)]
    return tuple(dict.fromkeys(told))


def _choices(question: Question, typed: Typed) -> tuple[Choice, ...]:
    if question.kind == Kind.COUNTRY:
        pairs = reference.sorted_pairs(reference.countries())
        return tuple(Choice(code, name, code == typed) for code, name in pairs)
    chosen = {typed} if isinstance(typed, str) else set(typed)
    return tuple(
        Choice(option.code, option.label, option.code in chosen) for option in question.options
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, for reading."""

    question: Question
    said: str
    options: tuple[Texts, ...] = ()
    upload: Upload | None = None
    is_long: bool = False
    problems: tuple[str, ...] = ()


def answered(
    question: Question,
    value: Value,
    *,
    uploads: Mapping[str, Upload] | None = None,
    currency: str = "EUR",
    found: Iterable[Problem] = (),
) -> Answered:
    """The answer in words: amounts, days, names of countries, labels of options."""
    codes = value if isinstance(value, list) else [value]
    return Answered(
        question,
        said_value(question, value, currency=currency),
        options=tuple(option.label for option in question.options if option.code in codes),
        upload=(uploads or {}).get(value) if isinstance(value, str) else None,
        is_long=question.kind == Kind.LONG_TEXT,
        problems=_sentences(question.code, found, ()),
    )


def said_value(question: Question, value: Value, *, currency: str = "EUR") -> str:
    """A value as one text in the reader's language; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return value.get("name", "")
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
