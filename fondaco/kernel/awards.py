"""What an organisation has been awarded, told from above: money counts wherever it was decided.

The slice that decides registers with `@tells_awards`; a slice below asks without knowing it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Award:
    """One award that stands; `is_told` once its letter may be read by whoever got it."""

    call: str
    title: Mapping[str, str]
    application: str
    cents: int
    currency: str
    is_told: bool


class Teller(Protocol):
    """Who knows the awards of an organisation in a programme."""

    def __call__(
        self, organisation_id: int, programme_id: int, *, demonstration: bool
    ) -> tuple[Award, ...]:
        """The awards that stand."""


_TELLERS: list[Teller] = []


def tells_awards(teller: Teller) -> Teller:
    """Register the function that tells the awards of an organisation in a programme."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)
    return teller


def awards_of(organisation_id: int, programme_id: int, *, demonstration: bool) -> tuple[Award, ...]:
    """Every award of the organisation in a programme; demonstrations count among themselves."""
    return tuple(
        award
        for teller in _TELLERS
        for award in teller(organisation_id, programme_id, demonstration=demonstration)
    )
