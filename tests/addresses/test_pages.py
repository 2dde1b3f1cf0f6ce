"""Every page of the house in a browser: for everybody, on every screen, in every language."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.addresses.house_in_browser import HouseInBrowser
from tests.addresses.map import MAP, Shows
from tests.addresses.reading import TOO_WIDE, left_in_english, words_seen

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
PAGES = [address for address in MAP if address.shows is Shows.PAGE]
DESK, PHONE = 1280, 360
KEPT = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": KEPT}}
AXE = Axe()


@pytest.fixture(scope="module")
def house_in_browser(chromium: Browser) -> Iterator[HouseInBrowser]:
    """One page for all."""
    opened = HouseInBrowser(chromium)
    yield opened
    opened.page.context.close()


def barriers(page: Page) -> list[str]:
    """What keeps somebody out, as axe sees it."""
    found = AXE.run(page, options=OPTIONS).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found
        for node in one["nodes"][:3]
    ]


def picture(page: Page, name: str) -> None:
    """A picture for whoever asked for one."""
    if folder := os.environ.get("FONDACO_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("address", PAGES, ids=lambda one: f"{one.label}-{one.reader}")
def test_everybody_can_read_it_on_every_screen(scene, clients, house_in_browser, address):
    house, page, reader = house_in_browser, house_in_browser.page, clients(address.reader)
    faults: list[str] = []

    house.open(reader, address.path(scene), width=DESK)
    faults += [*house.faults, *barriers(page)]
    page.set_viewport_size({"width": PHONE, "height": 740})
    faults += [f"en {fault}" for fault in page.evaluate(TOO_WIDE)]
    for language in ("fr", "ar"):
        house.open(reader, address.path(scene, language), width=PHONE)
        seen = [*house.faults, *page.evaluate(TOO_WIDE)]
        english = left_in_english(words_seen(page), language, names=scene.proper_names)
        faults += [f"{language} {fault}" for fault in [*seen, *english]]
        picture(page, f"{address.label}-{language}")
    faults += [f"ar {fault}" for fault in barriers(page)]

    assert faults == []
