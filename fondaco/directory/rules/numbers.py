"""Whether a VAT or registration number can be one of its country; no register is asked."""

from collections.abc import Sequence
from typing import Protocol

from stdnum import exceptions, get_cc_module

from fondaco.directory.rules.reasons import Reason

# Only registers whose number has one well-known shape; elsewhere any number is taken as given.
REGISTERS = {
    "BE": ("vat",),
    "CH": ("uid",),
    "DK": ("cvr",),
    "EE": ("registrikood",),
    "ES": ("cif", "nif"),
    "FI": ("ytunnus",),
    "FR": ("siren", "siret"),
    "HR": ("oib",),
    "IL": ("hp",),
    "NO": ("orgnr",),
    "PT": ("nif",),
    "SE": ("orgnr",),
}


class Form(Protocol):
    """How a country writes one kind of number."""

    def validate(self, number: str) -> str:
        """The number without ornament; raises `ValidationError`."""


REASONS: Sequence[tuple[type[Exception], Reason]] = (
    (exceptions.InvalidLength, Reason.NUMBER_LENGTH),
    (exceptions.InvalidChecksum, Reason.NUMBER_CHECK_DIGIT),
    (exceptions.InvalidComponent, Reason.NUMBER_PART),
    (exceptions.ValidationError, Reason.NUMBER_FORMAT),
)


def vat_problem(number: str, country: str) -> Reason | None:
    """What is wrong with a VAT number; nothing where the country's form is not known."""
    return _problem(get_cc_module(country, "vat"), number) if country else None


def registration_problem(number: str, country: str) -> Reason | None:
    """What is wrong with a registration number: it must fit one of its country's registers."""
    forms = [get_cc_module(country, name) for name in REGISTERS.get(country, ())]
    found = [_problem(form, number) for form in forms]
    return None if None in found else next(iter(found), None)


def compact(number: str) -> str:
    """A number without the spaces, dots and dashes people write in it."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _problem(form: Form | None, number: str) -> Reason | None:
    if form is None:
        return None
    try:
        form.validate(number)
    except exceptions.ValidationError as wrong:
        return next(reason for kind, reason in REASONS if isinstance(wrong, kind))
    return None
