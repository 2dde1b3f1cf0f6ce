"""What an application comes to in money as it stands, and what limits it."""

from dataclasses import dataclass
from datetime import datetime

from fondaco.applications.facts import told_as
from fondaco.applications.models import Application
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.selectors.money import Meter, meters_of
from fondaco.calls.models import Envelope, Quota
from fondaco.calls.rules.support import amount_of, asked_cents, is_too_small
from fondaco.calls.selectors import lump_sum_for, support_terms
from fondaco.calls.states import Support

CHANGING = frozenset({Support.SHARE, Support.CEILING, Support.MENU, Support.LUMP_SUM})
"""The forms in which the sum depends on what is answered."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What an application comes to; `asked` is what it says, `cents` what would be awarded."""

    asked: int | None
    cents: int | None
    is_too_small: bool
    is_reckoned: bool
    parts: tuple[Envelope | Quota, ...]
    meters: tuple[Meter, ...]


def reckoning(application: Application, copy: Copy, *, at: datetime) -> Reckoning:
    """What the working copy comes to as it stands."""
    call, terms = application.call, support_terms(application.call)
    if call.support == Support.LUMP_SUM:
        country = told_as(application, call.scheme_country, copy, at=at)
        row = lump_sum_for(call, str(country or ""), at=at)
        asked = row.cents if row else None
    else:
        asked = asked_cents(terms, copy.form, copy.values)
    cents = amount_of(terms, asked)
    return Reckoning(
        asked=asked,
        cents=cents,
        is_too_small=is_too_small(terms, cents),
        is_reckoned=call.support in CHANGING,
        parts=_parts(application, copy, at),
        meters=meters_of(call, application.organisation_id, cents, but=application.code),
    )


def _parts(application: Application, copy: Copy, at: datetime) -> tuple[Envelope | Quota, ...]:
    call = application.call
    known: dict[str, frozenset[str]] = {}
    found: list[Envelope | Quota] = []
    parts: list[Envelope | Quota] = [*call.envelopes.all(), *call.quotas.all()]
    for part in parts:
        if part.fact not in known:
            known[part.fact] = _words(told_as(application, part.fact, copy, at=at))
        if known[part.fact] & {str(value) for value in part.value}:
            found.append(part)
    return tuple(found)


def _words(said: object) -> frozenset[str]:
    if isinstance(said, list | tuple):
        return frozenset(str(one) for one in said)
    return frozenset() if said in (None, "") else frozenset({str(said)})
