"""How often one address may ask."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory, override_settings

from fondaco.web.pace import may_ask

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def asked(address="192.0.2.1", *, what="things", at=NOW, **headers):
    """One more request from there."""
    request = RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)
    return may_ask(request, what, most=2, seconds=60, at=at)


def test_one_address_asks_no_more_than_it_may():
    assert [asked(), asked(), asked()] == [True, True, False]
    assert asked("192.0.2.2")
    assert asked(what="others")


def test_in_the_next_interval_it_may_ask_again():
    assert [asked(), asked(), asked()] == [True, True, False]

    assert asked(at=NOW + timedelta(seconds=60))


def test_a_household_of_ipv6_is_one_address():
    found = [asked("2001:db8::1"), asked("2001:db8:0:0:ffff::2"), asked("2001:db8::3")]

    assert found == [True, True, False]
    assert asked("2001:db8:0:1::1")


def test_our_own_proxy_says_who_asks_and_nobody_else():
    told = {"X-Forwarded-For": "198.51.100.9, 203.0.113.5"}
    with override_settings(IS_BEHIND_PROXY=True):
        found = [asked(**told), asked(**told), asked(**told)]
        without = asked()
        unreadable = [asked(**{"X-Forwarded-For": "unknown"}) for _ in range(3)]

    assert found == [True, True, False]
    assert without
    assert unreadable == [True, True, False]
    assert [asked(**{"X-Forwarded-For": f"203.0.113.{one}"}) for one in range(2)] == [True, False]
