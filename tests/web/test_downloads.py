"""Files leave the house as downloads that no browser shows and no spreadsheet runs."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.web.downloads import attachment, text_attachment, without_formula

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


def test_a_stream_leaves_as_a_download_of_a_fixed_type():
    response = attachment(BytesIO(b"<b>x"), "offre été.html", "application/pdf", 4)

    assert b"".join(response.streaming_content) == b"<b>x"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == "4"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''offre%20%C3%A9t%C3%A9.html"
    )
    assert {name: response[name] for name in FIXED} == FIXED


def test_a_text_leaves_as_a_download_in_utf_8():
    response = text_attachment("é", "calls.csv", "text/csv")

    assert response.content == "é".encode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="calls.csv"'
    assert {name: response[name] for name in FIXED} == FIXED


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+33 1", "'+33 1"),
        ("-5", "'-5"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\n=x", "'\n=x"),
        ("a=b", "a=b"),
        (12, "12"),
        (None, ""),
    ],
)
def test_a_cell_is_never_a_formula(value, cell):
    assert without_formula(value) == cell


@given(st.text())
def test_no_text_begins_as_a_formula(text):
    assert not without_formula(text).startswith(("=", "+", "-", "@", "\t", "\r"))
