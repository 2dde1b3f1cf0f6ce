"""How a page is looked at: its direction, its width, its language, and a picture on request."""

import os

from playwright.sync_api import Page

RIGHT_TO_LEFT = {"ar": "rtl"}
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"


def look(page: Page, name: str) -> None:
    """The page reads in its direction, and nothing has to be pushed sideways."""
    language = page.locator("html").get_attribute("lang") or ""
    picture(page, name)

    assert page.locator("html").get_attribute("dir") == RIGHT_TO_LEFT.get(language, "ltr")
    wide = page.evaluate(TOO_WIDE)
    assert wide <= 0, f"{name} is {wide} pixels too wide"


def picture(page: Page, name: str) -> None:
    """A picture for whoever asked for one with FONDACO_PICTURES."""
    if folder := os.environ.get("FONDACO_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
