"""What is left to give while a list is gone through: money, places, parts of both, ceilings.

Whoever does not fit into the whole ends the list; whoever does not fit into a part ends that part
alone. What is kept for others is theirs as long as they stand in line for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from fondaco.calls.states import Over

Numbers = dict[str, str | int]


class Unit(StrEnum):
    """What a part is a part of: the money or the places."""

    MONEY = "money"
    PLACES = "places"


class Limit(StrEnum):
    """What an award met: what it was given, or why it does not fit, or not whole."""

    AMOUNT = "amount"
    AMOUNT_UNKNOWN = "amount-unknown"
    NO_MONEY = "no-money"
    NO_PLACE = "no-place"
    BEHIND_THE_LINE = "behind-the-line"
    NO_MONEY_IN_PART = "no-money-in-part"
    NO_PLACE_IN_PART = "no-place-in-part"
    BEHIND_IN_PART = "behind-in-part"
    KEPT_FOR_OTHERS = "kept-for-others"
    PART_CLOSED = "part-closed"
    OVER_CEILING = "over-ceiling"
    CUT_TO_CEILING = "cut-to-ceiling"
    BELOW_LEAST = "below-least"
    NOT_AMONG_BEST = "not-among-best"
    WAITS_IN_PART = "waits-in-part"


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of the money or of the places: an envelope, a quota."""

    code: str
    unit: Unit
    most: int | None = None
    least: int | None = None
    is_closed: bool = False

    @property
    def is_money(self) -> bool:
        """Whether it is a part of the money."""
        return self.unit == Unit.MONEY


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The most that one organisation may get, in the call and over the programme."""

    in_call: int | None = None
    in_programme: int | None = None
    over: Over = Over.REFUSED


@dataclass(frozen=True, slots=True)
class Claim:
    """One award that is asked for: who, how much, in which parts, what the organisation has.

    `had_cents` comes from other calls of the programme, `given_cents` from this one before.
    """

    code: str
    organisation: str
    cents: int | None
    parts: frozenset[str] = frozenset()
    had_cents: int = 0
    given_cents: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What an award met, with its numbers."""

    limit: Limit
    numbers: Numbers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """What one organisation may still get, and by which ceiling; `cents` None: as much as asked."""

    cents: int | None = None
    ceiling: int = 0
    had: int = 0
    where: str = ""


def room_for(ceilings: Ceilings, *, had: int, given: int) -> Room:
    """The nearer of the two ceilings: of the call for what it gave, of the programme for all."""
    found = []
    if ceilings.in_call is not None:
        found.append(Room(max(ceilings.in_call - given, 0), ceilings.in_call, given, "call"))
    if ceilings.in_programme is not None:
        all_had = had + given
        left = max(ceilings.in_programme - all_had, 0)
        found.append(Room(left, ceilings.in_programme, all_had, "programme"))
    return min(found, key=lambda room: room.cents or 0, default=Room())


def under_ceiling(
    ceilings: Ceilings, claim: Claim, *, given: int, least: int | None
) -> tuple[Claim, Note | None]:
    """The award as the ceilings leave it; the refusal says why it is none, or that it was cut."""
    room = room_for(ceilings, had=claim.had_cents, given=given)
    cents = claim.cents
    numbers: Numbers = {}
    if room.cents is not None and cents is not None and cents > room.cents:
        numbers = {
            "amount": cents,
            "had": room.had,
            "ceiling": room.ceiling,
            "left": room.cents,
            "where": room.where,
        }
        if ceilings.over == Over.REFUSED or room.cents == 0:
            return claim, Note(Limit.OVER_CEILING, numbers)
        cents = room.cents
    if cents is not None and least is not None and cents < least:
        return claim, Note(Limit.BELOW_LEAST, {"amount": cents, "least": least})
    return replace(claim, cents=cents), (Note(Limit.CUT_TO_CEILING, numbers) if numbers else None)


@dataclass
class Fund:
    """What is left of money and places, whole and in parts, as the list is gone through."""

    left_cents: int | None
    left_places: int | None
    parts: Mapping[str, Part] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wanted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    closed: set[str] = field(default_factory=set)
    is_closed: bool = False
    is_kept: bool = False

    def expect(self, claims: Iterable[Claim]) -> None:
        """Whoever stands in line for a part: more than they want is not kept for them."""
        for claim in claims:
            self._count(self.wanted, claim, 1)

    def give_up(self, claim: Claim) -> None:
        """One who stood in line gets nothing for a reason of its own."""
        self._count(self.wanted, claim, -1)

    def _count(self, what: dict[str, int], claim: Claim, sign: int) -> None:
        for part in self._parts_of(claim):
            what[part.code] += sign * cost_of(part, claim)

    def _parts_of(self, claim: Claim) -> list[Part]:
        return [self.parts[code] for code in sorted(claim.parts) if code in self.parts]

    def refusal(self, claim: Claim) -> Note | None:
        """Why the next one gets nothing now; None where it fits."""
        found = self._whole(claim) or self._part(claim) or self._kept(claim)
        if found is not None:
            self._close(found)
        return found

    def _whole(self, claim: Claim) -> Note | None:
        if self.is_closed:
            return Note(Limit.BEHIND_THE_LINE)
        if self.left_places is not None and self.left_places < 1:
            return Note(Limit.NO_PLACE)
        counts_money = any(part.is_money for part in self._parts_of(claim))
        if claim.cents is None and (self.left_cents is not None or counts_money):
            return Note(Limit.AMOUNT_UNKNOWN)
        if self.left_cents is not None and (claim.cents or 0) > self.left_cents:
            return Note(Limit.NO_MONEY, {"amount": claim.cents or 0, "left": self.left_cents})
        return None

    def _part(self, claim: Claim) -> Note | None:
        return next((no for part in self._parts_of(claim) if (no := self._in(part, claim))), None)

    def _in(self, part: Part, claim: Claim) -> Note | None:
        said: Numbers = {"part": part.code}
        if part.is_closed:
            return Note(Limit.PART_CLOSED, said)
        if part.code in self.closed:
            return Note(Limit.BEHIND_IN_PART, said)
        left = None if part.most is None else part.most - self.given[part.code]
        if left is None or cost_of(part, claim) <= left:
            return None
        if part.unit == Unit.PLACES:
            return Note(Limit.NO_PLACE_IN_PART, {**said, "most": part.most or 0})
        return Note(Limit.NO_MONEY_IN_PART, {**said, "amount": claim.cents or 0, "left": left})

    def _kept(self, claim: Claim) -> Note | None:
        """Whether what would be left still holds what is kept for others."""
        serves = any(self._owed(part) > 0 for part in self._parts_of(claim))
        if self.is_kept and not serves:
            return Note(Limit.KEPT_FOR_OTHERS)
        for unit, left in ((Unit.MONEY, self.left_cents), (Unit.PLACES, self.left_places)):
            cost = (claim.cents or 0) if unit == Unit.MONEY else 1
            if left is not None and left - cost < self._owed_after(unit, claim):
                return Note(Limit.KEPT_FOR_OTHERS)
        return None

    def _owed(self, part: Part) -> int:
        """What is still kept for a part: its least, as far as anybody wants it."""
        if part.is_closed or part.code in self.closed:
            return 0
        least = min(part.least or 0, self.wanted[part.code] + self.given[part.code])
        return max(least - self.given[part.code], 0)

    def _owed_after(self, unit: Unit, claim: Claim) -> int:
        owed = 0
        for part in self.parts.values():
            if part.unit == unit:
                own = cost_of(part, claim) if part.code in claim.parts else 0
                owed += max(self._owed(part) - own, 0)
        return owed

    def _close(self, refusal: Note) -> None:
        """The first that does not fit draws the line: of the whole, of its part, of the others."""
        if refusal.limit in (Limit.NO_PLACE_IN_PART, Limit.NO_MONEY_IN_PART):
            self.closed.add(str(refusal.numbers["part"]))
        self.is_kept = self.is_kept or refusal.limit == Limit.KEPT_FOR_OTHERS
        self.is_closed = self.is_closed or refusal.limit in ENDS_ALL

    def pay(self, claim: Claim) -> Numbers:
        """Take the award out of the whole and of its parts; what is left is said."""
        numbers: Numbers = {} if claim.cents is None else {"amount": claim.cents}
        if self.left_places is not None:
            self.left_places -= 1
        if self.left_cents is not None:
            self.left_cents -= claim.cents or 0
            numbers["left"] = self.left_cents
        self._count(self.given, claim, 1)
        self._count(self.wanted, claim, -1)
        return numbers


ENDS_ALL = frozenset({Limit.NO_PLACE, Limit.NO_MONEY, Limit.AMOUNT_UNKNOWN})


def cost_of(part: Part, claim: Claim) -> int:
    """What an award takes out of a part: its money, or one place."""
    return (claim.cents or 0) if part.is_money else 1
