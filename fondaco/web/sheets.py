"""Tables as spreadsheets (XLSX): written plainly, and read with bounds against everything hostile.

Only texts are read. A formula, a macro, a link to elsewhere or a document type refuses the file.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from io import BytesIO
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import escape

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_RATIO = 150
SMALL = 64 * 1024
MOST_MEMBERS = 120
MOST_ROWS = 20_000
MOST_COLUMNS = 40
MOST_CHARACTERS = 32_767
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
FORBIDDEN = ("vbaProject", "externalLinks", "embeddings", "activeX")
_NS = "http://schemas.openxmlformats.org"
_COLUMN = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MADE = (1980, 1, 1, 0, 0, 0)


class Fault(StrEnum):
    """Why a spreadsheet is not read."""

    TOO_LARGE = "sheet-too-large"
    BOMB = "sheet-is-a-bomb"
    NOT_ONE = "sheet-is-none"
    FORMULA = "sheet-has-formula"
    ACTIVE = "sheet-has-active-content"
    TOO_MANY = "sheet-too-many-rows"


class SheetRefused(Exception):
    """A spreadsheet that is not read, and at which cell the reason stands."""

    def __init__(self, fault: Fault, place: str = "") -> None:
        self.fault, self.place = fault, place
        super().__init__(f"{fault} {place}".strip())


def _letters(number: int) -> str:
    """The name of a column: A, B … Z, AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _cell(row: int, column: int, text: str) -> str:
    said = escape(_CONTROLS.sub("", text)[:MOST_CHARACTERS])
    style = 1 if row == 1 else 0
    place = f"{_letters(column)}{row}"
    return (
        f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{said}</t></is></c>'
    )


def _sheet(rows: Iterable[Sequence[str]], widths: Sequence[int], *, is_rtl: bool) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<worksheet xmlns="{_NS}/spreadsheetml/2006/main"><sheetViews>'
    yield f'<sheetView workbookViewId="0" rightToLeft="{int(is_rtl)}">'
    yield '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols>'
    for number, width in enumerate(widths, 1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(number, column, text) for column, text in enumerate(row, 1))
        yield f'<row r="{number}">{cells}</row>'
    yield "</sheetData></worksheet>"


_TYPES = (
    f'<Types xmlns="{_NS}/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType='
        f'"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
        )
    )
    + "</Types>"
)
_STYLES = (
    f'<styleSheet xmlns="{_NS}/spreadsheetml/2006/main"><fonts count="2"><font/><font><b/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2">'
    '<xf numFmtId="49" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>'
    '<xf numFmtId="49" fontId="1" applyFont="1"/></cellXfs></styleSheet>'
)


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_NS}/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_NS}/package/2006/relationships">{rows}</Relationships>'


def write_sheet(
    name: str, rows: Iterable[Sequence[str]], *, widths: Sequence[int] = (), is_rtl: bool = False
) -> bytes:
    """A workbook of one sheet whose first row is its head; every cell is a text."""
    made = BytesIO()
    write_sheet_to(made, name, rows, widths=widths, is_rtl=is_rtl)
    return made.getvalue()


def write_sheet_to(
    target: IO[bytes],
    name: str,
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[int] = (),
    is_rtl: bool = False,
) -> None:
    """The same into a file, row by row: however many there are, few are held at a time."""
    title = escape(re.sub(r"[\[\]:*?/\\]", " ", name)[:31], {'"': "&quot;"})
    workbook = (
        f'<workbook xmlns="{_NS}/spreadsheetml/2006/main" '
        f'xmlns:r="{_NS}/officeDocument/2006/relationships">'
        f'<sheets><sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
        ),
        "xl/styles.xml": _STYLES,
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in parts.items():
            package.writestr(zipfile.ZipInfo(part, _MADE), text, zipfile.ZIP_DEFLATED)
        packed = zipfile.ZipInfo(SHEET, _MADE)
        packed.compress_type = zipfile.ZIP_DEFLATED
        with package.open(packed, "w") as sheet:
            for text in _sheet(rows, widths, is_rtl=is_rtl):
                sheet.write(text.encode())


def read_sheet(content: IO[bytes]) -> list[list[str]]:
    """The texts of the first sheet, row by row; raises `SheetRefused` for whatever is not harmless.

    Nothing is unpacked before its sizes are known to be bounded.
    """
    packed = content.read(MOST_BYTES + 1)
    if len(packed) > MOST_BYTES:
        raise SheetRefused(Fault.TOO_LARGE)
    try:
        with zipfile.ZipFile(BytesIO(packed)) as package:
            _require_harmless(package)
            sheet = _first_sheet(package)
            strings = _Strings()
            if STRINGS in package.namelist():
                _parse(package, STRINGS, strings)
            rows = _Rows(strings.texts)
            _parse(package, sheet, rows)
    except (zipfile.BadZipFile, expat.ExpatError, NotImplementedError, RuntimeError) as error:
        raise SheetRefused(Fault.NOT_ONE) from error
    return rows.texts


def _require_harmless(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise SheetRefused(Fault.BOMB)
    for one in members:
        if one.file_size > SMALL and one.file_size > MOST_RATIO * max(1, one.compress_size):
            raise SheetRefused(Fault.BOMB, one.filename)
        if any(word in one.filename for word in FORBIDDEN):
            raise SheetRefused(Fault.ACTIVE, one.filename)


def _first_sheet(package: zipfile.ZipFile) -> str:
    names = sorted(
        one for one in package.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", one)
    )
    if not names:
        raise SheetRefused(Fault.NOT_ONE)
    return SHEET if SHEET in names else names[0]


class _Listener:
    """What hears a part of the package while it is read."""

    def start(self, name: str, told: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """A piece of text."""


def _parse(package: zipfile.ZipFile, part: str, listener: _Listener) -> None:
    """Read one part; a document type, which could name entities, refuses the file."""
    parser = expat.ParserCreate(namespace_separator=None)

    def refuse(*_told: object) -> None:
        raise SheetRefused(Fault.ACTIVE, part)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, told: listener.start(name.rpartition(":")[2], told)
    parser.EndElementHandler = lambda name: listener.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = listener.data
    left = MOST_UNPACKED
    with package.open(part) as source:
        while piece := source.read(SMALL):
            left -= len(piece)
            if left < 0:
                raise SheetRefused(Fault.BOMB, part)
            parser.Parse(piece, False)  # noqa: FBT003
    parser.Parse(b"", True)  # noqa: FBT003


class _Strings(_Listener):
    """The texts that cells share."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._is_text, self._is_sound = False, False

    def start(self, name: str, told: Mapping[str, str]) -> None:
        """A new text, or a piece of it; how a word is pronounced is no piece."""
        if name == "si":
            self.texts.append("")
        self._is_sound = name == "rPh" or (self._is_sound and name != "si")
        self._is_text = name == "t" and not self._is_sound

    def end(self, name: str) -> None:
        """A piece is over."""
        self._is_text = False
        self._is_sound = self._is_sound and name != "rPh"

    def data(self, text: str) -> None:
        """Add to the text."""
        if self._is_text and self.texts:
            self.texts[-1] = (self.texts[-1] + text)[:MOST_CHARACTERS]


class _Rows(_Listener):
    """The rows of a sheet as texts."""

    def __init__(self, strings: Sequence[str]) -> None:
        self.texts: list[list[str]] = []
        self._strings, self._place, self._kind, self._said = strings, "", "", ""
        self._is_value = False

    def start(self, name: str, told: Mapping[str, str]) -> None:
        """A cell begins, or its value; a formula refuses the file."""
        if name == "f":
            raise SheetRefused(Fault.FORMULA, self._place)
        if name == "c":
            self._place, self._kind, self._said = told.get("r", ""), told.get("t", ""), ""
        self._is_value = name in {"v", "t"}

    def data(self, text: str) -> None:
        """Add to the value of the cell."""
        if self._is_value:
            self._said = (self._said + text)[:MOST_CHARACTERS]

    def end(self, name: str) -> None:
        """A cell is over: it is put at its place."""
        self._is_value = False
        if name == "c":
            self._put()

    def _put(self) -> None:
        found = _COLUMN.fullmatch(self._place)
        if found is None:
            raise SheetRefused(Fault.NOT_ONE, self._place)
        column, row = 0, int(found[2])
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise SheetRefused(Fault.TOO_MANY, self._place)
        self.texts += [[] for _missing in range(row - len(self.texts))]
        cells = self.texts[row - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = self._text()

    def _text(self) -> str:
        if self._kind != "s":
            return self._said
        number = int(self._said) if self._said.isdecimal() else -1
        return self._strings[number] if 0 <= number < len(self._strings) else ""
