"""First come, first served: whose turn it is, and what the ones ahead may still need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fondaco.evaluation.rules.decisions import Purse, Stop
from fondaco.evaluation.rules.draws import order_of
from fondaco.kernel.decisions import Decision


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that waits in the queue; `cents` None: nobody knows what it will cost."""

    code: str
    received_at: datetime
    receipt: str
    cents: int | None


@dataclass(frozen=True, slots=True)
class QueueTerms:
    """How the queue is ordered: until `window_ends` by lot, from the receipts that were drawn."""

    window_ends: datetime | None = None
    seed: str = ""
    receipts: tuple[str, ...] = ()


def is_in_window(terms: QueueTerms, one: Waiting) -> bool:
    """Whether an application arrived while the order of arrival did not count."""
    return terms.window_ends is not None and one.received_at <= terms.window_ends


def _place(
    terms: QueueTerms, lots: Mapping[str, int], one: Waiting
) -> tuple[int, int, datetime, str]:
    """The drawn ones by lot, then the others in the order of arrival."""
    is_drawn = is_in_window(terms, one) and one.receipt in lots
    if is_drawn:
        return 0, lots[one.receipt], one.received_at, one.code
    return 1, 0, one.received_at, one.code


def in_turn(terms: QueueTerms, waiting: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """The queue in the order in which it is served."""
    drawn = order_of(terms.seed, terms.receipts) if terms.seed else ()
    lots = {receipt: place for place, receipt in enumerate(drawn)}
    return tuple(sorted(waiting, key=lambda one: _place(terms, lots, one)))


def serving(terms: QueueTerms, purse: Purse, queue: Iterable[Waiting], one: Waiting) -> Decision:
    """Whether this one can be awarded: the ones ahead keep what they may still need."""
    if is_in_window(terms, one) and not terms.seed:
        return Decision((Stop.DRAW_FIRST,))
    ahead = []
    for other in in_turn(terms, queue):
        if other.code == one.code:
            break
        ahead.append(other)
    return Decision((Stop.EARLIER_ONES_FIRST,) if _is_needed_ahead(purse, ahead, one) else ())


def _is_needed_ahead(purse: Purse, ahead: list[Waiting], one: Waiting) -> bool:
    """Whether an award would take money or a place that one of those ahead may still need."""
    if purse.places is not None and purse.given + len(ahead) + 1 > purse.places:
        return bool(ahead)
    if purse.total_cents is None or not ahead:
        return False
    amounts = [other.cents for other in ahead]
    if None in amounts:
        return True
    needed = sum(cents or 0 for cents in amounts) + (one.cents or 0)
    return purse.spent_cents + needed > purse.total_cents


def is_used_up(purse: Purse, least_cents: int | None) -> bool:
    """Whether nobody can be awarded any more: the money or the places have ended."""
    has_no_place = purse.places is not None and purse.given >= purse.places
    if purse.total_cents is None:
        return has_no_place
    left = purse.total_cents - purse.spent_cents
    return has_no_place or left < max(least_cents or 0, 1)
