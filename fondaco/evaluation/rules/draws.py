"""A draw that anybody can repeat: a published list, its fingerprint, then a seed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fondaco.evaluation.rules.ranking import drawn
from fondaco.kernel.decisions import Decision


class No(StrEnum):
    """Why a list is not frozen, or a seed not taken."""

    NOT_DRAWN_HERE = "not-drawn-here"
    WINDOW_OPEN = "window-open"
    ADMISSIONS_OPEN = "admissions-open"
    NOBODY_ON_LIST = "nobody-on-list"
    DRAWN_ALREADY = "drawn-already"
    NOT_FROZEN = "not-frozen"
    SEED_NEEDED = "seed-needed"
    SEED_FROM_NEEDED = "seed-from-needed"


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What stands when a list is to be frozen."""

    is_drawn_here: bool
    is_window_open: bool
    open_admissions: int
    receipts: int
    is_drawn: bool
    has_seed_from: bool


@dataclass(frozen=True, slots=True)
class SeedFacts:
    """What stands when a seed is to be taken."""

    frozen_at: datetime | None
    is_drawn: bool
    has_seed: bool


def fingerprint(receipts: Iterable[str]) -> str:
    """SHA-256 over the receipts in alphabetical order, each on a line of its own."""
    lines = "".join(f"{receipt}\n" for receipt in sorted(set(receipts)))
    return hashlib.sha256(lines.encode()).hexdigest()


def order_of(seed: str, receipts: Iterable[str]) -> tuple[str, ...]:
    """The receipts by their lots, the smallest first; nothing depends on how they are given."""
    return tuple(sorted(set(receipts), key=lambda receipt: (drawn(seed, receipt), receipt)))


def freezing(facts: ListFacts) -> Decision:
    """Whether the list can be frozen now; frozen again, it takes the place of one not yet drawn."""
    failed = {
        No.NOT_DRAWN_HERE: not facts.is_drawn_here,
        No.WINDOW_OPEN: facts.is_window_open,
        No.ADMISSIONS_OPEN: facts.open_admissions > 0,
        No.NOBODY_ON_LIST: facts.receipts == 0,
        No.DRAWN_ALREADY: facts.is_drawn,
        No.SEED_FROM_NEEDED: not facts.has_seed_from,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def drawing(facts: SeedFacts, *, at: datetime) -> Decision:
    """Whether the seed can be taken: once, and only after the list was published."""
    is_frozen = facts.frozen_at is not None and facts.frozen_at < at
    failed = {
        No.NOT_FROZEN: not is_frozen,
        No.DRAWN_ALREADY: facts.is_drawn,
        No.SEED_NEEDED: not facts.has_seed,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))
