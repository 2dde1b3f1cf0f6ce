"""An answer that says no remembers why, for whoever keeps a record of what came to nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpResponseBase

R = TypeVar("R", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reasons, in codes, and the thing that it was about where the address does not say it."""

    reasons: tuple[str, ...]
    about: str = ""


def refused(response: R, reasons: Iterable[str], *, about: str = "") -> R:
    """The same answer, which knows why it says no."""
    response.refusal = Refusal(tuple(str(one) for one in reasons), about)  # type: ignore[attr-defined]
    return response


def refusal_of(response: HttpResponseBase) -> Refusal | None:
    """Why the answer says no, where somebody told it."""
    return getattr(response, "refusal", None)
