"""Every text of a call with what it says in each language, and where one is missing."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import Truncator

from fondaco.kernel.texts import Spoken
from fondaco.sketches.phrases.fields import Field, Words
from fondaco.sketches.phrases.steps import FIELDS
from fondaco.sketches.rules.places import MARK, pattern_of
from fondaco.sketches.rules.typed import mark
from fondaco.sketches.selectors.pages import TEXTUAL, Tongue, step_of_place
from fondaco.web import words

SHOWN = 60
"""So many characters of a text stand in its heading."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in its languages."""

    place: str
    field: Field
    step: str
    tongues: tuple[Tongue, ...]

    @property
    def label(self) -> Words:
        """What the text is."""
        return self.field.label

    @property
    def said(self) -> Spoken:
        """The beginning of the text, for the reader."""
        typed = {one.language: one.typed for one in self.tongues if one.typed}
        return words.say({code: Truncator(text).chars(SHOWN) for code, text in typed.items()})

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which it is missing."""
        return tuple(one.language for one in self.tongues if not one.typed)


def texts_of(content: Mapping[str, Any]) -> list[Text]:
    """Every text that says something in at least one language."""
    return [
        Text(place, field, step_of_place(place), _tongues(place, texts))
        for place, field, texts in _texts(content, "")
    ]


def marks_of(texts: Collection[Text]) -> dict[str, str]:
    """What the page shows at each place, marked."""
    return {one.place: mark(one.typed or None) for text in texts for one in text.tongues}


def _tongues(place: str, texts: Mapping[str, Any]) -> tuple[Tongue, ...]:
    return tuple(
        Tongue(f"{place}.{language}", language, str(own), str(texts.get(language, "")))
        for language, own in settings.LANGUAGES
    )


def _texts(value: Any, place: str) -> Iterator[tuple[str, Field, Mapping[str, Any]]]:
    field = FIELDS.get(pattern_of(place)) if place else None
    if field is not None and field.kind in TEXTUAL:
        if isinstance(value, Mapping) and any(value.values()):
            yield place, field, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list):
        for row in value:
            if isinstance(row, Mapping):
                yield from _texts(row, f"{place}.{MARK}{row[MARK]}")
