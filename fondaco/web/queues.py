"""Threads that do the most urgent work first, and among equals the one that waited longest."""

import heapq
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any


@dataclass(order=True, slots=True)
class _Waiting:
    """Work that waits: its rank (the lowest first) and its place among equals."""

    rank: int
    place: int
    future: "Future[Any]" = field(compare=False)
    work: Callable[[], Any] = field(compare=False)


class Pool:
    """A fixed number of threads before a queue that is ordered by rank.

    `most` bounds how many threads the last rank may take at once, so that some are left for
    whoever comes with something more urgent.
    """

    def __init__(self, threads: int, *, most: Mapping[int, int] | None = None) -> None:
        self._queue: list[_Waiting] = []
        self._waiting, self._running = Counter[int](), Counter[int]()
        self._most = dict(most or {})
        self._places = itertools.count()
        self._news = threading.Condition()
        self._is_open = True
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[], Any], *, rank: int) -> "Future[Any]":
        """Let a thread do the work when it is its turn."""
        future: Future[Any] = Future()
        with self._news:
            if not self._is_open:
                raise RuntimeError("the pool is closed")
            heapq.heappush(self._queue, _Waiting(rank, next(self._places), future, work))
            self._waiting[rank] += 1
            self._news.notify()
        return future

    def waiting(self, rank: int) -> int:
        """How much work of a rank waits for a thread."""
        return self._waiting[rank]

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002 - as executors have it
        """Take nothing more; what waits is still done."""
        with self._news:
            self._is_open = False
            self._news.notify_all()
        if wait:
            for thread in self._threads:
                thread.join()

    def _has_turn(self) -> bool:
        """Whether the first in the queue may begin: only the last rank is ever held back."""
        first = self._queue[0].rank
        return self._running[first] < self._most.get(first, len(self._threads))

    def _next(self) -> _Waiting | None:
        with self._news:
            while not (self._queue and self._has_turn()):
                if not self._queue and not self._is_open:
                    return None
                self._news.wait()
            one = heapq.heappop(self._queue)
            self._waiting[one.rank] -= 1
            self._running[one.rank] += 1
            return one

    def _done(self, one: _Waiting) -> None:
        with self._news:
            self._running[one.rank] -= 1
            self._news.notify_all()

    def _work(self) -> None:
        while (one := self._next()) is not None:
            try:
                one.future.set_result(one.work())
            except BaseException as failure:
                one.future.set_exception(failure)
            finally:
                self._done(one)
