"""What may stand in the file of a form."""

from datetime import date
from typing import Annotated

from pydantic import Field

from fondaco.files.values import Code, Number, QuestionKind, Shape, Texts


class OptionShape(Shape):
    """One answer to choose."""

    code: Code
    label: Texts


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


class SectionShape(Shape):
    """One page of a form."""

    code: Code
    title: Texts
    intro: Texts = {}
    question: list[QuestionShape] = Field(min_length=1)


class FormShape(Shape):
    """form.toml"""

    section: list[SectionShape] = Field(min_length=1)
