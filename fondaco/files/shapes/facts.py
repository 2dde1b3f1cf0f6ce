"""A fact in a file, with where it was found."""

from typing import Annotated

from pydantic import Field

from fondaco.files.values import Confidence, Shape, Sources, Texts


class Sourced(Shape):
    """A fact from outside, with where it was found."""

    source: Sources = []
    confidence: Confidence | None = None


class QuestionRule(Sourced):
    """Until when one may ask about a call, how soon it is answered, what is never answered.

    The last days are so many before the deadline; `refusal` is said where a prior opinion is asked.
    """

    ask_until: Annotated[int, Field(ge=0, le=365)] | None = None
    answer_until: Annotated[int, Field(ge=0, le=365)] | None = None
    answer_within: Annotated[int, Field(ge=1, le=365)] | None = None
    refusal: Texts = {}
