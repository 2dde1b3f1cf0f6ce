"""How a browser test waits for the next page, however slow the machine is.

A click returns before the page it leads to stands there. Whoever reads the page at once reads
the old one or falls between the two, so each step that leads on is taken inside `turning`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import Condition, get_ident

from django.core.signals import request_finished, request_started
from playwright.sync_api import BrowserContext, Error, Locator, Page, Response, Route, expect

PATIENCE = 30_000
"""Milliseconds: what takes longer than this, on a machine with much else to do, is broken."""
MARK = "document.documentElement.dataset.turned = ''"
UNMARKED = "html:not([data-turned])"


def be_patient(context: BrowserContext) -> None:
    """Give every step, every page and every expectation the same long time."""
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(2 * PATIENCE)
    expect.set_options(timeout=PATIENCE)


@contextmanager
def all_answered() -> Iterator[None]:
    """Let the site finish every request that reached it inside."""
    open_ones, changed = set[int](), Condition()

    def begin(**_: object) -> None:
        with changed:
            open_ones.add(get_ident())

    def end(**_: object) -> None:
        with changed:
            open_ones.discard(get_ident())
            changed.notify_all()

    request_started.connect(begin)
    request_finished.connect(end)
    try:
        yield
        with changed:
            assert changed.wait_for(lambda: not open_ones, PATIENCE / 1000)
    finally:
        request_started.disconnect(begin)
        request_finished.disconnect(end)


def _mark(page: Page) -> None:
    """Mark the page that stands there, also where it has just then been loaded anew by itself."""
    try:
        page.evaluate(MARK)
    except Error:
        page.wait_for_load_state()
        page.evaluate(MARK)


@contextmanager
def turning(page: Page, to: str = "") -> Iterator[None]:
    """Do inside what leads on, and go on once the next page stands there whole.

    The page that is left is marked, because the next may have the same address. `to` is a pattern
    for the address of the next. Neither minds a first answer that a second click sends away.
    """
    _mark(page)
    yield
    expect(page.locator(UNMARKED)).to_be_attached()
    if to:
        expect(page).to_have_url(re.compile(to))
    page.wait_for_load_state()


def follow(leads_on: Locator, to: str = "") -> None:
    """Click on a link or a button that leads on, and stand on the next page."""
    with turning(leads_on.page, to):
        leads_on.click()


@contextmanager
def kept_by_itself(page: Page, typed: str) -> Iterator[None]:
    """Type inside, and go on once the site has kept what was typed without being asked."""

    def brings_it(answer: Response) -> bool:
        return typed in (answer.request.post_data or "") and answer.status == HTTPStatus.OK

    with page.expect_response(brings_it):
        yield


class Gate:
    """Lets the first requests of a kind through, and holds what follows until it is opened.

    What must happen while something is under way happens while it is held: it cannot be too late.
    """

    def __init__(self, page: Page, address: str, *, method: str, lets: int = 0) -> None:
        self.method, self.lets = method, lets
        self.held: list[Route] = []
        self.is_open = False
        page.route(address, self.meet)

    def meet(self, route: Route) -> None:
        """A request comes to the gate."""
        if self.is_open or route.request.method != self.method:
            route.continue_()
        elif self.lets:
            self.lets -= 1
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        """Everything goes through from now on."""
        self.is_open = True
        for route in self.held:
            route.continue_()
