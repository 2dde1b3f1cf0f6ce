"""Who gets what when a list is gone through from the top: best ones, ceilings, fund, in order."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from fondaco.evaluation.rules.funds import Ceilings, Claim, Fund, Limit, Note, under_ceiling
from fondaco.evaluation.states import Group


@dataclass(frozen=True, slots=True)
class Settled:
    """Where one stands, with how much, and why; `position` is its number on the reserve list."""

    group: Group
    cents: int | None
    notes: tuple[Note, ...]
    position: int | None = None


@dataclass(slots=True)
class Giving:
    """The fund, and what each organisation has so far; `best` many of each are kept, or all."""

    fund: Fund
    ceilings: Ceilings = field(default_factory=Ceilings)
    least: int | None = None
    best: int | None = None
    given: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    kept: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    reserve: int = 0

    def settle(self, asked: Claim) -> Settled:
        """What the next in line gets."""
        self.fund.give_up(asked)
        if self.best is not None and self.kept[asked.organisation] >= self.best:
            note = Note(Limit.NOT_AMONG_BEST, {"most": self.best})
            return Settled(Group.NOT_FUNDED, asked.cents, (note,))
        self.kept[asked.organisation] += 1
        given = self.given[asked.organisation] + asked.given_cents
        claim, cut = under_ceiling(self.ceilings, asked, given=given, least=self.least)
        if cut is not None and cut.limit != Limit.CUT_TO_CEILING:
            return Settled(Group.NOT_FUNDED, claim.cents, (cut,))
        self.fund.expect([claim])
        return self._given(claim, (cut,) if cut else ())

    def _given(self, claim: Claim, notes: tuple[Note, ...]) -> Settled:
        if refusal := self.fund.refusal(claim):
            self.reserve += 1
            notes = (*notes, *self._waits(claim), refusal)
            return Settled(Group.RESERVE, claim.cents, notes, self.reserve)
        self.given[claim.organisation] += claim.cents or 0
        paid = Note(Limit.AMOUNT, self.fund.pay(claim))
        return Settled(Group.AWARDED, claim.cents, (*notes, paid))

    def _waits(self, claim: Claim) -> list[Note]:
        """Its number on the reserve list of each of its parts."""
        self.waiting.update(claim.parts)
        return [
            Note(Limit.WAITS_IN_PART, {"part": code, "position": self.waiting[code]})
            for code in sorted(claim.parts)
        ]
