"""A decision is a yes, or a no with all its reasons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """True when nothing speaks against; otherwise every reason at once."""

    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons


class Refused(Exception):
    """A service did nothing because a rule said no; carries the reasons to the page."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def require(decision: Decision) -> None:
    """Go on where a rule says yes; raises `Refused` with every reason otherwise."""
    if not decision:
        raise Refused(*decision.reasons)
