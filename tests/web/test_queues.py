"""Threads that do the most urgent work first."""

import threading
import time

import pytest

from fondaco.web.queues import Pool
from fondaco.web.ranks import Rank, rank_of


def test_the_most_urgent_goes_first_and_equals_in_their_order():
    pool, gate, done = Pool(1), threading.Event(), []
    first = pool.submit(gate.wait, rank=0)
    while pool.waiting(0):
        time.sleep(0.001)
    others = [
        pool.submit(lambda name=name: done.append(name), rank=rank)
        for rank, name in [(2, "list"), (1, "draft"), (0, "save"), (0, "submit")]
    ]
    waited = [pool.waiting(rank) for rank in (0, 1, 2)]

    gate.set()
    for future in [first, *others]:
        future.result(5)

    assert (waited, done) == ([2, 1, 1], ["save", "submit", "draft", "list"])


def test_the_last_rank_leaves_threads_to_the_others():
    pool, gate = Pool(2, most={2: 1}), threading.Event()
    slow = [pool.submit(gate.wait, rank=2) for _ in range(2)]

    assert pool.submit(lambda: "saved", rank=0).result(5) == "saved"
    assert pool.waiting(2) == 1
    gate.set()
    assert [future.result(5) for future in slow] == [True, True]


def test_a_failure_is_its_owners_and_the_thread_lives_on():
    pool = Pool(1)

    def fail():
        raise ValueError("no luck")

    with pytest.raises(ValueError, match="no luck"):
        pool.submit(fail, rank=0).result(5)
    assert pool.submit(lambda: 1, rank=0).result(5) == 1


def test_a_pool_that_closes_does_what_waits_and_takes_nothing_more():
    pool, gate = Pool(1), threading.Event()
    waiting = [pool.submit(gate.wait, rank=0), pool.submit(lambda: "last", rank=2)]

    pool.shutdown(wait=False)
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(lambda: 1, rank=0)
    gate.set()
    pool.shutdown()

    assert waiting[1].result(0) == "last"


@pytest.mark.parametrize(
    ("method", "path", "rank"),
    [
        ("POST", "/keep/bc-a2b3c4/project/", Rank.FIRST),
        ("PATCH", "/uploads/x/", Rank.FIRST),
        ("GET", "/received/bc-a2b3c4/x/", Rank.FIRST),
        ("POST", "/fr/calls/bold/applications/bc-a2b3c4/submit/", Rank.FIRST),
        ("GET", "/fr/calls/bold/applications/bc-a2b3c4/receipt/1/", Rank.FIRST),
        ("GET", "/fr/calls/bold/applications/bc-a2b3c4/form/project/", Rank.NEXT),
        ("GET", "/fr/calls/bold/applications/office/", Rank.LAST),
        ("GET", "/en/account/login/", Rank.NEXT),
        ("POST", "/en/organisations/", Rank.NEXT),
        ("GET", "/static/web/css/parts.css", Rank.NEXT),
        ("GET", "/en/calls/", Rank.LAST),
        ("GET", "/", Rank.LAST),
    ],
)
def test_what_must_not_be_lost_comes_before_what_waits_well(method, path, rank):
    assert rank_of(method, path) is rank
