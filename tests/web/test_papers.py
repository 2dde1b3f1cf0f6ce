"""A page becomes a PDF and reads nothing but what it is given."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from fondaco.web.papers import NotGiven, pdf_of

DOT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    b'<circle cx="4" cy="4" r="4"/></svg>'
)


def page(body, head=""):
    """A whole page."""
    return f'<!doctype html><html lang="en"><head><title>Bold</title>{head}</head>{body}</html>'


def read(made):
    """The PDF, read back."""
    return PdfReader(BytesIO(made))


def test_a_page_becomes_a_tagged_pdf_with_its_text():
    made = read(pdf_of(page("<h1>Bold call</h1><p>Three thousand euro.</p>")))

    assert len(made.pages) == 1
    assert made.pages[0].extract_text().split() == ["Bold", "call", "Three", "thousand", "euro."]
    assert made.metadata.title == "Bold"
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"] == "en"


def test_the_houses_own_style_and_fonts_are_read():
    made = read(pdf_of(page("<p>Bold</p>", '<link rel="stylesheet" href="given:pdf.css">')))

    fonts = {
        str(font.get_object()["/BaseFont"])
        for font in made.pages[0]["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all("Plex" in font for font in fonts), fonts


def test_what_is_given_is_read():
    body = '<p><img src="given:dot.svg" alt="A dot"></p>'

    assert pdf_of(page(body), given={"dot.svg": ("image/svg+xml", DOT)})


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "given:nobody-gave-this.png",
        "given:../settings.py",
        "given:",
        "data:image/png;base64,AAAA",
        "ftp://example.org/x.png",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        '<img src="{}" alt="">',
        '<link rel="stylesheet" href="{}">',
        '<style>p {{ background: url("{}") }}</style><p>x</p>',
        '<style>@import url("{}");</style>',
        '<style>@font-face {{ font-family: x; src: url("{}") }} p {{font: 1em x}}</style><p>x</p>',
        '<object data="{}"></object>',
        '<link rel="attachment" href="{}">',
    ],
    ids=["img", "link", "background", "import", "font", "object", "attachment"],
)
def test_a_page_that_asks_for_more_is_refused(body, address):
    with pytest.raises(NotGiven) as refused:
        pdf_of(page(body.format(address)))

    assert refused.value.args[0].removesuffix("/") == address


def test_an_image_inside_a_given_image_is_refused_as_well():
    sly = DOT.replace(b"<circle", b'<image href="file:///etc/passwd" width="9" height="9"/><circle')

    with pytest.raises(NotGiven):
        pdf_of(page('<img src="given:sly.svg" alt="">'), given={"sly.svg": ("image/svg+xml", sly)})
