"""What a frozen submission says: its answers, and how much money it asks for."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fondaco.calls.states import Support
from fondaco.kernel.money import cents_of
from fondaco.questionnaires.rules.answers import Value
from fondaco.questionnaires.rules.schema import WITH_OPTIONS, Form, Kind

AMOUNT = "amount"


def answers_in(content: Mapping[str, Any]) -> dict[str, Value]:
    """The frozen answers by question: what was typed, as it was understood."""
    return dict(content.get("answers", {}))


def files_in(content: Mapping[str, Any]) -> frozenset[str]:
    """The codes of the files that a frozen version names."""
    return frozenset(file["code"] for file in content.get("files", {}).values())


def _chosen(said: Value) -> set[str]:
    if isinstance(said, str):
        return {said}
    return set(said) if isinstance(said, list) else set()


def _amount_asked(form: Form, values: Mapping[str, Value]) -> int | None:
    """The answer to the question named `amount`, else to the only one that asks for money.

    Nobody asks for less than nothing: such an answer says no amount.
    """
    asked = [question.code for question in form.questions if question.kind == Kind.MONEY]
    code = AMOUNT if AMOUNT in asked else asked[0] if len(asked) == 1 else ""
    said = values.get(code)
    is_amount = isinstance(said, str) and Decimal(said) >= 0
    return cents_of(Decimal(str(said))) if is_amount else None


def _price_of_items(
    form: Form, values: Mapping[str, Value], prices: Mapping[str, int]
) -> int | None:
    """The price of all items chosen, in whatever question offers them."""
    chosen: set[str] = set()
    for question in form.questions:
        if question.kind in WITH_OPTIONS and set(question.option_codes) & set(prices):
            chosen |= _chosen(values.get(question.code))
    priced = chosen & set(prices)
    return sum(prices[code] for code in priced) if priced else None


def asked_cents(
    support: Support, form: Form, values: Mapping[str, Value], prices: Mapping[str, int]
) -> int | None:
    """The amount asked for, in cents; None where the form does not ask or nothing was said."""
    if support == Support.MENU:
        return _price_of_items(form, values, prices)
    return _amount_asked(form, values) if support == Support.CEILING else None
