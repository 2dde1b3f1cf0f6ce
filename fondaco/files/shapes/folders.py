"""Letters, the folder of a call, and the whole folder of a programme."""

from typing import Annotated

from pydantic import Field

from fondaco.files.shapes.calls import CallShape
from fondaco.files.shapes.forms import FormShape, QuestionShape
from fondaco.files.shapes.programmes import (
    PartnerShape,
    PartnershipShape,
    ProgrammeShape,
    ResultShape,
    WorkPackageShape,
)
from fondaco.files.values import Code, Language, Shape, Texts
from fondaco.mail.states import Occasion


class LetterShape(Shape):
    """One letter in one language."""

    occasion: Occasion
    language: Language
    subject: Annotated[str, Field(max_length=200)]
    body: str


class CallFolder(Shape):
    """calls/<call>/"""

    call: CallShape
    form: FormShape | None = None
    about: Texts = {}
    letters: list[LetterShape] = []


class Folder(Shape):
    """A whole programme, as its folder says it; `mark_picture` is the picture in Base64."""

    programme: ProgrammeShape
    about: Texts = {}
    mark: str = ""
    mark_picture: str = ""
    partnership: list[PartnershipShape] = []
    partner: list[PartnerShape] = []
    work_package: list[WorkPackageShape] = []
    result: list[ResultShape] = []
    question: list[QuestionShape] = []
    letters: list[LetterShape] = []
    calls: dict[Code, CallFolder] = {}
