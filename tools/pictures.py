"""Pictures of the pages as each reader sees them, in every language, wide and narrow."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tools import debian
from tools.chromium import launched
from tools.paths import ROOT, stop
from tools.site import Site, site_of_its_own

FOLDER = ROOT / "var" / "pictures"
LANGUAGES = ("en", "fr", "ar")
WIDTHS = {"wide": 1280, "narrow": 360}
PAGES_OF_A_READER = 8
PUBLIC, SHOWN = "public", "socialtech4eu-training-season"


def pages_from(start: Page) -> list[str]:
    """Where the navigation of a start page leads, the start page first."""
    hrefs = start.locator('nav a[href^="/"]').evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    here = re.sub(r"^https?://[^/]+", "", start.url)
    return list(dict.fromkeys([here, *hrefs]))[:PAGES_OF_A_READER]


def context_of(browser: Browser, site: Site, language: str, width: int) -> BrowserContext:
    """A browser of a reader of this language, on a screen of this width."""
    context = browser.new_context(
        base_url=site.address,
        locale=language,
        reduced_motion="reduce",
        viewport={"width": width, "height": 800},
    )
    context.add_cookies([{"name": "language", "value": language, "url": site.address}])
    return context


def take(browser: Browser, site: Site, reader: str, link: str) -> Iterator[Path]:
    """All pictures of one reader, who comes in by this link."""
    for language in LANGUAGES:
        for shape, width in WIDTHS.items():
            context = context_of(browser, site, language, width)
            page = context.new_page()
            page.goto(link)
            if reader != PUBLIC:
                page.locator("main form button").first.click()
                page.wait_for_load_state()
            for path in pages_from(page):
                answer = page.goto(path)
                if answer is None or not answer.ok:
                    raise stop(f"{reader}: {path} answered {answer and answer.status}", code=1)
                name = re.sub(r"\W+", "-", path.partition("?")[0]).strip("-") or "start"
                picture = FOLDER / reader / f"{name}.{language}.{shape}.png"
                page.screenshot(path=picture, full_page=True)
                yield picture
            context.close()


def for_the_readme(browser: Browser, site: Site) -> Iterator[Path]:
    """The page of an open call, as the README shows it."""
    for language in ("en", "ar"):
        context = context_of(browser, site, language, WIDTHS["wide"])
        page = context.new_page()
        page.goto(f"/{language}/calls/{SHOWN}/")
        picture = ROOT / "docs" / "pictures" / f"call-{language}.png"
        picture.parent.mkdir(exist_ok=True)
        page.screenshot(path=picture)
        yield picture
        context.close()


def main() -> None:
    """Start a site of its own, and picture it."""
    debian.provide("test")
    shutil.rmtree(FOLDER, ignore_errors=True)
    with site_of_its_own() as site, launched() as browser:
        for picture in for_the_readme(browser, site):
            print(picture.relative_to(ROOT))
        for reader, link in {PUBLIC: "/", **site.sign_in_links()}.items():
            count = len(list(take(browser, site, reader, link)))
            print(f"{reader}: {count} pictures in {(FOLDER / reader).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
