"""What a group of rows reckons with, who reads an answer, and how long personal data is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

CENT = Decimal("0.01")
_SIGNS = {"×": "*", "x": "*", "·": "*"}
_WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIGURE = re.compile(r"\d{1,9}(\.\d{1,6})?")


class Reader(StrEnum):
    """Who besides the applicant may read an answer."""

    OFFICERS = "officers"
    EVALUATORS = "evaluators"
    PARTNERS = "partners"


class FormulaWrong(ValueError):
    """A formula that cannot be read."""


@dataclass(frozen=True, slots=True)
class Formula:
    """What a column reckons from others of its row: a sum of products, each with its sign."""

    terms: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def columns(self) -> frozenset[str]:
        """The columns that it reads."""
        named = {factor for _sign, factors in self.terms for factor in factors}
        return frozenset(factor for factor in named if not _FIGURE.fullmatch(factor))

    def __str__(self) -> str:
        signs = ["+" if sign > 0 else "-" for sign, _factors in self.terms]
        said = [" * ".join(factors) for _sign, factors in self.terms]
        return " ".join(f"{sign} {product}" for sign, product in zip(signs, said, strict=True))[2:]

    def of(self, figures: Mapping[str, Decimal]) -> Decimal | None:
        """The result to the cent; None as long as a figure that it needs is missing."""
        if not self.columns <= figures.keys():
            return None
        found = Decimal(0)
        for sign, factors in self.terms:
            product = Decimal(sign)
            for factor in factors:
                product *= figures[factor] if factor in figures else Decimal(factor)
            found += product
        return found.quantize(CENT, ROUND_HALF_UP)


def formula(text: str) -> Formula | None:
    """A formula such as `quantity * unit-price`; None for no text. Raises `FormulaWrong`."""
    words = [_SIGNS.get(word, word) for word in text.split()]
    if not words:
        return None
    terms: list[tuple[int, tuple[str, ...]]] = []
    sign, factors, wants_factor = 1, list[str](), True
    for word in words:
        if wants_factor == (word in {"*", "+", "-"}):
            raise FormulaWrong(text)
        if wants_factor:
            factors.append(_factor(word, text))
        elif word != "*":
            terms.append((sign, tuple(factors)))
            sign, factors = (1 if word == "+" else -1), []
        wants_factor = not wants_factor
    if wants_factor:
        raise FormulaWrong(text)
    return Formula((*terms, (sign, tuple(factors))))


def _factor(word: str, text: str) -> str:
    if _FIGURE.fullmatch(word) or _WORD.fullmatch(word):
        return word
    raise FormulaWrong(text)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How much the rows of one category may come to: a sum, or a share of the whole."""

    option: str
    most: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What makes a group a budget: the column of the amounts, the categories, and who pays."""

    amount: str
    category: str = ""
    ceilings: tuple[Ceiling, ...] = ()
    grant: str = ""
    """The question that says how much is asked for."""
    percent: Decimal | None = None
    """The largest share of the whole that may be asked for; else the call's own share holds."""


def budget_from(data: Mapping[str, Any] | None) -> Budget | None:
    """The budget that the data of a group names; None where it is no budget."""
    if not data:
        return None
    return Budget(
        amount=data["amount"],
        category=data.get("category", ""),
        ceilings=tuple(
            Ceiling(one["option"], _figure(one.get("most")), _figure(one.get("percent")))
            for one in data.get("ceiling", ())
        ),
        grant=data.get("grant", ""),
        percent=_figure(data.get("percent")),
    )


def _figure(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@dataclass(frozen=True, slots=True)
class Personal:
    """What personal data is asked for, and for how many months after the call closed it is kept."""

    purpose: Mapping[str, str]
    months: int

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> "Personal | None":
        """The mark in the data of a question; None where it asks for no personal data."""
        return cls(data.get("purpose", {}), int(data["months"])) if data else None
