"""Light pages: written without a database, without a session and without the house around them."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def light_page(
    template: str,
    *,
    language: str,
    status: int,
    again: int | None = None,
    to: str = "",
    **words: object,
) -> HttpResponse:
    """A page in a language; `again` is in how many seconds it goes on by itself, `to` where."""
    with translation.override(language):
        text = render_to_string(template, {**words, "again": again, "to": to})
    response = HttpResponse(text, status=status, headers=HEADERS)
    if again is not None:
        response.headers["Retry-After"] = str(again)
    return response
