"""Every page of the house in a browser: for everybody, on every screen, in every language."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.addresses.map import MAP, Shows
from tests.addresses.printed import Printed, Reading, handed_out
from tests.addresses.reading import TOO_WIDE, left_in_english, words_seen

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
PAGES = [address for address in MAP if address.shows is Shows.PAGE]
DESK, PHONE = 1280, 360
KEPT = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": KEPT}}
SHOWS_SAMPLES = {"web:design"}
"""Pages that show names of many languages as samples."""
AXE = Axe()


@pytest.fixture(scope="module")
def reading(chromium: Browser) -> Iterator[Reading]:
    """One page for all."""
    sheets: dict[str, Printed] = {}
    with handed_out(sheets) as address:
        opened = Reading(chromium, sheets, address)
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
def test_everybody_can_read_it_on_every_screen(scene, clients, reading, address):
    page, reader = reading.page, clients(address.reader)
    faults: list[str] = []

    reading.open(reader, address.path(scene), width=DESK)
    faults += [*reading.faults, *barriers(page)]
    page.set_viewport_size({"width": PHONE, "height": 740})
    faults += [f"en {fault}" for fault in page.evaluate(TOO_WIDE)]
    for language in ("fr", "ar"):
        reading.open(reader, address.path(scene, language), width=PHONE)
        seen = [*reading.faults, *page.evaluate(TOO_WIDE)]
        texts = [] if address.name in SHOWS_SAMPLES else words_seen(page)
        english = left_in_english(texts, language, names=scene.proper_names)
        faults += [f"{language} {fault}" for fault in [*seen, *english]]
        picture(page, f"{address.label}-{language}")
    faults += [f"ar {fault}" for fault in barriers(page)]

    if faults:
        pytest.fail("\n".join(faults))


BAD = """<!doctype html><html lang="fr"><title>Une page</title><main><h1>Une page</h1>
<img src="data:,">
<p>You have not sent it yet</p><p lang="en">But this is marked</p><p translate="no">Isle of Man</p>
<pre>Wide</pre><style>pre { inline-size: 900px }</style></main></html>"""


def test_offences_are_seen(reading):
    page = reading.page
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.set_content(BAD)
    reading.faults = []
    page.evaluate("console.error('broken')")

    english = left_in_english(words_seen(page), "fr", names=frozenset())

    assert english == ["You have not sent it yet"]
    assert [one.split(":")[0] for one in barriers(page)] == ["image-alt"]
    assert "too wide" in page.evaluate(TOO_WIDE)[0]
    assert [one.split()[1] for one in reading.faults] == ["broken"]
