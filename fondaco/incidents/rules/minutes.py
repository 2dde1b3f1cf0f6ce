"""One minute of the availability log: what was seen from outside, and how it is written down."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Status(StrEnum):
    """How the platform was in a minute."""

    UP = "up"
    AWAY = "away"
    """Nothing could be opened, but what was sent was received and kept."""
    DOWN = "down"
    UNKNOWN = "unknown"
    """Nobody looked: whoever keeps the log was not running either."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look from outside found: who answered, how fast, what waits, how much room is left."""

    at: datetime
    web: bool
    database: bool
    spool: bool
    milliseconds: int = 0
    waiting: int = 0
    free: int = 0
    why: str = ""

    @property
    def status(self) -> Status:
        """What the minute counts as."""
        if self.web and self.database:
            return Status.UP
        return Status.AWAY if self.web and self.spool else Status.DOWN


def minute_of(at: datetime) -> datetime:
    """The minute in which a moment lies."""
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def written(seen: Seen) -> str:
    """One line of the log."""
    return json.dumps(asdict(seen) | {"at": minute_of(seen.at).isoformat()}, sort_keys=True)


def read(lines: Iterable[str]) -> Iterator[Seen]:
    """Every whole line; what a crash left of one is passed over."""
    for line in lines:
        try:
            said = json.loads(line)
            yield Seen(**{**said, "at": datetime.fromisoformat(said["at"])})
        except (ValueError, TypeError, KeyError):
            continue
