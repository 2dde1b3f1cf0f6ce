"""What slices can tell about an organisation or a person, asked by name.

A slice registers its facts with `@fact("training.completed")` in its `facts.py`; `applications`
asks for those a call names, without importing the slice that answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Value = str | int | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Told:
    """What was told: `value` None means unknown, which is never no."""

    value: Value
    source: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: about which organisation, of which thing, for which application."""

    organisation_id: int
    of: str = ""
    application_id: int = 0


Teller = Callable[[Question], Told]
UNKNOWN = Told(None)
_TELLERS: dict[str, Teller] = {}


def fact(name: str) -> Callable[[Teller], Teller]:
    """Register the function that tells the fact `name`."""

    def register(teller: Teller) -> Teller:
        _TELLERS[name] = teller
        return teller

    return register


def tell(name: str, question: Question) -> Told:
    """What the owner of the fact knows; unknown where nobody owns it."""
    teller = _TELLERS.get(name)
    return teller(question) if teller else UNKNOWN


def known_facts() -> frozenset[str]:
    """The names a rule may ask for."""
    return frozenset(_TELLERS)
