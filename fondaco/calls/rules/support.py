"""What a call pays: the sum that one application comes to, from what it asks for and the terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from fondaco.calls.states import Support
from fondaco.kernel.money import cents_of
from fondaco.questionnaires.rules.rows import figure_in
from fondaco.questionnaires.rules.schema import WITH_OPTIONS, Form, Kind

AMOUNT = "amount"
WHOLE = Decimal(100)
Answers = Mapping[str, object]
COUNTED = frozenset({Support.CEILING, Support.SHARE})
"""The forms in which the applicant says a sum."""
ALIKE = frozenset({Support.NONE, Support.FIXED, Support.PACK})
"""The forms in which every award is the same."""


@dataclass(frozen=True, slots=True)
class LumpSum:
    """One row of a dated table: a sum by scheme and country; months as text, empty where open."""

    scheme: str
    country: str
    cents: int
    valid_from: str = ""
    valid_until: str = ""


@dataclass(frozen=True, slots=True)
class SupportTerms:
    """What the call says about the sum of one award; `prices` are its services or parts."""

    form: Support
    amount_cents: int | None = None
    percent: Decimal | None = None
    least_cents: int | None = None
    prices: Mapping[str, int] | None = None
    most_items: int | None = None
    asks: str = ""


def lump_sum(
    rows: Iterable[LumpSum], *, scheme: str, country: str | None, on: date
) -> LumpSum | None:
    """The row of a country that holds on a day: of several, the one that began last."""
    month = f"{on:%Y-%m}"
    holds = [
        row
        for row in rows
        if row.scheme == scheme
        and row.country == country
        and row.valid_from <= month
        and (not row.valid_until or month <= row.valid_until)
    ]
    return max(holds, key=lambda row: row.valid_from, default=None)


def asked_cents(terms: SupportTerms, form: Form, values: Answers) -> int | None:
    """The sum asked for, the costs, or the price of what was chosen; None where nothing says it."""
    if terms.form == Support.MENU:
        prices = terms.prices or {}
        found = chosen_items(form, values, prices)
        return sum(prices[code] for code in found) if found else None
    return _sum_said(terms.asks, form, values) if terms.form in COUNTED else None


def chosen_items(form: Form, values: Answers, prices: Mapping[str, int]) -> frozenset[str]:
    """The services of the menu that were chosen, in whatever question offers them."""
    chosen: set[str] = set()
    for question in form.questions:
        if question.kind in WITH_OPTIONS and set(question.option_codes) & set(prices):
            chosen |= _chosen(values.get(question.code))
    return frozenset(chosen & set(prices))


def _chosen(said: object) -> set[str]:
    if isinstance(said, str):
        return {said}
    return {str(one) for one in said} if isinstance(said, list | tuple) else set()


def _sum_said(named: str, form: Form, values: Answers) -> int | None:
    """The answer the call names, else the one called `amount`, else the only sum of money.

    Nobody asks for less than nothing: such an answer says no amount.
    """
    sums = [question.code for question in form.questions if question.kind == Kind.MONEY]
    alone = sums[0] if len(sums) == 1 else ""
    code = named or (AMOUNT if AMOUNT in sums else alone)
    said, asked = values.get(code), form.question(code)
    if isinstance(said, Mapping) and asked is not None and asked.columns:
        said = str(figure_in(asked, said) or "") or None
    is_amount = isinstance(said, str) and Decimal(said) >= 0
    return cents_of(Decimal(str(said))) if is_amount else None


def share_of(costs: int, percent: Decimal) -> int:
    """So many per cent of the costs, in cents; part of a cent is not paid."""
    return int((costs * percent / 100).quantize(Decimal(1), ROUND_DOWN))


def amount_of(terms: SupportTerms, asked: int | None) -> int | None:
    """What an award comes to: fixed, by country, by price, or as asked up to the ceiling."""
    if terms.form in ALIKE:
        return _alike(terms)
    if terms.form == Support.CEILING:
        return _capped(asked, terms.amount_cents)
    if asked is None or terms.form == Support.MENU:
        return asked
    owed = asked if terms.form == Support.LUMP_SUM else share_of(asked, terms.percent or WHOLE)
    return _capped(owed, terms.amount_cents)


def _alike(terms: SupportTerms) -> int | None:
    """What everybody gets alike."""
    if terms.form == Support.NONE:
        return 0
    is_counted = terms.form == Support.PACK and terms.prices
    return sum((terms.prices or {}).values()) if is_counted else terms.amount_cents


def _capped(asked: int | None, ceiling: int | None) -> int | None:
    known = [cents for cents in (asked, ceiling) if cents is not None]
    return min(known) if known else None


def is_too_small(terms: SupportTerms, cents: int | None) -> bool:
    """Whether a sum is below the least that the call pays."""
    return cents is not None and terms.least_cents is not None and cents < terms.least_cents


def has_too_many(terms: SupportTerms, form: Form, values: Answers) -> bool:
    """Whether more services are chosen than one applicant may have."""
    if terms.form != Support.MENU or terms.most_items is None:
        return False
    return len(chosen_items(form, values, terms.prices or {})) > terms.most_items
