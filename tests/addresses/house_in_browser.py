"""The house inside the browser: what Chromium asks for is answered by the house itself, at once.

No server and no second connection to the database: a page shows the scene as its test sees it,
with the headers that the house sends, its content security policy among them.
"""

from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route

ADDRESS = "http://localhost"
STATIC = "/static/"
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
OURS = {HTTPStatus.OK, HTTPStatus.GONE}


class HouseInBrowser:
    """One page of a browser, in front of which one reader after another sits down."""

    def __init__(self, browser: Browser) -> None:
        context = browser.new_context(base_url=ADDRESS)
        self.page: Page = context.new_page()
        self.reader = Client()
        self.faults: list[str] = []
        self.html = ""
        context.route("**/*", self._answer)
        self.page.on("console", self._note)
        self.page.on("pageerror", self._note_error)

    def open(self, reader: Client, path: str, *, width: int) -> None:
        """Show a page to a reader on a screen of a width."""
        self.reader, self.faults = reader, []
        self.page.set_viewport_size({"width": width, "height": 740})
        self.page.goto(path)

    def _answer(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if asked.path.startswith(STATIC):
            self._give_file(route, asked.path.removeprefix(STATIC))
            return
        response = self.reader.get(f"{asked.path}?{asked.query}" if asked.query else asked.path)
        if response.status_code not in OURS:
            self.faults.append(f"{asked.path}: {response.status_code}")
        told = {name: value for name, value in response.items() if name != "Content-Length"}
        route.fulfill(status=response.status_code, headers=told, body=response.content)

    def _give_file(self, route: Route, name: str) -> None:
        found = finders.find(name)
        if not isinstance(found, str):
            self.faults.append(f"no file {name}")
            route.fulfill(status=404)
            return
        kind = KINDS[Path(found).suffix]
        route.fulfill(status=200, content_type=kind, body=Path(found).read_bytes())

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "410" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _note_error(self, error: Error) -> None:
        self.faults.append(f"script: {error}")
