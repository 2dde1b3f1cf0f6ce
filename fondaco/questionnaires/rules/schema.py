"""A form as data: sections, questions and options, read from the structure of `form.toml`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fondaco.questionnaires.rules.conditions import ShownWhen, shown_when
from fondaco.questionnaires.rules.tables import Budget, Formula, Personal, Reader, budget_from
from fondaco.questionnaires.rules.tables import formula as formula_of

Texts = Mapping[str, str]


class Kind(StrEnum):
    """What a question asks for."""

    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    COUNTRY = "country"
    FILE = "file"
    DECLARATION = "declaration"
    SIGNATURE = "signature"
    EMAIL = "email"
    WEB = "web"
    GROUP = "group"


WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES})
DEFAULT_ACCEPTS = ("pdf", "png", "jpg", "docx", "xlsx", "odt")
DEFAULT_MEGABYTES = 10
EVERYBODY = frozenset(Reader)


class SchemaMistake(ValueError):
    """The data is no form; the text names each mistake."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    code: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Question:
    """One question with all its limits; bounds are kept as they were written."""

    code: str
    kind: Kind
    label: Texts
    help: Texts
    text: Texts
    is_required: bool = False
    limit: int | None = None
    at_least: str = ""
    at_most: str = ""
    prefill: str = ""
    criterion: str = ""
    accepts: tuple[str, ...] = DEFAULT_ACCEPTS
    megabytes: int = DEFAULT_MEGABYTES
    options: tuple[Option, ...] = ()
    is_private: bool = False
    shown_when: ShownWhen | None = None
    columns: "tuple[Question, ...]" = ()
    row_label: Texts = field(default_factory=dict)
    formula: Formula | None = None
    is_totalled: bool = False
    budget: Budget | None = None
    personal: Personal | None = None
    seen_by: frozenset[Reader] = EVERYBODY
    export: str = ""
    block: str = ""

    @property
    def option_codes(self) -> tuple[str, ...]:
        """The codes that may be chosen, in the order of the form."""
        return tuple(option.code for option in self.options)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a form."""

    code: str
    title: Texts
    intro: Texts
    questions: tuple[Question, ...]
    shown_when: ShownWhen | None = None
    groups: tuple[Question, ...] = ()
    """Those of its questions that are groups of rows."""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form."""

    sections: tuple[Section, ...]
    is_conditional: bool = False
    """Whether anything in it is asked under a condition."""
    facts: frozenset[str] = frozenset()
    """The facts about who applies that its conditions ask for."""
    has_groups: bool = False
    is_restricted: bool = False
    """Whether any answer is kept from some of those who read applications."""
    personal: frozenset[str] = frozenset()
    """The questions that ask for personal data with an end."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def section(self, code: str) -> Section | None:
        """The section of that code."""
        return next((section for section in self.sections if section.code == code), None)

    def section_of(self, question: str) -> Section | None:
        """The section that asks the question."""
        return next(
            (
                section
                for section in self.sections
                if any(asked.code == question for asked in section.questions)
            ),
            None,
        )

    def question(self, code: str) -> Question | None:
        """The question of that code."""
        return next((question for question in self.questions if question.code == code), None)


def form_from(schema: Mapping[str, Any]) -> Form:
    """The form that the data describes; raises `SchemaMistake` with everything that is wrong."""
    found = mistakes(schema)
    if found:
        raise SchemaMistake(" ".join(found))
    sections = tuple(_section(section) for section in schema.get("section", ()))
    questions = [question for section in sections for question in section.questions]
    conditional = [section.shown_when for section in sections if section.shown_when]
    conditional += [question.shown_when for question in questions if question.shown_when]
    asked = {condition for shown in conditional for condition in shown.conditions}
    return Form(
        sections,
        is_conditional=bool(conditional),
        facts=frozenset(condition.of for condition in asked if condition.is_about_fact),
        has_groups=any(question.kind == Kind.GROUP for question in questions),
        is_restricted=any(question.seen_by != EVERYBODY for question in questions),
        personal=frozenset(question.code for question in questions if question.personal),
    )


def mistakes(schema: Mapping[str, Any]) -> list[str]:
    """Everything that keeps the data from being a form, in sentences."""
    sections: Sequence[Mapping[str, Any]] = schema.get("section", ())
    questions = [question for section in sections for question in section.get("question", ())]
    found = [] if sections else ["The form has no section."]
    found += _doubles("section", [str(section.get("code", "")) for section in sections])
    found += _doubles("question", [str(question.get("code", "")) for question in questions])
    return found + [mistake for question in questions for mistake in _mistakes_of(question)]


def _doubles(what: str, codes: Sequence[str]) -> list[str]:
    counted = Counter(codes)
    found = [f"The {what} {code} stands twice." for code, times in counted.items() if times > 1]
    return found + ([f"A {what} has no code."] if "" in counted else [])


def _mistakes_of(question: Mapping[str, Any]) -> list[str]:
    code, kind = question.get("code", ""), question.get("kind", "")
    if kind not in set(Kind):
        return [f"The question {code} is of the unknown kind {kind!r}."]
    found = []
    if kind in WITH_OPTIONS and not question.get("option"):
        found.append(f"The question {code} has no option to choose.")
    if not question.get("label"):
        found.append(f"The question {code} has no label.")
    if kind == Kind.GROUP:
        found += _mistakes_of_columns(question)
    return found + _doubles(
        f"option of {code}", [str(option.get("code", "")) for option in question.get("option", ())]
    )


def _mistakes_of_columns(question: Mapping[str, Any]) -> list[str]:
    columns, code = question.get("column", ()), question.get("code", "")
    found = [] if columns else [f"The group {code} has no column."]
    found += _doubles(f"column of {code}", [str(column.get("code", "")) for column in columns])
    return found + [mistake for column in columns for mistake in _mistakes_of(column)]


def _section(data: Mapping[str, Any]) -> Section:
    questions = tuple(_question(question) for question in data.get("question", ()))
    return Section(
        code=data["code"],
        title=data.get("title", {}),
        intro=data.get("intro", {}),
        questions=questions,
        shown_when=shown_when(data.get("shown_when")),
        groups=tuple(question for question in questions if question.kind == Kind.GROUP),
    )


def _question(data: Mapping[str, Any]) -> Question:
    return Question(
        code=data["code"],
        kind=Kind(data["kind"]),
        label=data.get("label", {}),
        help=data.get("help", {}),
        text=data.get("text", {}),
        is_required=bool(data.get("required", False)),
        limit=data.get("limit"),
        at_least=str(data.get("at_least", "")),
        at_most=str(data.get("at_most", "")),
        prefill=data.get("prefill", ""),
        criterion=data.get("criterion", ""),
        accepts=tuple(data.get("accepts", DEFAULT_ACCEPTS)),
        megabytes=data.get("megabytes", DEFAULT_MEGABYTES),
        options=tuple(
            Option(option["code"], option.get("label", {})) for option in data.get("option", ())
        ),
        is_private=bool(data.get("private", False)),
        shown_when=shown_when(data.get("shown_when")),
        columns=tuple(map(_question, data.get("column", ()))) if data["kind"] == Kind.GROUP else (),
        row_label=data.get("row_label", {}),
        formula=formula_of(data.get("formula", "")),
        is_totalled=bool(data.get("total", False)),
        budget=budget_from(data.get("budget")),
        personal=Personal.read(data.get("personal")),
        seen_by=frozenset(map(Reader, data.get("seen_by", ()))) or EVERYBODY,
        export=data.get("export", ""),
        block=data.get("block", ""),
    )
