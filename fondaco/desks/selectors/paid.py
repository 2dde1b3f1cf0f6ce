"""What a call pays, as its page says it: sentences, services or parts, envelopes, quotas, rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fondaco.calls.models import Call, Envelope, Quota
from fondaco.calls.phrases import money_words, number_words, part_name
from fondaco.calls.selectors import lump_sum_for
from fondaco.calls.states import Support
from fondaco.web import reference, words


@dataclass(frozen=True, slots=True)
class ShownPart:
    """An envelope or a quota in words."""

    name: str
    most: str
    least: str
    waits_for: Mapping[str, str]
    opened: str
    opened_because: Mapping[str, str]
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class LumpRow:
    """A country with its sum."""

    country: str
    cents: int


def paid_of(call: Call, *, at: datetime) -> dict[str, object]:
    """Everything that the page prints of the money and of the number of applications."""
    return {
        "money_words": money_words(call),
        "number_words": number_words(call),
        "ceiling": call.programme.ceiling,
        "envelopes": [_envelope(one, call.currency) for one in call.envelopes.all()],
        "quotas": [_quota(one) for one in call.quotas.all()],
        "lump_rows": lump_rows(call, at=at),
    }


def _envelope(one: Envelope, currency: str) -> ShownPart:
    most, least = (
        "" if cents is None else words.amount(cents, currency)
        for cents in (one.most_cents, one.least_cents)
    )
    return ShownPart(part_name(one.name, one.fact, one.value), most, least, {}, "", {})


def _quota(one: Quota) -> ShownPart:
    most, least = (
        "" if places is None else words.number(places) for places in (one.most, one.least)
    )
    return ShownPart(
        name=part_name(one.name, one.fact, one.value),
        most=most,
        least=least,
        waits_for=one.needs,
        opened=words.day(one.opened_on) if one.opened_on else "",
        opened_because=one.opened_because,
        is_invented=one.is_invented,
    )


def lump_rows(call: Call, *, at: datetime) -> list[LumpRow]:
    """The table of the call's scheme as it holds now, in the order of the reader's names."""
    if call.support != Support.LUMP_SUM:
        return []
    found = []
    for code, name in reference.sorted_pairs(reference.countries()):
        if row := lump_sum_for(call, code, at=at):
            found.append(LumpRow(name, row.cents))
    return found


def lump_line(call: Call, *, at: datetime) -> str:
    """From the smallest to the largest sum of the table."""
    sums = sorted(row.cents for row in lump_rows(call, at=at))
    if not sums:
        return ""
    lowest, highest = (words.amount(cents, call.currency) for cents in (sums[0], sums[-1]))
    return _("%(lowest)s to %(highest)s") % {"lowest": lowest, "highest": highest}
