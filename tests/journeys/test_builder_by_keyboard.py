"""An officer on a phone with a keyboard alone: from nothing to a published call."""

import pytest
from playwright.sync_api import Locator, Page, expect

from fondaco.calls.models import Call
from fondaco.programmes.services import give_role
from fondaco.programmes.states import RoleKind
from tests.factories.directory import AT
from tests.factories.programmes import ProgrammeFactory
from tests.journeys import stage
from tests.journeys.keys import press, put, walk_to
from tests.journeys.looking import look

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser(locale="en", viewport={"width": 360, "height": 740}),
]
BUILD = "/en/calls/spring/build/"


def kept(page: Page, do: object = None) -> None:
    """Wait until the page has kept what was typed."""
    with page.expect_response(lambda answer: "/build/" in answer.url and answer.ok):
        if callable(do):
            do()
    expect(page.locator("#sketch.htmx-request")).to_have_count(0)


def push(page: Page, wanted: Locator) -> None:
    """Walk to a button of the page and press it; the page stays."""
    walk_to(page, wanted)
    kept(page, lambda: page.keyboard.press("Enter"))


def choose(page: Page, wanted: Locator, begins: str) -> None:
    """Walk to a list and choose by typing how the answer begins."""
    walk_to(page, wanted)
    kept(page, lambda: page.keyboard.type(begins))


def fits(page: Page, name: str) -> None:
    """Nothing is wider than the screen."""
    look(page, f"builder-{name}")
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) <= 0, name


def test_a_call_is_built_and_published_without_a_mouse(page: Page) -> None:
    programme = ProgrammeFactory.create(code="bridge", acronym="BRIDGE")
    officer = stage.somebody("Odile Ottoman")
    give_role(officer, RoleKind.OFFICER, programme=programme, by_id=None, at=AT)
    stage.demonstration(page, officer)
    page.goto("/en/programmes/bridge/run/")
    press(page, page.get_by_role("link", name="New call"), to="/new/$")
    put(page, page.locator("[name=title]"), "Spring call")
    put(page, page.locator("[name=code]"), "spring")
    press(page, page.locator("main form button.button-primary"), to="/basics/$")
    fits(page, "basics")

    put(page, page.locator("#call-title-fr"), "Appel du printemps")
    kept(page)
    choose(page, page.locator("#call-intake"), "Always")
    page.goto(f"{BUILD}who/")
    push(page, page.get_by_role("button", name="Add a rule"))
    fact = page.locator("select[name$='.fact']")
    expect(fact).to_be_focused()
    choose(page, fact, "Size")
    walk_to(page, page.get_by_role("checkbox", name="Micro enterprise"))
    kept(page, lambda: page.keyboard.press("Space"))
    page.goto(f"{BUILD}who/")
    push(page, page.get_by_role("button", name="Use this sentence"))
    fits(page, "who")
    assert Call.objects.get().rules.get().says["fr"]

    page.goto(f"{BUILD}form/")
    push(page, page.get_by_role("button", name="Add a section"))
    put(page, page.locator("[name$='.title.en']"), "Your plan")
    kept(page)
    push(page, page.get_by_role("button", name="Add a question"))
    put(page, page.locator("[name*='.question.'][name$='.label.en']"), "What will you do?")
    kept(page)
    fits(page, "form")

    page.goto(f"{BUILD}ready/")
    press(page, page.locator("main form button.button-primary"), to="/office/$")
    page.goto("/fr/calls/spring/")
    expect(page.locator("h1")).to_have_text("Appel du printemps")
    assert Call.objects.get().published_at
