"""How a page is looked at: its direction, its width, its language, and a picture on request."""

import os

from playwright.sync_api import Error, Page

RIGHT_TO_LEFT = {"ar": "rtl"}


TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"


def width_beyond(page: Page) -> int:
    """How far the page scrolls sideways; measured anew where it was just being left."""
    for _ in range(5):
        page.wait_for_load_state()
        try:
            return int(page.evaluate(TOO_WIDE))
        except Error:
            continue
    return int(page.evaluate(TOO_WIDE))


def look(page: Page, name: str) -> None:
    """The page reads in its direction, and nothing has to be pushed sideways."""
    language = page.locator("html").get_attribute("lang") or ""
    picture(page, name)

    assert page.locator("html").get_attribute("dir") == RIGHT_TO_LEFT.get(language, "ltr")
    wide = width_beyond(page)
    assert wide <= 0, f"{name} is {wide} pixels too wide"


def picture(page: Page, name: str) -> None:
    """A picture for whoever asked for one with FONDACO_PICTURES."""
    if folder := os.environ.get("FONDACO_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
