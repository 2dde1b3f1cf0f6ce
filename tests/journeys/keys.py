"""A reader who has a keyboard and nothing else."""

from playwright.sync_api import Locator, Page, expect

from tests.waits import turning

FAR = 120


def walk_to(page: Page, wanted: Locator, *, key: str = "Tab") -> None:
    """Press Tab until the focus stands on what is wanted; it must be reachable and be seen."""
    for _step in range(FAR):
        if wanted.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press(key)
    else:
        raise AssertionError(f"the keyboard does not reach {wanted}")
    assert wanted.evaluate("one => one.matches(':focus-visible')")
    expect(wanted).to_be_in_viewport()


def press(page: Page, wanted: Locator, key: str = "Enter", *, to: str = "") -> None:
    """Walk to a link or a button that leads on, and press it."""
    walk_to(page, wanted)
    with turning(page, to):
        page.keyboard.press(key)


def put(page: Page, wanted: Locator, text: str) -> None:
    """Walk to a field and write into it, in the place of what stands there."""
    walk_to(page, wanted)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
