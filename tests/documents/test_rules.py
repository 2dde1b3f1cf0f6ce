"""Kinds by content, sizes, names."""

import pytest

from fondaco.documents.rules import (
    MEGABYTE,
    Look,
    Reason,
    acceptance,
    cleaned_name,
    has_macros,
    kind_of,
)

ZIP = b"PK\x03\x04" + b"\0" * 26
ODT = ZIP + b"mimetypeapplication/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("head", "members", "kind"),
    [
        (b"%PDF-1.7", (), "pdf"),
        (b"\x89PNG\r\n\x1a\n", (), "png"),
        (b"\xff\xd8\xff\xe0", (), "jpg"),
        (ZIP, ("word/document.xml",), "docx"),
        (ZIP, ("xl/workbook.xml",), "xlsx"),
        (ODT + b"PK", ("content.xml",), "odt"),
        (ODT + b"-template", ("content.xml",), ""),
        (ZIP, ("anything.exe",), ""),
        (b"MZ\x90\x00", (), ""),
        (b"\x7fELF", (), ""),
        (b"#!/bin/sh", (), ""),
        (b"<html>", (), ""),
        (b"<svg xmlns=", (), ""),
        (b" %PDF-1.7", (), ""),
        (b"", (), ""),
    ],
)
def test_the_kind_is_what_the_content_shows(head, members, kind):
    assert kind_of(Look(10, head, frozenset(members))) == kind


@pytest.mark.parametrize(
    ("member", "is_program"),
    [
        ("word/vbaProject.bin", True),
        ("Basic/Standard/Module1.xml", True),
        ("Scripts/python/a.py", True),
        ("word/document.xml", False),
    ],
)
def test_a_package_with_a_program_is_found(member, is_program):
    assert has_macros(Look(10, ZIP, frozenset({member}))) == is_program


@pytest.mark.parametrize(
    ("look", "reasons"),
    [
        (Look(MEGABYTE, b"%PDF-"), ()),
        (Look(MEGABYTE + 1, b"%PDF-"), (Reason.TOO_LARGE,)),
        (Look(0, b""), (Reason.EMPTY,)),
        (Look(9, b"MZ"), (Reason.KIND_UNKNOWN,)),
        (Look(9, b"\xff\xd8\xff"), (Reason.KIND_NOT_ACCEPTED,)),
        (
            Look(2 * MEGABYTE, ZIP, frozenset({"word/document.xml", "word/vbaProject.bin"})),
            (Reason.TOO_LARGE, Reason.KIND_NOT_ACCEPTED, Reason.HAS_MACROS),
        ),
    ],
)
def test_every_reason_against_a_file_is_given(look, reasons):
    assert acceptance(look, accepts=["pdf"], megabytes=1).reasons == reasons


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("offer.pdf", "pdf", "offer.pdf"),
        ("C:\\Users\\me\\offer.PDF", "pdf", "offer.pdf"),
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        ("photo.jpeg", "jpg", "photo.jpg"),
        ("offer.exe", "pdf", "offer.exe.pdf"),
        ("a\u202efdp.exe", "pdf", "afdp.exe.pdf"),
        ("a\x00\n b  c.pdf", "pdf", "a b c.pdf"),
        ("عرض السعر.pdf", "pdf", "عرض السعر.pdf"),
        ("", "pdf", "file.pdf"),
        (".pdf", "pdf", "file.pdf"),
        ("x" * 300 + ".pdf", "pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_is_harmless_and_ends_as_its_content(name, kind, clean):
    assert cleaned_name(name, kind) == clean
