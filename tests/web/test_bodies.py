"""Bodies that come slowly, or not at all."""

import socket
import time
from types import SimpleNamespace

import pytest
from django.db import connection

from fondaco.web import bodies


class Line:
    """A request whose body is a list of pieces, or of faults."""

    def __init__(self, *given, line=None):
        self.given, self.META = list(given), {"gunicorn.socket": line}

    def read(self, size):
        piece = self.given.pop(0) if self.given else b""
        if isinstance(piece, Exception):
            raise piece
        return piece[:size]


@pytest.mark.parametrize(
    ("given", "length", "read"),
    [
        ((b"abc", b"def"), 6, [b"abc", b"def"]),
        ((b"abc", b"def"), 4, [b"abc", b"d"]),
        ((b"abc",), 9, [b"abc"]),
        ((b"abc", OSError("reset"), b"de"), 9, [b"abc", b"de"]),
        ((b"abc", OSError("reset"), OSError("reset"), b"late"), 9, [b"abc"]),
        ((), 0, []),
    ],
)
def test_a_body_is_read_to_its_end_or_its_cut(given, length, read):
    assert list(bodies.pieces(Line(*given), length)) == read


def test_who_sends_too_slowly_is_stopped_and_what_came_is_kept(monkeypatch):
    monkeypatch.setattr(bodies, "SECONDS", 0.3)
    ours, theirs = socket.socketpair()
    request = SimpleNamespace(META={"gunicorn.socket": ours}, read=ours.recv)
    began = time.monotonic()

    with ours, theirs:
        theirs.sendall(b"abc")
        read = list(bodies.pieces(request, 1000))

    assert read == [b"abc"]
    assert time.monotonic() - began < 5


def test_a_line_that_is_gone_is_not_stopped_twice():
    ours, theirs = socket.socketpair()
    ours.close()
    theirs.close()

    bodies.stop_reading(Line(line=ours))
    bodies.stop_reading(Line())


def test_seats_are_given_back(monkeypatch):
    monkeypatch.setattr(bodies, "_SEATS", bodies.BoundedSemaphore(1))
    monkeypatch.setattr(bodies, "PATIENCE", 0.01)

    with bodies.seat() as first, bodies.seat() as second:
        assert (first, second) == (True, False)
    with bodies.seat() as third:
        assert third


def test_the_database_is_given_back_before_a_wait(monkeypatch):
    closed = []
    stand_in = SimpleNamespace(
        vendor="postgresql", in_atomic_block=False, close=lambda: closed.append("closed")
    )
    monkeypatch.setattr(bodies, "connection", stand_in)

    bodies.release_database()
    stand_in.in_atomic_block = True
    bodies.release_database()

    assert closed == ["closed"]
    assert connection is not stand_in
