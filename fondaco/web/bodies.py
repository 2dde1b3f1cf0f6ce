"""Bodies of requests that may come slowly: read in pieces, in bounded time, without a database."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Timer

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

PIECE = 64 * 1024
SECONDS = 20.0
"""How long one body may take; what came until then is kept by whoever reads."""
PATIENCE = 2.0
"""How long somebody waits for a place among those that are read at the same time."""
_SEATS = BoundedSemaphore(settings.UPLOADS_AT_ONCE)


@contextmanager
def seat() -> Iterator[bool]:
    """A place among the bodies that are read at the same time; False where none gets free soon."""
    is_free = _SEATS.acquire(timeout=PATIENCE)
    try:
        yield is_free
    finally:
        if is_free:
            _SEATS.release()


def release_database() -> None:
    """Give the connection back to the pool before a wait; the next question takes a new one."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        connection.close()


def stop_reading(request: HttpRequest) -> None:
    """Take no more of the body: whoever waits for it gets what has come, and then its end."""
    line = request.META.get("gunicorn.socket")
    if isinstance(line, socket.socket):
        with suppress(OSError):
            line.shutdown(socket.SHUT_RD)


def pieces(request: HttpRequest, length: int) -> Iterator[bytes]:
    """The body in pieces, until it ends, is cut, or has taken its time; never raises."""
    watch = Timer(SECONDS, stop_reading, [request])
    watch.daemon = True
    watch.start()
    try:
        left = length
        while left and (piece := _piece(request, min(PIECE, left))):
            left -= len(piece)
            yield piece
    finally:
        watch.cancel()


def _piece(request: HttpRequest, size: int) -> bytes:
    """The next piece; after a line was reset, the second attempt gives what had come before."""
    for _attempt in range(2):
        with suppress(OSError):
            return request.read(size)
    return b""
