"""The guide for applicants: as a page, as PDF and as DOCX, from one structure."""

from collections.abc import Iterator
from io import BytesIO

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from fondaco.desks.selectors.calls import trail_of
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.selectors.guide import Block, Bullets, Guide, Paragraph, Said, guide_of
from fondaco.desks.views.lists import now
from fondaco.desks.views.public import shown_call
from fondaco.kernel.plain import fingerprint
from fondaco.kernel.texts import Spoken, direction_of
from fondaco.web import words
from fondaco.web.docx import MEDIA_TYPE, Grid, Line, docx_of
from fondaco.web.downloads import attachment
from fondaco.web.papers import pdf_of

A_DAY = 24 * 3600


def _context(request: HttpRequest, code: str) -> dict[str, object]:
    found = shown_call(request, code)
    return {
        "call": found,
        "guide": guide_of(found, at=now(request)),
        "is_hidden": found.is_demonstration or found.published_at is None,
        "programme_face": face_of(found.programme),
        "trail": [
            *trail_of(found),
            (words.say(found.title).text, reverse("desks:call", args=[code])),
        ],
    }


def guide(request: HttpRequest, code: str) -> HttpResponse:
    """The guide to a call, to be read."""
    return render(request, "desks/guide.html", _context(request, code))


def guide_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same as PDF; made once for what it says."""
    context = _context(request, code)
    page = render_to_string("desks/guide_pdf.html", context, request)
    key = f"guide-{fingerprint(page)}"
    papers = caches["papers"]
    made = papers.get(key)
    if made is None:
        made = pdf_of(page)
        papers.set(key, made, A_DAY)
    name = f"{code}-guide-{_of(context).language}.pdf"
    return attachment(BytesIO(made), name, "application/pdf", len(made))


def _of(context: dict[str, object]) -> Guide:
    found = context["guide"]
    assert isinstance(found, Guide)  # noqa: S101
    return found


def guide_docx(request: HttpRequest, code: str) -> HttpResponse:
    """The same for a word processor."""
    found = _of(_context(request, code))
    is_rtl = direction_of(found.language) == "rtl"
    made = docx_of(_lines(found), language=found.language, is_rtl=is_rtl)
    name = f"{code}-guide-{found.language}.docx"
    return attachment(BytesIO(made), name, MEDIA_TYPE, len(made))


def _lines(found: Guide) -> Iterator[Line | Grid]:
    """The guide as headings, paragraphs and tables."""
    yield _line(found, found.title, style="Title")
    yield _line(found, found.summary)
    yield _line(found, f"{found.call.programme.acronym} · {words.day(found.made_at.date())}")
    for part in found.parts:
        yield _line(found, part.title, style="Heading1")
        for block in part.blocks:
            yield from _block(found, block)


def _block(found: Guide, block: Block) -> Iterator[Line | Grid]:
    if isinstance(block, Paragraph):
        yield _line(found, block.text)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield _line(found, item, is_item=True)
    else:
        rows = [[_line(found, cell) for cell in row] for row in (block.head, *block.rows)]
        yield Grid(rows, is_rtl=direction_of(found.language) == "rtl")


def _line(found: Guide, said: Said, *, style: str = "", is_item: bool = False) -> Line:
    """A text with the language it is really in."""
    language = said.language if isinstance(said, Spoken) and said else found.language
    is_rtl = direction_of(language) == "rtl"
    return Line(str(said), language=language, is_rtl=is_rtl, style=style, is_item=is_item)
