"""The values that stand in the files of a folder: codes, dates, amounts, addresses."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.functional_validators import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Texts = dict[Language, str]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Confidence = Literal["read", "derived", "general-knowledge"]
Published = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Count = Annotated[int, Field(ge=0, le=32767)]
Web = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=200)]


def _timed(value: object) -> object:
    """A date alone is no moment: nobody shall guess at which hour a call closes."""
    if type(value) is date:
        raise PydanticCustomError("no_time", "a date without a time")
    return value


Moment = Annotated[datetime | str, BeforeValidator(_timed)]


def _exact(value: Decimal) -> Decimal:
    """One way to write each number: 3000, not 3000.00."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


Number = Annotated[Decimal, AfterValidator(_exact)]
Amount = Annotated[Number, Field(ge=0, max_digits=14, decimal_places=2)]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Sources = Annotated[list[Web], BeforeValidator(_as_list)]


def _as_many(value: object) -> object:
    return value if isinstance(value, list) else [value]


OneOrMany = Annotated[list[str | bool | int | float], BeforeValidator(_as_many)]
QuestionKind = Literal[
    "short-text",
    "long-text",
    "number",
    "money",
    "date",
    "choice",
    "choices",
    "country",
    "file",
    "declaration",
    "signature",
    "email",
    "web",
    "group",
]


class Shape(BaseModel):
    """Nothing may stand in a file that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Worded(Shape):
    """What is told in words alone: who may apply, whom to ask."""

    text: Texts = {}
