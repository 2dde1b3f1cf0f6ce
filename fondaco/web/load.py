"""How busy this process is, in seconds that a request takes, and how long pages pause for it."""

from dataclasses import dataclass
from threading import Lock

QUIET = 0.25
"""Seconds that a request may take before anybody is asked to wait."""
FULL = 2.5
"""Seconds at which a page that saves itself pauses the longest."""
LONGEST_PAUSE = 30
SHARE = 0.1
"""How much one more request counts against all that were before it."""
CALM = 10.0
"""Seconds without a request after which what was measured has halved."""
LARGE = 64 * 1024
"""A body longer than this says more of the sender's line than of us."""


@dataclass(slots=True)
class Load:
    """A moving average of what requests waited and took."""

    seconds: float = 0.0
    measured_at: float = 0.0

    def add(self, seconds: float, *, at: float) -> None:
        """Count one request, at a moment of a clock that never goes back."""
        before = self.at(at)
        self.seconds, self.measured_at = before + SHARE * (seconds - before), at

    def at(self, moment: float) -> float:
        """What a request takes at that moment; quiet time heals."""
        return self.seconds * float(0.5 ** (max(0.0, moment - self.measured_at) / CALM))


def pause(seconds: float) -> int:
    """How many seconds a page waits between two saves when a request takes this long."""
    share = (seconds - QUIET) / (FULL - QUIET)
    return round(LONGEST_PAUSE * min(1.0, max(0.0, share)))


_load, _turn = Load(), Lock()


def add(seconds: float, *, at: float) -> None:
    """Count one request of this process."""
    with _turn:
        _load.add(seconds, at=at)


def pause_now(at: float) -> int:
    """How many seconds pages should pause now, as far as this process sees."""
    return pause(_load.at(at))


def seconds_now(at: float) -> float:
    """What a request takes now, as far as this process sees."""
    return _load.at(at)
