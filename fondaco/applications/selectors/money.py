"""What one organisation may get, and what it has so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from fondaco.calls.models import Call
from fondaco.calls.selectors import ceiling_over_calls
from fondaco.calls.states import Over, Support
from fondaco.kernel.awards import Award, awards_of


@dataclass(frozen=True, slots=True)
class Meter:
    """One ceiling of the organisation: what it is, what is used, what is left."""

    ceiling: int
    awards: tuple[Award, ...]
    over: Over
    cents: int | None
    is_over_calls: bool

    @property
    def used(self) -> int:
        """What the organisation got so far."""
        return sum(award.cents for award in self.awards)

    @property
    def left(self) -> int:
        """What it may still get."""
        return max(self.ceiling - self.used, 0)

    @property
    def is_exceeded(self) -> bool:
        """Whether this application comes to more than is left."""
        return self.cents is not None and self.cents > self.left

    @property
    def is_cut(self) -> bool:
        """Whether it would then be cut, and not refused."""
        return self.over == Over.CUT and self.left > 0


def meters_of(
    call: Call, organisation_id: int, cents: int | None = None, *, but: str = "", told: bool = True
) -> tuple[Meter, ...]:
    """The ceilings of an organisation with the awards that count: to applicants those told."""
    ceilings: Mapping[bool, int | None] = {
        False: call.ceiling_cents,
        True: ceiling_over_calls(call) if call.support != Support.NONE else None,
    }
    if all(ceiling is None for ceiling in ceilings.values()):
        return ()
    awards = awards_of(organisation_id, call.programme_id, demonstration=call.is_demonstration)
    counted = [
        award
        for award in awards
        if award.application != but
        and award.currency == call.currency
        and (award.is_told or not told)
    ]
    return tuple(
        Meter(
            ceiling=ceiling,
            awards=tuple(one for one in counted if is_over_calls or one.call == call.code),
            over=Over(call.over_ceiling),
            cents=cents,
            is_over_calls=is_over_calls,
        )
        for is_over_calls, ceiling in ceilings.items()
        if ceiling is not None
    )
