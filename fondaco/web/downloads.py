"""Giving a file to a reader: always as a download, never shown as a page of ours."""

from typing import IO, cast

from django.http import FileResponse, HttpResponse

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


def attachment(stream: IO[bytes], name: str, media_type: str, size: int) -> HttpResponse:
    """The stream as a download with a fixed type that no browser may guess anew."""
    response = FileResponse(
        stream, as_attachment=True, filename=name, content_type=media_type, headers=_FIXED
    )
    response["Content-Length"] = str(size)
    # Views are typed by HttpResponse; a streaming one is its sibling and serves as well.
    return cast(HttpResponse, response)


def text_attachment(content: str | bytes, name: str, media_type: str) -> HttpResponse:
    """A text made on the spot (CSV, JSON) as a download."""
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8", headers=_FIXED)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def without_formula(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
