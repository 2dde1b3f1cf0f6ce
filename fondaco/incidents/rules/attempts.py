"""One attempt of a person that came to nothing: what it was, and how it is written down."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What the person tried."""

    SAVE = "save"
    SUBMIT = "submit"
    UPLOAD = "upload"


class Result(StrEnum):
    """What was answered."""

    LATE = "late"
    REFUSED = "refused"
    FAILED = "failed"
    """The fault was the platform's."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tried what with which application, when it was received, and the answer."""

    request: str
    at: datetime
    kind: Kind
    application: str
    person: int
    status: int
    result: Result
    reasons: tuple[str, ...] = ()


LATE = frozenset({"closed", "completion-over", "edited-late"})
"""The reasons of slices below that speak of the clock."""
FAULTS = 500


def result_of(status: int, reasons: Iterable[str]) -> Result:
    """What an answer was: the platform's fault, the clock, or any other no."""
    if status >= FAULTS:
        return Result.FAILED
    return Result.LATE if LATE & set(reasons) else Result.REFUSED


def written(attempt: Attempt) -> str:
    """One line of the log."""
    at = attempt.at.astimezone(UTC).isoformat()
    return json.dumps(asdict(attempt) | {"at": at}, sort_keys=True)


def read(lines: Iterable[str]) -> Iterator[Attempt]:
    """Every whole line; what a crash left of one is passed over."""
    for line in lines:
        try:
            said = json.loads(line)
            said |= {
                "at": datetime.fromisoformat(said["at"]),
                "kind": Kind(said["kind"]),
                "result": Result(said["result"]),
                "reasons": tuple(said["reasons"]),
            }
            yield Attempt(**said)
        except (ValueError, TypeError, KeyError):
            continue
