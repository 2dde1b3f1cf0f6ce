"""The texts of a call for who translates them: out into a spreadsheet, and in again with a look."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from fondaco.files import shapes
from fondaco.kernel.texts import direction_of
from fondaco.web.sheets import read_sheet, write_sheet

MOST_CHARACTERS = 20_000
"""No text of a form or a call is longer than this."""
LABEL, LABELS_MOST = frozenset({"title", "label", "name", "row_label"}), 300
Step = str | int
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One text: its code, where it stands, the source, the translation and how long it may be."""

    code: str
    place: tuple[Step, ...]
    source: str
    target: str
    limit: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One text that a translator changed."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a spreadsheet would change, and what of it is not taken."""

    edits: tuple[Edit, ...]
    unknown: tuple[str, ...] = ()
    """Codes that the call has not."""
    stale: tuple[str, ...] = ()
    """Codes whose source says something else by now."""
    too_long: tuple[str, ...] = ()


def lines_of(folder: shapes.CallFolder, *, source: str, target: str) -> list[Line]:
    """Every text of a call and its form that there is in the source language."""
    found = _texts_in(_values_of(folder), (), frozenset({source, target}))
    return [
        Line(
            "/".join(str(step) for step in code),
            place,
            texts[source],
            texts.get(target, ""),
            LABELS_MOST if place[-1] in LABEL else MOST_CHARACTERS,
        )
        for code, place, texts in found
        if texts.get(source, "").strip()
    ]


def _values_of(folder: shapes.CallFolder) -> Plain:
    """A call as plain values, moments and amounts as they are."""
    return folder.model_dump(exclude_defaults=True)


Found = tuple[tuple[Step, ...], tuple[Step, ...], Mapping[str, str]]


def _texts_in(
    value: Any, place: tuple[Step, ...], languages: frozenset[str], code: tuple[Step, ...] = ()
) -> Iterator[Found]:
    """Every table of texts by language, with its code and its place in the data."""
    if isinstance(value, Mapping):
        if _is_texts(value, languages):
            yield code, place, value
            return
        for key, kept in value.items():
            yield from _texts_in(kept, (*place, key), languages, (*code, key))
    elif isinstance(value, list):
        for number, kept in enumerate(value):
            name = kept.get("code", number + 1) if isinstance(kept, Mapping) else number + 1
            yield from _texts_in(kept, (*place, number), languages, (*code, name))


def _is_texts(value: Mapping[str, Any], languages: frozenset[str]) -> bool:
    """Whether every key is a language; a short name of a column never is, with a text behind it."""
    return bool(value.keys() & languages) and all(
        isinstance(text, str) and len(key) in {2, 3} for key, text in value.items()
    )


def sheet_of(folder: shapes.CallFolder, *, source: str, target: str) -> bytes:
    """The spreadsheet for a translator: a row a text."""
    with override(source):
        head = [_("Code"), source, target, _("Most characters")]
    rows = [
        [line.code, line.source, line.target, str(line.limit)]
        for line in lines_of(folder, source=source, target=target)
    ]
    is_rtl = direction_of(target) == "rtl"
    return write_sheet(folder.call.code, [head, *rows], widths=[32, 60, 60, 12], is_rtl=is_rtl)


def preview(folder: shapes.CallFolder, content: IO[bytes], *, source: str, target: str) -> Preview:
    """What a translator's spreadsheet would change; raises `SheetRefused` where it is not harmless.

    An empty translation changes nothing: nobody deletes a text by leaving a cell out.
    """
    known = {line.code: line for line in lines_of(folder, source=source, target=target)}
    edits, unknown, stale, too_long = list[Edit](), list[str](), list[str](), list[str]()
    for code, before, after in _rows_of(read_sheet(content)):
        line = known.get(code)
        if line is None:
            unknown.append(code)
        elif not after or after == line.target.strip():
            continue
        elif _plainly(before) != _plainly(line.source):
            stale.append(code)
        elif len(after) > line.limit:
            too_long.append(code)
        else:
            edits.append(Edit(code, line.target, after))
    return Preview(tuple(edits), tuple(unknown), tuple(stale), tuple(too_long))


def _rows_of(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str, str]]:
    """Code, source and translation of each row below the head; empty rows are passed over."""
    for row in rows[1:]:
        code, before, after = ([*row, "", "", ""])[:3]
        if code.strip():
            yield code.strip(), before, after.replace("\r\n", "\n").strip()


def _plainly(text: str) -> str:
    """A text without what programs change in white space."""
    return " ".join(text.split())


def applied(
    folder: shapes.CallFolder, edits: Sequence[Edit], *, source: str, target: str
) -> shapes.CallFolder:
    """The call with the translations in it; it is loaded like any other."""
    places = {line.code: line for line in lines_of(folder, source=source, target=target)}
    plain = deepcopy(_values_of(folder))
    for edit in edits:
        inner: Any = plain
        for step in places[edit.code].place:
            inner = inner[step]
        ends = "\n" if places[edit.code].source.endswith("\n") else ""
        inner[target] = edit.after + ends
    return shapes.CallFolder.model_validate(plain)
