"""Whole cents of one currency; never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies met."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in cents; `currency` is an ISO 4217 code."""

    cents: int
    currency: str = "EUR"

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return Money(self.cents + other.cents, self.currency)

    @property
    def units(self) -> Decimal:
        """The amount in whole units of the currency, two decimals."""
        return Decimal(self.cents).scaleb(-2)


def cents_of(units: Decimal | int | str) -> int:
    """Cents of an amount in units; half a cent goes up."""
    return int((Decimal(units) * 100).quantize(Decimal(1), ROUND_HALF_UP))
