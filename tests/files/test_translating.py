"""Texts of a call go out to translators and come back; nothing else in the call changes."""

from io import BytesIO
from pathlib import Path

import pytest

from fondaco.files.reading import read_folder
from fondaco.files.translating import applied, lines_of, preview, sheet_of
from fondaco.web.sheets import read_sheet, write_sheet

ROOT = Path(__file__).resolve().parents[2]
WAY = {"source": "en", "target": "fr"}


@pytest.fixture(scope="module")
def folder():
    return read_folder(ROOT / "programmes" / "blues").calls["clusterxchange-hosts"]


def sheet(*rows):
    return BytesIO(write_sheet("texts", [["Code", "en", "fr", "Most"], *rows]))


def test_every_text_goes_out_once_with_its_code_and_its_translation(folder):
    lines = {line.code: line for line in lines_of(folder, **WAY)}

    label = lines["form/section/declarations/question/no-payment/text"]
    assert label.source.startswith("We know that the lump sum")
    assert label.target.startswith("Nous savons")
    assert len(lines) == len(lines_of(folder, **WAY)) > 50
    rows = read_sheet(BytesIO(sheet_of(folder, **WAY)))
    assert [row[0] for row in rows[1:]] == list(lines)
    assert rows[0] == ["Code", "en", "fr", "Most characters"]


def test_what_comes_back_unchanged_changes_nothing(folder):
    found = preview(folder, BytesIO(sheet_of(folder, **WAY)), **WAY)

    assert found.edits == found.unknown == found.stale == found.too_long == ()
    assert applied(folder, found.edits, **WAY) == folder


def test_only_what_was_translated_changes(folder):
    title, label = lines_of(folder, **WAY)[0], lines_of(folder, **WAY)[-1]
    found = preview(
        folder,
        sheet(
            [title.code, title.source, "Titre nouveau"],
            [label.code, label.source, ""],
            ["call/nothing", "x", "y"],
            [lines_of(folder, **WAY)[1].code, "another source", "y"],
            [],
            [lines_of(folder, **WAY)[2].code, lines_of(folder, **WAY)[2].source, "x" * 20_001],
        ),
        **WAY,
    )

    assert [(edit.code, edit.after) for edit in found.edits] == [(title.code, "Titre nouveau")]
    assert found.unknown == ("call/nothing",)
    assert found.stale == (lines_of(folder, **WAY)[1].code,)
    assert found.too_long == (lines_of(folder, **WAY)[2].code,)
    after = {
        line.code: line.target for line in lines_of(applied(folder, found.edits, **WAY), **WAY)
    }
    before = {line.code: line.target for line in lines_of(folder, **WAY)}
    assert after == before | {title.code: "Titre nouveau"}
