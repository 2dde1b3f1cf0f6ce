"""The door of the web server, with real sockets: the first byte counts, and nobody blocks it."""

import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from types import SimpleNamespace

import pytest

from fondaco.web import arrivals
from fondaco.web.arrivals import GATHERED, LONGEST_HEAD, LONGEST_QUEUE, Incoming
from fondaco.web.ranks import Rank
from tools import processes
from tools.paths import BIN, ROOT

THREADS = 3
HEAD = "{method} {path} HTTP/1.1\r\nHost: localhost\r\n{more}"


def text_of(path="/keep/bc-a2b3c4/project/", *, method="POST", body=b"", **headers):
    """A request as it travels."""
    more = "".join(f"{name.replace('_', '-')}: {kept}\r\n" for name, kept in headers.items())
    length = "" if "Transfer_Encoding" in headers else f"Content-Length: {len(body)}\r\n"
    return f"{HEAD.format(method=method, path=path, more=more + length)}\r\n".encode() + body


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """A server with the house's worker before a small application."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    command = [str(BIN / "gunicorn"), "tests.web.arriving", "--bind", f"127.0.0.1:{free}"]
    command += ["-k", "fondaco.web.arrivals.Worker", "-w", "1", "--threads", str(THREADS)]
    var = tmp_path_factory.mktemp("arriving")
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "fondaco.config.settings",
        "FONDACO_VAR": str(var),
    }
    with (var / "log").open("wb") as log:
        child = processes.start(command, env=env, cwd=ROOT, log=log.fileno())
    until = time.monotonic() + 60
    try:
        while time.monotonic() < until and not is_up(free):
            time.sleep(0.05)
        yield free
    finally:
        processes.end(child, by=signal.SIGTERM, patience=10)


def is_up(port):
    """Whether it answers."""
    try:
        with closing(Caller(port)) as caller:
            return bool(caller.asks(text_of()))
    except OSError:
        return False


@pytest.fixture
def ring(port):
    """Opens a connection, and closes them all in the end."""
    with ExitStack() as callers:
        yield lambda: callers.enter_context(closing(Caller(port)))


class Caller:
    """A connection."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)

    def close(self):
        """Hang up."""
        self.socket.close()

    def says(self, text):
        """Send some bytes; when that was."""
        now = time.time()
        self.socket.sendall(text)
        return now

    def hears(self):
        """The answer to one request."""
        text = b""
        while b"\r\n\r\n" not in text:
            text += self.more()
        head, _, body = text.partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self.more()
        return json.loads(body[:length])

    def more(self):
        """The next bytes; raises where the connection was closed."""
        text = self.socket.recv(65536)
        if not text:
            raise ConnectionError
        return text

    def asks(self, text):
        """One request and its answer."""
        self.says(text)
        return self.hears()


def test_a_body_that_crosses_the_deadline_counts_from_its_first_byte(ring):
    caller, text = ring(), text_of(body=b"x" * 1000)
    began = caller.says(text[:200])
    deadline = began + 0.5
    time.sleep(0.8)
    caller.says(text[200:])

    told = caller.hears()

    assert told["size"] == 1000
    assert began <= told["received"] <= deadline < told["now"]


def test_a_connection_that_was_opened_before_says_nothing(ring):
    caller = ring()
    time.sleep(0.3)
    sent = time.time()

    told = caller.asks(text_of())

    assert sent <= told["received"] <= told["now"]


def test_a_later_request_of_one_connection_is_stamped_anew(ring):
    caller = ring()
    first = caller.asks(text_of())
    time.sleep(0.2)

    second = caller.asks(text_of())

    assert second["received"] - first["received"] >= 0.2


def test_two_requests_in_one_breath_are_both_answered(ring):
    caller = ring()
    caller.says(text_of(body=b"one") + text_of(body=b"fourth")[:-2])
    first = caller.hears()
    caller.says(b"th")

    assert (first["size"], caller.hears()["size"]) == (3, 6)


def test_a_stamp_from_outside_is_dropped(ring):
    long_ago = str(time.time() - 60)

    told = ring().asks(
        text_of(X_Received_At=long_ago, Fondaco_Arrived=long_ago, X_Fondaco_Arrived=long_ago)
    )

    assert told["now"] - told["received"] < 30


def test_slow_senders_hold_nobody_up(ring):
    slow = [ring() for _ in range(10 * THREADS)]
    for caller in slow:
        caller.says(text_of(body=b"x" * 100)[:-50])

    told = ring().asks(text_of())
    for caller in slow:
        caller.says(b"x" * 50)

    assert told["waited"] < 5
    assert {caller.hears()["size"] for caller in slow} == {100}


@pytest.mark.parametrize("size", [GATHERED, GATHERED + 1])
def test_a_large_body_is_whole_whoever_reads_it(ring, size):
    assert ring().asks(text_of(body=b"x" * size))["size"] == size


def test_a_body_without_a_length_is_read_by_its_thread(ring):
    caller = ring()
    caller.says(text_of(Transfer_Encoding="chunked"))
    caller.says(b"5\r\nabcde\r\n0\r\n\r\n")

    assert caller.hears()["size"] == 5


def test_who_hangs_up_leaves_nothing_behind(ring):
    caller = ring()
    caller.says(text_of()[:20])
    caller.close()

    assert ring().asks(text_of())["size"] == 0


def test_under_load_saves_come_first_and_lists_are_asked_to_come_again(ring):
    many = LONGEST_QUEUE + 30
    lists = [ring() for _ in range(many)]
    for caller in lists:
        caller.says(text_of("/en/calls/", method="GET"))
    time.sleep(0.2)

    told = ring().asks(text_of())
    with ThreadPoolExecutor(many) as threads:
        answers = list(threads.map(Caller.hears, lists))

    turned = sum(one["turned"] for one in answers)
    assert (told["turned"], told["size"]) == (False, 0)
    assert told["waited"] < max(one["waited"] for one in answers if not one["turned"])
    assert 0 < turned <= many - LONGEST_QUEUE


# What has come so far


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True),
        (text_of(body=b"abc")[:-1], False),
        (text_of(body=b"abc"), True),
        (text_of(body=b"abc").replace(b"Content-Length", b"CONTENT-LENGTH")[:-1], False),
        (text_of(Expect="100-continue", body=b"abc")[:-3], True),
        (text_of(body=b"x" * (GATHERED + 1))[:200], True),
        (b"x" * (LONGEST_HEAD + 1), True),
        (b"x" * LONGEST_HEAD, False),
    ],
)
def test_a_thread_begins_when_the_request_is_there(text, is_whole):
    incoming = Incoming()
    for byte in range(0, len(text), 4096):
        incoming.add(text[byte : byte + 4096], at=1.0 + byte)

    assert incoming.is_whole is is_whole
    assert incoming.arrived == (1.0 if text else 0.0)


def test_the_first_line_says_the_rank():
    def rank(text):
        incoming = Incoming()
        incoming.add(text, at=1.0)
        return incoming.rank

    assert [rank(text_of()), rank(text_of("/en/calls/", method="GET")), rank(b"\x16\x03\x01")] == [
        Rank.FIRST,
        Rank.LAST,
        Rank.NEXT,
    ]


@pytest.mark.parametrize(
    ("data", "quiet", "age", "is_alive", "is_over"),
    [
        (b"", 0, 0, True, False),
        (b"", 0, 0, False, True),
        (b"G", 0, 0, False, False),
        (b"G", 1, 0, True, True),
        (b"G", 0, arrivals.LONGEST + 1, True, True),
    ],
)
def test_nobody_keeps_the_door_open_for_ever(data, quiet, age, is_alive, is_over):
    incoming = Incoming(bytearray(data), arrived=time.time() - age)
    conn = SimpleNamespace(incoming=incoming, timeout=100.0 - quiet)

    found = arrivals.Worker._is_over(SimpleNamespace(alive=is_alive), conn, 99.5)

    assert found is is_over


def test_a_part_of_an_upload_counts_as_far_as_it_came(port):
    part = text_of("/uploads/abc/", method="PATCH", body=b"x" * 1000)

    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(part[:-400])
        line.shutdown(socket.SHUT_WR)
        said = line.makefile("rb").read()

    assert json.loads(said.rpartition(b"\r\n\r\n")[2])["size"] == 600


def test_only_a_part_of_an_upload_counts_when_it_is_cut():
    whole = text_of("/uploads/abc/", method="PATCH", body=b"xy")
    saved = text_of("/keep/bc-a2b3c4/project/", body=b"xy")
    answers = []
    for text in (whole[:-1], saved[:-1], whole[:20]):
        incoming = Incoming()
        incoming.add(text, at=1.0)
        answers.append(incoming.counts_in_part)

    assert answers == [True, False, False]
