"""Pages for paper: HTML made into PDF, which may read only what it is given."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"
PLEX, ARABIC = "vendor/ibm-plex-sans/ibm-plex-sans", "vendor/ibm-plex-sans-arabic/ibm-plex-sans"
OURS = "given:"
HOUSE = {
    "pdf.css": ("text/css", "web/css/pdf.css"),
    "emblem.svg": ("image/svg+xml", "web/emblem.svg"),
    "plex-400.woff2": ("font/woff2", f"{PLEX}-latin-400-normal.woff2"),
    "plex-600.woff2": ("font/woff2", f"{PLEX}-latin-600-normal.woff2"),
    "plex-ext-400.woff2": ("font/woff2", f"{PLEX}-latin-ext-400-normal.woff2"),
    "plex-ext-600.woff2": ("font/woff2", f"{PLEX}-latin-ext-600-normal.woff2"),
    "plex-arabic-400.woff2": ("font/woff2", f"{ARABIC}-arabic-arabic-400-normal.woff2"),
    "plex-arabic-600.woff2": ("font/woff2", f"{ARABIC}-arabic-arabic-600-normal.woff2"),
}


class NotGiven(ValueError):
    """A paper asked for something that nobody gave it."""


@cache
def _of_house(name: str) -> tuple[str, bytes]:
    media_type, place = HOUSE[name]
    return media_type, (STATIC / place).read_bytes()


def pdf_of(html: str, *, given: Mapping[str, tuple[str, bytes]] | None = None) -> bytes:
    """The HTML as PDF/UA; it may read the house's sheet, fonts and emblem, and what is `given`.

    `given` has a media type and content by name; both are read as `given:<name>`. No file is
    opened by address and no network asked: `NotGiven` stops the paper.
    """
    from weasyprint import HTML  # heavy: pages without paper do not pay for it
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    refused: list[str] = []
    kept = {name: _of_house(name) for name in HOUSE} | dict(given or {})

    class Given(URLFetcher):  # type: ignore[misc]
        """Knows what was given; whatever else is asked for stops the paper."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            name = url.removeprefix(OURS)
            if not url.startswith(OURS) or name not in kept:
                refused.append(url)
                raise NotGiven(url)
            media_type, content = kept[name]
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    reader = Given(fail_on_errors=True)
    page = HTML(string=html, base_url=OURS, url_fetcher=reader)
    try:
        written: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:
        raise NotGiven(*refused) from error
    if refused:
        raise NotGiven(*refused)
    return written
