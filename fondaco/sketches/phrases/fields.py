"""The fields of the builder: where each value stands, and the words that ask for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.sketches.states import Kind

Words = str | Promise


@dataclass(frozen=True, slots=True)
class When:
    """A part is asked for where another value has one of these; `place` counts as its own does."""

    place: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One value: `place` counts from its table, or from the root of the sketch.

    What is `is_rare` stands folded away behind the others.
    """

    place: str
    kind: Kind
    label: Words
    help: Words = ""
    choices: str = ""
    when: When | None = None
    blank: Words = ""
    longest: int | None = None
    is_rare: bool = False


rare = partial(Field, is_rare=True)
"""A field that is folded away behind the others."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind; `row` is what a new one says, `named` the field that tells them apart.

    Of a `long` table the page opens one row at a time.
    """

    place: str
    label: Words
    one: Words
    add: Words
    parts: tuple["Part", ...]
    named: str
    row: tuple[tuple[str, object], ...] = ()
    code: str = ""
    help: Words = ""
    when: When | None = None
    empty: Words = ""
    is_long: bool = False
    stands_open: bool = False
    is_rare: bool = False


Part = Field | Table
SOURCE = (
    Field(
        "source",
        Kind.CODES,
        _("Source"),
        _("Web addresses, with commas between them; empty where it is the programme's own word."),
        is_rare=True,
    ),
    Field("confidence", Kind.WORD, _("How sure it is"), choices="confidences", is_rare=True),
)
"""Where a fact comes from; asked of everything that files give a source."""

SHORT_NAME = _("Short name in files and exports")
WITH_COMMAS = _("Codes with commas between them; true or false for a yes or no.")
INVENTED = _("Invented, for a demonstration edition")


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the builder."""

    code: str
    label: Words
    help: Words
    parts: tuple[Part, ...]


def fields_of(parts: tuple[Part, ...], above: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its pattern, those of rows with a star for each row above."""
    for part in parts:
        if isinstance(part, Field):
            yield above + part.place, part
        else:
            yield from fields_of(part.parts, f"{above}{part.place}.*.")


def tables_of(parts: tuple[Part, ...], above: str = "") -> Iterator[tuple[str, Table]]:
    """Every table with its pattern."""
    for part in parts:
        if isinstance(part, Table):
            yield above + part.place, part
            yield from tables_of(part.parts, f"{above}{part.place}.*.")
