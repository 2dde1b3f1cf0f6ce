"""The web server's worker: stamps a request with its first byte, gathers it, queues it by rank.

Nothing but the main thread waits for a slow sender: a request goes to a thread when it is there
whole. What is larger than `GATHERED`, or says no length, a thread reads itself.
"""

import gc
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from fondaco.web.moments import ARRIVED, TURNED, WAITED
from fondaco.web.queues import Pool
from fondaco.web.ranks import Rank, rank_of

GATHERED = 768 * 1024
HELD = 192 * 1024 * 1024
"""The most bytes of unfinished requests that one process holds; beyond it threads read."""
HEAD_END = b"\r\n\r\n"
LONGEST_HEAD = 64 * 1024
CHUNK = 64 * 1024
QUIET_BEFORE, QUIET_WITHIN = 10.0, 60.0
"""Seconds without a byte after which a connection is closed: before a request, within one."""
LONGEST = 600.0
"""Seconds after its first byte in which a request must be there whole."""
LONGEST_QUEUE = 48
"""Requests of the last rank that wait in one process; further ones get the waiting page."""
KEPT_FREE = 2
SWEPT_AFTER = (50_000, 20, 100)
"""Objects made before the memory is searched for circles of them: a page makes thousands, few of
them in circles, so that Python's own measure, 700, has each request searched several times."""
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_COUNTS_IN_PART = re.compile(rb"PATCH /uploads/")
_UNGATHERED = re.compile(rb"\r\n(transfer-encoding|expect|upgrade):", re.IGNORECASE)
_now = threading.local()
Application = Callable[..., Iterable[bytes]]


@dataclass(slots=True)
class Incoming:
    """A request as far as it has come."""

    data: bytearray = field(default_factory=bytearray)
    arrived: float = 0.0
    needs: int | None = None
    is_turned: bool = False

    def add(self, chunk: bytes, *, at: float) -> None:
        """More of it; the first byte says when it arrived."""
        if not self.data:
            self.arrived = at
        self.data += chunk
        if self.needs is None:
            self.needs = self._needed()

    @property
    def is_whole(self) -> bool:
        """Whether a thread can begin."""
        return self.needs is not None and len(self.data) >= self.needs

    @property
    def counts_in_part(self) -> bool:
        """Whether what has come is kept though the rest never comes: a part of an upload."""
        return self.needs is not None and bool(_COUNTS_IN_PART.match(self.data))

    def _needed(self) -> int | None:
        """How many bytes the request has; none more than there are where a thread reads them."""
        end = self.data.find(HEAD_END)
        if end < 0:
            return len(self.data) if len(self.data) > LONGEST_HEAD else None
        head, begins = bytes(self.data[: end + 2]), end + len(HEAD_END)
        found = _LENGTH.search(head)
        length = int(found[1]) if found else 0
        return begins if _UNGATHERED.search(head) or length > GATHERED else begins + length

    @property
    def rank(self) -> Rank:
        """How urgent it is."""
        words = bytes(self.data[:2048]).split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        return rank_of(words[0], words[1]) if len(words) > 1 else Rank.NEXT


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker of threads, with a door that nobody can block."""

    def init_process(self) -> None:
        """Begin with nobody at the door."""
        self.gathering: dict[int, Any] = {}
        self.held, self.swept_at = 0, 0.0
        super().init_process()

    def get_thread_pool(self) -> Pool:
        """Threads that serve by rank."""
        threads = self.cfg.threads
        return Pool(threads, most={Rank.LAST: max(1, threads - KEPT_FREE)})

    def load_wsgi(self) -> None:
        """Tell the application when each request arrived; what it is made of stays in memory."""
        super().load_wsgi()
        application: Application = self.wsgi
        self.wsgi: Application = stamped(application)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*SWEPT_AFTER)

    def accept(self, listener: Any) -> None:
        """Let a connection in; no thread waits for its first byte."""
        try:
            client, address = listener.accept()
        except OSError:
            return
        conn = TConn(self.cfg, client, address, listener.getsockname())
        self.nr_conns += 1
        self._gather_from(conn)

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """The next request of a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather_from(conn)
        self._gather(conn, client)

    def _gather_from(self, conn: Any, begun: bytes = b"") -> None:
        conn.incoming = Incoming()
        conn.timeout = time.monotonic() + QUIET_BEFORE
        conn.sock.settimeout(0.0)
        self.gathering[id(conn)] = conn
        self.poller.register(conn.sock, 1, partial(self._gather, conn))
        if begun:
            self._take(conn, begun)

    def _gather(self, conn: Any, client: Any) -> None:
        try:
            chunk = client.recv(CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            chunk = b""
        if chunk:
            self._take(conn, chunk)
        else:
            self._turn_out(conn)

    def _take(self, conn: Any, chunk: bytes) -> None:
        conn.incoming.add(chunk, at=time.time())
        conn.timeout = time.monotonic() + QUIET_WITHIN
        self.held += len(chunk)
        if conn.incoming.is_whole or self.held > HELD:
            self._let_go(conn)
            self.enqueue_req(conn)

    def _let_go(self, conn: Any) -> None:
        self.held -= len(conn.incoming.data)
        self.gathering.pop(id(conn), None)
        self.poller.unregister(conn.sock)

    def _turn_out(self, conn: Any) -> None:
        self._let_go(conn)
        if conn.incoming.counts_in_part:
            with suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RD)
            self.enqueue_req(conn)
            return
        self.nr_conns -= 1
        conn.close()

    def enqueue_req(self, conn: Any) -> None:
        """Queue a request that is there; what followed it on its connection is gathered first."""
        incoming: Incoming | None = getattr(conn, "incoming", None)
        if incoming is None:
            self._gather_from(conn, conn.parser.unreader.take_buffered())
            return
        rank = incoming.rank
        if rank is Rank.LAST and self.tpool.waiting(Rank.LAST) >= LONGEST_QUEUE:
            incoming.is_turned, rank = True, Rank.FIRST
        conn.queued_at = time.monotonic()
        future = self.tpool.submit(partial(self.handle, conn), rank=rank)
        future.add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, conn, done)
        )

    def handle(self, conn: Any) -> Any:
        """Serve a request in a thread."""
        incoming, conn.incoming = conn.incoming, None
        _now.arrived, _now.is_turned = incoming.arrived, incoming.is_turned
        _now.waited = time.monotonic() - conn.queued_at
        conn.sock.settimeout(None)
        conn.init()
        conn.parser.unreader.unread(bytes(incoming.data))
        return super().handle(conn)

    def murder_pending(self) -> None:
        """Close connections that have been quiet for too long, looking once a second."""
        super().murder_pending()
        now = time.monotonic()
        if now < self.swept_at + 1 and self.alive:
            return
        self.swept_at = now
        for conn in list(self.gathering.values()):
            if self._is_over(conn, now):
                self._turn_out(conn)

    def _is_over(self, conn: Any, now: float) -> bool:
        """Whether a sender has been quiet, or has taken, for too long; or only keeps us open."""
        has_begun = bool(conn.incoming.data)
        too_long = has_begun and conn.incoming.arrived + LONGEST < time.time()
        return conn.timeout < now or too_long or not (self.alive or has_begun)


def stamped(application: Application) -> Application:
    """The application, told when the first byte of each request came and how long it queued."""

    def respond(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[ARRIVED] = getattr(_now, "arrived", None)
        environ[WAITED] = getattr(_now, "waited", 0.0)
        environ[TURNED] = getattr(_now, "is_turned", False)
        return application(environ, start_response)

    return respond
