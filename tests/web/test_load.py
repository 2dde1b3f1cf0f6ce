"""How busy a process is, and how long pages pause for it."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from fondaco.web import load
from fondaco.web.middleware import received_at


@pytest.mark.parametrize(
    ("seconds", "paused"), [(0, 0), (0.25, 0), (0.3, 1), (1.375, 15), (2.5, 30), (60, 30)]
)
def test_the_longer_a_request_takes_the_longer_pages_pause(seconds, paused):
    assert load.pause(seconds) == paused


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_pause_never_shrinks_with_the_load_and_never_passes_thirty_seconds(one, other):
    less, more = sorted([one, other])

    assert 0 <= load.pause(less) <= load.pause(more) <= 30


def test_many_slow_requests_count_and_a_single_one_hardly():
    busy = load.Load()

    busy.add(3.0, at=100.0)

    assert load.pause(busy.at(100.0)) == 1
    for second in range(40):
        busy.add(3.0, at=100.0 + second / 10)
    assert load.pause(busy.at(104.0)) > 20


def test_quiet_time_heals():
    busy = load.Load(seconds=2.0, measured_at=100.0)

    assert busy.at(100.0) == 2.0
    assert busy.at(110.0) == 1.0
    assert load.pause(busy.at(150.0)) == 0


def test_requests_are_measured_but_not_what_brings_a_long_body(monkeypatch):
    measured = []
    monkeypatch.setattr(load, "add", lambda seconds, at: measured.append(seconds))
    answer = received_at(lambda request: request)

    answer(RequestFactory().post("/", {"a": "b"}))
    answer(RequestFactory().post("/", {"a": "b" * 70_000}))

    assert len(measured) == 1
