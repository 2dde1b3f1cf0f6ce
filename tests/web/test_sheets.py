"""Spreadsheets: what is written is read again; what could do harm is refused unopened."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fondaco.web.sheets import MOST_BYTES, SHEET, Fault, SheetRefused, read_sheet, write_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


@settings(max_examples=30)
@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_what_is_written_is_read_again(rows):
    read = read_sheet(BytesIO(write_sheet("Texts", rows, widths=[20], is_rtl=True)))

    assert read == rows


def package(*parts, body="", kind=zipfile.ZIP_DEFLATED):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", kind) as kept:
        if body:
            kept.writestr(
                SHEET, f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
            )
        for name, content in parts:
            kept.writestr(name, content)
    made.seek(0)
    return made


def test_shared_texts_and_rich_texts_are_read():
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>one</t></si>'
        "<si><r><t>tw</t></r><r><t>o</t></r><rPh><t>sound</t></rPh></si></sst>"
    )
    body = '<row r="1"><c r="B1" t="s"><v>1</v></c></row><row r="3"><c r="A3"><v>7</v></c></row>'

    read = read_sheet(package(("xl/sharedStrings.xml", strings), body=body))

    assert read == [["", "two"], [], ["7"]]


CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (lambda: BytesIO(b"no package"), Fault.NOT_ONE),
        (lambda: BytesIO(b"x" * (MOST_BYTES + 1)), Fault.TOO_LARGE),
        (lambda: package(("word/document.xml", "<a/>")), Fault.NOT_ONE),
        (lambda: package((SHEET, "<a>")), Fault.NOT_ONE),
        (lambda: package((SHEET, DOCTYPE)), Fault.ACTIVE),
        (lambda: package(("xl/vbaProject.bin", "x"), body=CELL), Fault.ACTIVE),
        (lambda: package(("xl/media/a", "0" * 10_000_000), body=CELL), Fault.BOMB),
        (lambda: package(*((f"a{n}", "") for n in range(130)), body=CELL), Fault.BOMB),
        (
            lambda: package(body='<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'),
            Fault.FORMULA,
        ),
        (lambda: package(body='<row r="9"><c r="A99999"><v>2</v></c></row>'), Fault.TOO_MANY),
        (lambda: package(body='<row r="9"><c r="ZZ1"><v>2</v></c></row>'), Fault.TOO_MANY),
        (lambda: package(body='<row r="9"><c r="here"><v>2</v></c></row>'), Fault.NOT_ONE),
    ],
)
def test_what_is_not_harmless_is_refused(content, fault):
    with pytest.raises(SheetRefused) as refused:
        read_sheet(content())

    assert refused.value.fault == fault
