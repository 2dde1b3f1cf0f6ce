"""When a question is asked at all: conditions over earlier answers and facts, as data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

FACT_SIGN = "."
"""What tells the name of a fact from the code of a question: `organisation.country`."""
FACTS = frozenset(
    {
        "organisation.country",
        "organisation.kind",
        "organisation.size",
        "organisation.ecosystems",
        "organisation.nace",
    }
)
"""What a condition may ask of who applies: what stands in the directory when the form is opened."""


class Test(StrEnum):
    """How an answer is compared with what a condition names."""

    IS = "is"
    IN = "in"
    ANY_OF = "any-of"
    ANSWERED = "answered"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class Match(StrEnum):
    """Whether all conditions must hold or one is enough."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of an earlier answer, or of a fact, with a value."""

    of: str
    test: Test
    value: tuple[str, ...] = ()

    @property
    def is_about_fact(self) -> bool:
        """Whether it asks for a fact and not for an answer."""
        return FACT_SIGN in self.of


@dataclass(frozen=True, slots=True)
class ShownWhen:
    """The conditions of a question or a section, and how many of them must hold."""

    conditions: tuple[Condition, ...]
    match: Match = Match.ALL


def shown_when(data: Mapping[str, Any] | None) -> ShownWhen | None:
    """The conditions that the data of a question or section names; None where it has none."""
    if not data:
        return None
    conditions = tuple(
        Condition(str(one["of"]), Test(one["test"]), texts_of(one.get("value", ())))
        for one in data.get("condition", ())
    )
    return ShownWhen(conditions, Match(data.get("match", Match.ALL)))


def texts_of(value: object) -> tuple[str, ...]:
    """One value or several, as conditions compare them."""
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(text_of(one) for one in listed)


def text_of(value: object) -> str:
    """A value as conditions compare it: yes and no in words, a number without needless noughts."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value)


def holds(condition: Condition, value: object) -> bool:
    """Whether a condition holds for a value; where nothing was answered none holds."""
    if value is None or value in ("", [], ()):
        return False
    return _TESTS[condition.test](_told(value), condition.value)


def _told(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(text_of(one) for one in value)
    return (text_of(value),)


def _compared(told: Sequence[str], wanted: Sequence[str]) -> int | None:
    """How a figure or a day stands to another; None where the two cannot be compared."""
    if len(told) != 1 or len(wanted) != 1:
        return None
    try:
        one, other = Decimal(told[0]), Decimal(wanted[0])
    except InvalidOperation:
        return (told[0] > wanted[0]) - (told[0] < wanted[0])
    return (one > other) - (one < other)


def _is_in_order(told: Sequence[str], wanted: Sequence[str], orders: set[int]) -> bool:
    order = _compared(told, wanted)
    return order is not None and order in orders


_TESTS: Mapping[Test, Callable[[tuple[str, ...], tuple[str, ...]], bool]] = {
    Test.IS: lambda told, wanted: set(told) == set(wanted),
    Test.IN: lambda told, wanted: set(told) <= set(wanted),
    Test.ANY_OF: lambda told, wanted: bool(set(told) & set(wanted)),
    Test.ANSWERED: lambda told, wanted: True,
    Test.AT_LEAST: lambda told, wanted: _is_in_order(told, wanted, {0, 1}),
    Test.AT_MOST: lambda told, wanted: _is_in_order(told, wanted, {0, -1}),
}
