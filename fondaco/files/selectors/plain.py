"""A call as plain data, as its folder says it: what the builder keeps and checks."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, get_args

from django.db.models import Model
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticUndefined

from fondaco.calls.models import Call, Criterion, Envelope, Item, Quota, Rule, Step
from fondaco.files import comparing, shapes, translating
from fondaco.files.columns import (
    CALL,
    CRITERION,
    ENVELOPE,
    ITEM,
    QUOTA,
    RULE,
    STEP,
    Column,
    fields_from,
)
from fondaco.files.comparing import plain_of
from fondaco.files.crossing import check_call
from fondaco.files.mistakes import by_place, said
from fondaco.files.reading import known_keys
from fondaco.files.values import Shape
from fondaco.files.writing import call_files, call_folder_of
from fondaco.kernel.plain import plain
from fondaco.programmes.models import Programme
from fondaco.web import reference
from fondaco.web.prepared import keep_fetched

_NAMES = ("call", "form")
_ABOUT = re.compile(r"about\.(?P<language>[a-z]{2,3})\.md")
Where = tuple[str | int, ...]
CallFolder = shapes.CallFolder
Change = comparing.Change


@dataclass(frozen=True, slots=True)
class Found:
    """One mistake of a call: its place in the data, what is wrong and what would be right."""

    where: Where
    what: str
    remedy: str
    is_missing: bool = False


@dataclass
class Notebook:
    """Gathers what a check says of `call.toml` and `form.toml`, by the place in the data."""

    root: Path = Path()
    places: dict[str, Path] = field(default_factory=dict)
    unread: set[Path] = field(default_factory=set)
    found: list[Found] = field(default_factory=list)

    def say(self, path: Path, where: Where, what: str, remedy: str) -> None:
        """Note a mistake; the file's name without its ending is the first step of its place."""
        self.found.append(Found((path.stem, *where), what, remedy))


def call_data(call: Call) -> dict[str, Any]:
    """What the folder of a call would say, as JSON knows it."""
    return plain_of(call_folder_of(call))


def call_as_said(call: Call, folder: shapes.CallFolder) -> Call:
    """The call as the folder describes it, in memory alone: never saved, its rows fetched."""
    shape, said = folder.call, copy(call)
    vars(said)["_prefetched_objects_cache"] = {}
    for field_name, value in fields_from(shape, CALL).items():
        setattr(said, field_name, value)
    tables: list[tuple[str, type[Model], Sequence[BaseModel], Sequence[Column]]] = [
        ("rules", Rule, shape.rule, RULE),
        ("items", Item, shape.money.item, ITEM),
        ("envelopes", Envelope, shape.money.envelope, ENVELOPE),
        ("quotas", Quota, shape.quota, QUOTA),
        ("criteria", Criterion, shape.criterion, CRITERION),
        ("steps", Step, shape.step, STEP),
    ]
    for name, model, shapes_of_rows, columns in tables:
        rows = [model(call=said, **fields_from(row, columns)) for row in shapes_of_rows]
        keep_fetched(said, name, rows)
    return said


def form_schema(folder: shapes.CallFolder) -> dict[str, Any]:
    """The form of the folder as it would be frozen; empty where it has none."""
    return plain_of(folder.form) if folder.form else {}


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two calls as plain data, by place."""
    return comparing.changed_values(before, after)


def known_facts() -> frozenset[str]:
    """The facts that a rule may name, besides the answers of its form."""
    return reference.codes(reference.facts())


def translation_sheet(folder: CallFolder, *, source: str, target: str) -> bytes:
    """The spreadsheet for who translates the call: a row a text."""
    return translating.sheet_of(folder, source=source, target=target)


@dataclass(frozen=True, slots=True)
class Translated:
    """A text that a spreadsheet brings: its place in the data, what stood there, what comes."""

    where: Where
    before: str
    after: str


def translations_in(
    folder: CallFolder, content: IO[bytes], *, source: str, target: str
) -> tuple[list[Translated], translating.Preview]:
    """What a spreadsheet would change, by place, and what of it is not taken.

    Raises `SheetRefused` where it is not harmless.
    """
    found = translating.preview(folder, content, source=source, target=target)
    lines = translating.lines_of(folder, source=source, target=target)
    places = {line.code: (*line.place, target) for line in lines}
    edits = [Translated(places[one.code], one.before, one.after) for one in found.edits]
    return edits, found


def files_of_call(folder: shapes.CallFolder) -> dict[str, str]:
    """The files of a call by their names, as they would be dumped."""
    return call_files(folder)


def data_of_files(texts: Mapping[str, str]) -> dict[str, Any]:
    """The data of a call from the texts of its files, by their names without folders.

    Raises `ValueError` where a file breaks the rules of TOML. Letters are not read.
    """
    tables = {name: tomllib.loads(texts[f"{name}.toml"]) for name in _NAMES if _has(texts, name)}
    abouts = {
        match["language"]: f"{text.strip()}\n"
        for name, text in texts.items()
        if (match := _ABOUT.fullmatch(name)) and text.strip()
    }
    return dict(_plain_values({**tables, "about": abouts}))


def _has(texts: Mapping[str, str], name: str) -> bool:
    return f"{name}.toml" in texts


def _plain_values(value: Any) -> Any:
    """What TOML told, as JSON knows it."""
    if isinstance(value, Mapping):
        return {key: _plain_values(kept) for key, kept in value.items()}
    if isinstance(value, list):
        return [_plain_values(kept) for kept in value]
    return value if isinstance(value, str | bool | int | float) else plain(value)


def default_at(pattern: str) -> Any:
    """What a value is where the file says nothing; rows stand as stars in the pattern."""
    kind: Any = shapes.CallFolder
    value: Any = None
    for step in pattern.split("."):
        if step == "*":
            continue
        info = getattr(kind, "model_fields", {}).get(step)
        if info is None:
            return None
        value = info.get_default()
        kind = next((one for one in _types_in(info.annotation) if issubclass(one, Shape)), None)
    if isinstance(value, Shape | dict | list) or value is PydanticUndefined:
        return None
    return plain(value)


def read_call_data(
    programme: Programme, data: Mapping[str, Any]
) -> tuple[shapes.CallFolder | None, list[Found]]:
    """The call that the data describes, or None, and every mistake of it.

    The same checks as those of a folder on disk.
    """
    try:
        folder = shapes.CallFolder.model_validate(_native(shapes.CallFolder, data))
    except ValidationError as error:
        return None, [
            Found(
                where,
                *said(where, found, known_keys(shapes.CallFolder, where[:-1])),
                is_missing=found["type"] == "missing",
            )
            for where, found in by_place(error.errors()).items()
        ]
    notes = Notebook()
    codes = set(programme.partners.values_list("code", flat=True))
    check_call(notes, folder, partners=codes)
    return folder, notes.found


def _native(model: type[Shape], data: Any) -> Any:
    """The data with the days and times that a file has as such, where the shape asks for them."""
    if not isinstance(data, Mapping):
        return data
    kinds = {name: info.annotation for name, info in model.model_fields.items()}
    return {name: _value(kinds.get(name), kept) for name, kept in data.items()}


def _value(annotation: Any, value: Any) -> Any:
    if isinstance(value, str):
        return _dated(value) if {date, datetime} & _types_in(annotation) else value
    shape = next((kind for kind in _types_in(annotation) if issubclass(kind, Shape)), None)
    if isinstance(value, list) and shape is None:
        return [_value(annotation, one) for one in value]
    if shape is None:
        return value
    if isinstance(value, list):
        return [_native(shape, row) for row in value]
    return _native(shape, value)


def _types_in(annotation: Any) -> set[type]:
    inner = get_args(annotation)
    if not inner:
        return {annotation} if isinstance(annotation, type) else set()
    return {kind for one in inner for kind in _types_in(one)}


def _dated(value: str) -> object:
    """A day or a local time that is written as ISO 8601; anything else as it is."""
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(value)
        except ValueError:
            continue
    return value
