"""Two parts of one file that arrive at the same moment: one is written, the other is told so."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fondaco.documents import gateways
from fondaco.documents.gateways import Arrival, End
from tests.threads import PATIENCE


def two_parts_at_one_byte() -> tuple[Arrival, Arrival, bytes]:
    """A second part that comes while the first, of which nothing has arrived, is being read."""
    begun, go_on = threading.Event(), threading.Event()
    code = "a" * 32

    def slow() -> Any:
        begun.set()
        assert go_on.wait(PATIENCE)
        yield b"first"

    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(gateways.append, code, slow(), offset=0, length=5)
        assert begun.wait(PATIENCE)
        second = gateways.append(code, iter([b"other"]), offset=0, length=5)
        go_on.set()
        told = first.result(PATIENCE)
    with gateways.whole(code) as content:
        kept = content.read()
    gateways.remove(code)
    return told, second, kept


def test_of_two_parts_at_one_byte_one_is_written():
    first, second, kept = two_parts_at_one_byte()

    assert (first.end, second.end, kept) == (End.WHOLE, End.LOCKED, b"first")


def test_without_the_lock_both_are_told_that_theirs_was_kept(monkeypatch):
    monkeypatch.setattr(gateways.fcntl, "flock", lambda _descriptor, _how: None)

    first, second, kept = two_parts_at_one_byte()

    assert (first.end, second.end, kept) == (End.WHOLE, End.WHOLE, b"first")
