"""Numbers, dates and addresses as people on both shores type them."""

from datetime import date
from decimal import Decimal

import pytest

from fondaco.questionnaires.rules.reading import (
    Unreadable,
    day_in,
    email_in,
    money_in,
    number_in,
    web_in,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12", Decimal(12)),
        ("12.5", Decimal("12.5")),
        ("12,5", Decimal("12.5")),
        ("-3", Decimal(-3)),
        ("−3", Decimal(-3)),
        ("0.125", Decimal("0.125")),
        ("1 000 000", Decimal(1_000_000)),
        ("1\u202f000", Decimal(1000)),
        ("1'000", Decimal(1000)),
        ("1.234.567", Decimal(1_234_567)),
        ("1.234,5", Decimal("1234.5")),
        ("1,234.5", Decimal("1234.5")),
        ("١٢٫٥", Decimal("12.5")),
        ("١٬٠٠٠", Decimal(1000)),
        ("۱۲", Decimal(12)),
        ("3,000", Unreadable.NUMBER_DOUBTFUL),
        ("3.000", Unreadable.NUMBER_DOUBTFUL),
        ("twelve", Unreadable.NOT_A_NUMBER),
        ("1,23,4", Unreadable.NOT_A_NUMBER),
        ("1.234.56", Unreadable.NOT_A_NUMBER),
        ("1,234,56", Unreadable.NOT_A_NUMBER),
        ("12.345.6", Unreadable.NOT_A_NUMBER),
        ("NaN", Unreadable.NOT_A_NUMBER),
        ("1e9", Unreadable.NOT_A_NUMBER),
        ("9" * 40, Unreadable.NOT_A_NUMBER),
        ("1.000.000.000.000.000.000", Unreadable.NOT_A_NUMBER),
    ],
)
def test_a_number_is_read_or_said_not_to_be_one(typed, meant):
    assert number_in(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3,000", Decimal(3000)),
        ("3.000", Decimal(3000)),
        ("3 000,50 €", Decimal("3000.50")),
        ("1.234,56", Decimal("1234.56")),
        ("12,345.678", Unreadable.NOT_CENTS),
        ("1.234.56", Unreadable.NOT_A_NUMBER),
        ("1.234.567,8", Decimal("1234567.80")),
        ("much", Unreadable.NOT_A_NUMBER),
    ],
)
def test_an_amount_has_at_most_two_decimals(typed, meant):
    assert money_in(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-02-28", date(2027, 2, 28)),
        ("28/2/2027", date(2027, 2, 28)),
        ("28.02.2027", date(2027, 2, 28)),
        ("٢٨/٠٢/٢٠٢٧", date(2027, 2, 28)),
        ("2028-02-29", date(2028, 2, 29)),
        ("2027-02-29", Unreadable.NO_SUCH_DAY),
        ("31/02/2027", Unreadable.NO_SUCH_DAY),
        ("0000-01-01", Unreadable.NO_SUCH_DAY),
        ("28/2/27", Unreadable.NOT_A_DATE),
        ("tomorrow", Unreadable.NOT_A_DATE),
    ],
)
def test_a_date_is_a_day_of_the_calendar(typed, meant):
    assert day_in(typed) == meant


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("a@example.org", True),
        ("a.b+c@sub.example.org", True),
        ("a@example", False),
        ("a b@example.org", False),
        ("<a@example.org>", False),
        ("a@b@example.org", False),
    ],
)
def test_an_email_address_has_its_form(typed, is_one):
    assert email_in(typed) == (typed if is_one else Unreadable.NOT_AN_EMAIL)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("example.org", "https://example.org"),
        ("http://example.org/a?b#c", "http://example.org/a?b#c"),
        ("https://مثال.تونس", "https://مثال.تونس"),
        ("javascript:alert(1)", Unreadable.NOT_A_WEB_ADDRESS),
        ("https://localhost", Unreadable.NOT_A_WEB_ADDRESS),
        ("ftp://example.org", Unreadable.NOT_A_WEB_ADDRESS),
        ("https://example.org/" + "a" * 2000, Unreadable.NOT_A_WEB_ADDRESS),
    ],
)
def test_a_web_address_is_http_with_a_host(typed, meant):
    assert web_in(typed) == meant
