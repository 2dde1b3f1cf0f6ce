"""Papers for a word processor: headings, paragraphs, lists and tables as DOCX (ECMA-376).

Nothing but text goes in; the file has no macros, no links to outside and no name of an author.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the same words make the same file."""
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.styles+xml"/></Types>'
)
_LINKS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_STYLE_LINKS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_SIZES = {"Title": 40, "Heading1": 30, "Heading2": 25}
_NAMES = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2"}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in one language; `style` is Title, Heading1, Heading2, or none; or of a list."""

    text: str
    language: str = ""
    is_rtl: bool = False
    style: str = ""
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first row is its head."""

    rows: Sequence[Sequence[Line]]
    is_rtl: bool = False


def docx_of(blocks: Iterable[Line | Grid], *, language: str, is_rtl: bool) -> bytes:
    """The blocks as a file, one below the other."""
    body = "".join(_paragraph(one) if isinstance(one, Line) else _table(one) for one in blocks)
    direction = "<w:bidi/>" if is_rtl else ""
    size = '<w:pgSz w:w="11906" w:h="16838"/>'
    margins = '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/>'
    page = f"<w:sectPr>{size}{margins}{direction}</w:sectPr>"
    document = f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{body}{page}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _LINKS,
        "word/_rels/document.xml.rels": _STYLE_LINKS,
        "word/styles.xml": _styles(language),
        "word/document.xml": document,
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(ZipInfo(name, _FIRST_DAY), text, ZIP_DEFLATED)
    return made.getvalue()


def _styles(language: str) -> str:
    said = quoteattr(language)
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/>'
    words = f'<w:rPr>{fonts}<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val={said}/></w:rPr>'
    space = '<w:pPr><w:spacing w:after="120"/></w:pPr>'
    whole = f"<w:rPrDefault>{words}</w:rPrDefault><w:pPrDefault>{space}</w:pPrDefault>"
    heads = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{_NAMES[style]}"/>'
        f'<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/>{_level(style)}</w:pPr>'
        f'<w:rPr><w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        for style, size in _SIZES.items()
    )
    default = f"<w:docDefaults>{whole}</w:docDefaults>"
    return f'{_HEAD}<w:styles xmlns:w="{_MAIN}">{default}{heads}</w:styles>'


def _level(style: str) -> str:
    """What a reader by ear jumps by."""
    return f'<w:outlineLvl w:val="{int(style[-1]) - 1}"/>' if style[-1].isdigit() else ""


def _paragraph(line: Line, *, is_head: bool = False) -> str:
    style = f'<w:pStyle w:val="{line.style}"/>' if line.style else ""
    direction = "<w:bidi/>" if line.is_rtl else ""
    indent = '<w:ind w:left="400" w:hanging="250"/>' if line.is_item else ""
    text = f"\N{BULLET} {line.text}" if line.is_item else line.text
    return f"<w:p><w:pPr>{style}{direction}{indent}</w:pPr>{_run(text, line, is_head)}</w:p>"


def _run(text: str, line: Line, is_head: bool) -> str:  # noqa: FBT001
    bold = "<w:b/><w:bCs/>" if is_head else ""
    script = "<w:rtl/>" if line.is_rtl else ""
    said = quoteattr(line.language)
    kind = "w:bidi" if line.is_rtl else "w:val"
    language = f"<w:lang {kind}={said}/>" if line.language else ""
    pieces = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(_printable(one))}</w:t>' for one in text.split("\n")
    )
    return f"<w:r><w:rPr>{bold}{script}{language}</w:rPr>{pieces}</w:r>"


def _printable(text: str) -> str:
    """A text without the control characters that no XML may hold."""
    return "".join(one for one in text if one >= " " or one == "\t")


def _table(grid: Grid) -> str:
    direction = "<w:bidiVisual/>" if grid.is_rtl else ""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    width = '<w:tblW w:w="5000" w:type="pct"/>'
    shape = f"<w:tblPr>{direction}{width}<w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
    columns = "<w:gridCol/>" * max((len(row) for row in grid.rows), default=0)
    rows = "".join(_row(row, is_head=place == 0) for place, row in enumerate(grid.rows))
    return f"<w:tbl>{shape}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl><w:p/>"


def _row(row: Sequence[Line], *, is_head: bool) -> str:
    head = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
    cells = "".join(
        '<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>'
        f"{_paragraph(one, is_head=is_head)}</w:tc>"
        for one in row
    )
    return f"<w:tr>{head}{cells}</w:tr>"
