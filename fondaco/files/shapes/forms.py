"""What may stand in the file of a form."""

from datetime import date
from typing import Annotated

from pydantic import Field

from fondaco.files.values import Amount, Code, Number, OneOrMany, QuestionKind, Shape, Texts
from fondaco.questionnaires.rules.conditions import Match
from fondaco.questionnaires.rules.conditions import Test as Compared
from fondaco.questionnaires.rules.tables import Reader


class ConditionShape(Shape):
    """One comparison of an earlier answer, or of a fact about who applies."""

    of: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$", max_length=80)]
    test: Compared
    value: OneOrMany = []


class ShownWhenShape(Shape):
    """When a question or a section is asked at all."""

    match: Match = Match.ALL
    condition: list[ConditionShape] = Field(min_length=1)


class PersonalShape(Shape):
    """What personal data is asked for, and for how long it is kept after the call closed."""

    purpose: Texts
    months: Annotated[int, Field(ge=0, le=600)]


class CeilingShape(Shape):
    """How much the rows of one category may come to."""

    option: Code
    most: Amount | None = None
    percent: Annotated[Number, Field(gt=0, le=100)] | None = None


class BudgetShape(Shape):
    """What makes a group a budget."""

    amount: Code
    category: Code | None = None
    ceiling: list[CeilingShape] = []
    grant: Code | None = None
    percent: Annotated[Number, Field(gt=0, le=100)] | None = None


class OptionShape(Shape):
    """One answer to choose."""

    code: Code
    label: Texts


class ColumnShape(Shape):
    """One column of a group."""

    code: Code
    kind: QuestionKind
    required: bool = False
    limit: Annotated[int, Field(ge=1, le=20000)] | None = None
    at_least: Number | date | None = None
    at_most: Number | date | None = None
    formula: Annotated[str, Field(max_length=200)] = ""
    total: bool = False
    label: Texts
    help: Texts = {}
    option: list[OptionShape] = []


class QuestionShape(Shape):
    """One question of a form."""

    code: Code
    kind: QuestionKind
    required: bool = False
    private: bool = False
    limit: Annotated[int, Field(ge=1, le=20000)] | None = None
    at_least: Number | date | None = None
    at_most: Number | date | None = None
    prefill: str | None = None
    criterion: Code | None = None
    label: Texts
    help: Texts = {}
    accepts: list[str] = []
    megabytes: Annotated[int, Field(ge=1, le=100)] | None = None
    text: Texts = {}
    option: list[OptionShape] = []
    shown_when: ShownWhenShape | None = None
    column: list[ColumnShape] = []
    row_label: Texts = {}
    budget: BudgetShape | None = None
    personal: PersonalShape | None = None
    seen_by: list[Reader] = []
    export: Code | None = None
    block: Code | None = None


class BankShape(Shape):
    """questions.toml"""

    question: list[QuestionShape] = Field(min_length=1)


class SectionShape(Shape):
    """One page of a form."""

    code: Code
    title: Texts
    intro: Texts = {}
    shown_when: ShownWhenShape | None = None
    question: list[QuestionShape] = Field(min_length=1)


class FormShape(Shape):
    """form.toml"""

    section: list[SectionShape] = Field(min_length=1)
