"""Amounts are whole cents of one currency."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.kernel.money import CurrencyMismatch, Money, cents_of

cents = st.integers(min_value=0, max_value=10**14)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        pytest.param(3000, 300000, id="whole units"),
        pytest.param("12.34", 1234, id="text"),
        pytest.param(Decimal("0.005"), 1, id="half a cent goes up"),
        pytest.param(Decimal("0.015"), 2, id="half a cent goes up from an odd cent"),
        pytest.param(Decimal("0.025"), 3, id="half a cent goes up from an even cent"),
        pytest.param(Decimal("0.0049"), 0, id="less than half a cent is nothing"),
    ],
)
def test_cents_of_units(units, expected):
    assert cents_of(units) == expected


@given(cents)
def test_units_and_cents_are_the_same_amount(given_cents):
    assert cents_of(Money(given_cents).units) == given_cents


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_cents_are_never_half_a_cent_away(units):
    assert abs(Decimal(cents_of(units)) - units * 100) <= Decimal("0.5")
    assert cents_of(units) == (units * 100).to_integral_value(ROUND_HALF_UP)


@given(cents, cents)
def test_adding_loses_no_cent(first, second):
    assert Money(first) + Money(second) == Money(first + second)
    assert Money(first) + Money(second) == Money(second) + Money(first)


def test_units_have_two_decimals():
    assert str(Money(5).units) == "0.05"


def test_two_currencies_never_make_a_sum():
    with pytest.raises(CurrencyMismatch, match="EUR and TND"):
        Money(1) + Money(1, "TND")


def test_the_currency_stays_with_the_sum():
    assert Money(1, "TND") + Money(2, "TND") == Money(3, "TND")
