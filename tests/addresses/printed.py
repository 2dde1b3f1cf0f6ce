"""The house printed for the browser: pages are made in the test, and handed out by a small server.

The server knows no database: a page shows the scene as its test sees it, with the headers that
the house sends, its content security policy among them.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from tests.waits import be_patient

STATIC = "/static/"
OURS = re.compile(
    r'<(?:link rel="stylesheet"|img|form|div)[^>]*? (?:href|src|data-key-url)="(/(?!static/)[^"]+)"'
)
"""What a page asks of the house by itself: sheets, pictures, the key of the copies it keeps."""
BLANK, NOTHING = (
    "/blank/",
    b'<!doctype html><html lang="en"><title>-</title><link rel="icon" href="data:,">',
)
"""A page of the same site: for one of another the browser would begin a new process."""
FONTS = {".woff2": "font/woff2"}


@dataclass(frozen=True)
class Printed:
    """One answer of the house."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def printed(reader: Client, path: str) -> Printed:
    """What the house answers a reader."""
    response = reader.get(path)
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return Printed(response.status_code, headers, response.content)


def _of_static(name: str) -> Printed:
    found = finders.find(name)
    if not isinstance(found, str):
        return Printed(404, {}, b"")
    kind = FONTS.get(Path(found).suffix) or guess_type(found)[0] or "text/plain"
    headers = {"Content-Type": kind, "Cache-Control": "max-age=3600"}
    return Printed(200, headers, Path(found).read_bytes())


@contextmanager
def handed_out(sheets: Mapping[str, Printed]) -> Iterator[str]:
    """A server for what lies in `sheets` and for static files; its address."""

    class Counter(BaseHTTPRequestHandler):
        """Hands out what was printed."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path
            if path.startswith(STATIC):
                sheet = _of_static(path.removeprefix(STATIC))
            elif path == BLANK or (path not in sheets and self._is_framed()):
                sheet = Printed(200, {"Content-Type": "text/html"}, NOTHING)
            else:
                sheet = sheets.get(path, Printed(404, {}, b""))
            self.send_response(sheet.status)
            for name, value in sheet.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sheet.body)))
            self.end_headers()
            self.wfile.write(sheet.body)

        def _is_framed(self) -> bool:
            """Whether a frame of the page asks: that page has a row of the map of its own."""
            return self.headers.get("Sec-Fetch-Dest") == "iframe"

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Reading:
    """One page of a browser, in front of which one reader after another sits down."""

    def __init__(self, browser: Browser, sheets: dict[str, Printed], address: str) -> None:
        context = browser.new_context(base_url=address, bypass_csp=True)
        be_patient(context)
        self.page: Page = context.new_page()
        self.sheets, self.faults = sheets, list[str]()
        self.page.on("console", self._note)
        self.page.on("pageerror", self._note_error)

    def open(self, reader: Client, path: str, *, width: int) -> None:
        """Show a page to a reader on a screen of a width; the last one asks no more by then."""
        self.page.goto(BLANK)
        self.faults = []
        self.sheets.clear()
        sheet = self.sheets[path] = printed(reader, path)
        for found in OURS.findall(sheet.body.decode()):
            self.sheets[unescape(found)] = printed(reader, unescape(found))
        self.page.set_viewport_size({"width": width, "height": 740})
        self.page.goto(path)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "410" not in message.text:
            self.faults.append(f"console: {message.text} {message.location.get('url')}")

    def _note_error(self, error: Error) -> None:
        self.faults.append(f"script: {error}")
