"""A browser as cheap as can be: one connection, and what a page's scripts would send."""

import asyncio
import base64
import hashlib
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from benchmarks.form import FILE, SECTION

TOKEN = "t" * 32
TYPED = "application/x-www-form-urlencoded"
OCTETS = "application/offset+octet-stream"
PART = 256 * 1024
PATIENCE = 60.0
FRESH = 3.0
"""Seconds after which a quiet connection is not used again; the server closes it after five."""
_PASS = re.compile(rb'data-pass="([^"]+)"')
_MARK = re.compile(rb'name="was-([^"]+)" value="([^"]*)"')
_BODILESS = frozenset({204, 304})
Broken = (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError, IndexError)
"""What a browser calls a connection that failed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def told(self) -> dict[str, Any]:
        """The body as data."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(slots=True)
class Line:
    """One connection that is kept; a request that breaks it is the caller's to repeat."""

    port: int
    cookie: str = ""
    waits: list[float] = field(default_factory=list)
    used_at: float = 0.0
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(
        self, method: str, path: str, body: bytes = b"", *, slow: float = 0.0, **headers: str
    ) -> Answer:
        """One request, its body sent over `slow` seconds; raises one of `Broken`."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE + slow):
                answer = await self._asked(method, path, body, slow, headers)
        except BaseException:
            self.close()
            raise
        self.used_at = time.monotonic()
        self.waits.append(self.used_at - begun - slow)
        return answer

    async def _asked(
        self, method: str, path: str, body: bytes, slow: float, headers: Mapping[str, str]
    ) -> Answer:
        reader, writer = await self._open()
        writer.write(self.head(method, path, len(body), headers))
        if slow:
            await _dripped(writer, body, slow)
        else:
            writer.write(body)
        await writer.drain()
        return await self._read(reader, method)

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if time.monotonic() - self.used_at > FRESH or (self.reader and self.reader.at_eof()):
            self.close()
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self.reader, self.writer

    def head(self, method: str, path: str, length: int, headers: Mapping[str, str]) -> bytes:
        """The first lines of a request."""
        own = {"Host": f"localhost:{self.port}", "Accept-Encoding": "br, gzip"}
        if self.cookie:
            own["Cookie"] = self.cookie
        if method not in {"GET", "HEAD"}:
            home = f"http://localhost:{self.port}"
            own |= {"Content-Length": str(length), "X-CSRFToken": TOKEN, "Origin": home}
        told = own | {name.replace("_", "-"): kept for name, kept in headers.items()}
        lines = "".join(f"{name}: {kept}\r\n" for name, kept in told.items())
        return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode()

    async def _read(self, reader: asyncio.StreamReader, method: str) -> Answer:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(lines[0].split(" ", 2)[1])
        pairs = (line.partition(": ") for line in lines[1:] if line)
        headers = {name.lower(): kept for name, _, kept in pairs}
        body = b""
        if method != "HEAD" and status not in _BODILESS:
            if headers.get("transfer-encoding") == "chunked":
                body = await _chunks(reader)
            else:
                body = await reader.readexactly(int(headers["content-length"]))
        if headers.get("connection") == "close":
            self.close()
        return Answer(status, headers, body)

    def close(self) -> None:
        """Let go of the connection."""
        if self.writer is not None:
            self.writer.transport.abort()
        self.reader = self.writer = None


async def _dripped(writer: asyncio.StreamWriter, body: bytes, seconds: float) -> None:
    pieces = max(1, int(seconds))
    size = -(-len(body) // pieces)
    for begin in range(0, len(body), size):
        writer.write(body[begin : begin + size])
        await writer.drain()
        await asyncio.sleep(seconds / pieces)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return body


class Refused(Exception):
    """The site answered something else than was hoped."""

    def __init__(self, what: str, answer: Answer) -> None:
        super().__init__(f"{what}: {answer.status} {answer.body[:300]!r}")
        self.status = answer.status


class Applicant:
    """Somebody signed in, with a draft and a browser."""

    def __init__(self, port: int, call: str, person: Mapping[str, str]) -> None:
        self.code = person["code"]
        self.key = f"key-{self.code}"
        self.pass_text = person["pass"]
        cookie = f"sessionid={person['session']}; csrftoken={TOKEN}; language=en"
        self.line = Line(port, cookie)
        self.way = f"/en/calls/{call}/applications/{self.code}"
        self.marks: dict[str, str] = {}

    async def open_form(self) -> None:
        """Read the page of the form, with its pass and marks."""
        answer = await self.line.ask("GET", f"{self.way}/form/{SECTION}/")
        found = _PASS.search(answer.body)
        if found is None:
            raise Refused("form", answer)
        self.pass_text = found[1].decode()
        self.marks = {code.decode(): mark.decode() for code, mark in _MARK.findall(answer.body)}

    async def announce(self, content: bytes) -> str:
        """Announce a file; where its parts go."""
        said = {"filename": "offer.pdf", "to": f"application:{self.code}:{FILE}"}
        words = ",".join(f"{k} {base64.b64encode(w.encode()).decode()}" for k, w in said.items())
        answer = await self.line.ask(
            "POST",
            "/uploads/",
            Tus_Resumable="1.0.0",
            Upload_Length=str(len(content)),
            Upload_Metadata=words,
        )
        if answer.status != 201:  # noqa: PLR2004
            raise Refused("announcing", answer)
        return answer.headers["location"]

    async def send_part(
        self, address: str, content: bytes, offset: int = 0, *, slow: float = 0.0
    ) -> Answer:
        """Send a part of a file."""
        return await self.line.ask(
            "PATCH",
            address,
            content,
            slow=slow,
            Tus_Resumable="1.0.0",
            Upload_Offset=str(offset),
            Content_Type=OCTETS,
        )

    async def upload(self, content: bytes) -> None:
        """A file in one part, whose checksum the site says again."""
        address = await self.announce(content)
        answer = await self.send_part(address, content)
        kept = json.loads(answer.headers.get("upload-kept", "{}"))
        if kept.get("sha256") != hashlib.sha256(content).hexdigest():
            raise Refused("part", answer)

    async def save(self, answers: Mapping[str, str]) -> dict[str, Any]:
        """Save as the page does by itself; what was told."""
        fields = {"pass": self.pass_text, "language": "en"}
        fields |= {f"q-{code}": text for code, text in answers.items()}
        fields |= {f"was-{code}": self.marks[code] for code in answers if code in self.marks}
        body = urlencode(fields).encode()
        answer = await self.line.ask(
            "POST", f"/keep/{self.code}/{SECTION}/", body, Content_Type=TYPED
        )
        if answer.status != 200:  # noqa: PLR2004
            raise Refused("save", answer)
        told = answer.told()
        is_kept = told["where"] == "database"
        for code, mark in told["marks"].items():
            self.marks[code] = mark if is_kept else f"{self.marks.get(code, '')} {mark}".strip()
        self.pass_text = told["pass"]
        return told

    async def submit(self) -> str:
        """Send the application: the receipt's address, or the word `received`."""
        fields = urlencode({"pass": self.pass_text, "language": "en", "key": self.key})
        answer = await self.line.ask(
            "POST", f"{self.way}/submit/", fields.encode(), Content_Type=TYPED
        )
        if answer.status == 202:  # noqa: PLR2004
            return "received"
        if answer.status != 302 or "/receipt/" not in answer.headers["location"]:  # noqa: PLR2004
            raise Refused("submit", answer)
        return answer.headers["location"]

    async def read_receipt(self, address: str) -> None:
        """The page of the receipt."""
        answer = await self.line.ask("GET", address)
        if answer.status != 200 or b"fingerprint" not in answer.body:  # noqa: PLR2004
            raise Refused("receipt", answer)

    async def whole_application(self, content: bytes, answers: Mapping[str, str]) -> None:
        """Open the form, upload, save, submit, read the receipt."""
        await self.open_form()
        await self.upload(content)
        await self.save(answers)
        await self.read_receipt(await self.submit())
