"""How many requests were turned away: a byte each in the file of their minute, for all processes.

A line in the database would cost more than the page that was refused.
"""

import logging
from contextlib import suppress
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)
MINUTE = 60
KEPT = 120
"""Minutes whose files stay."""


def _folder() -> Path:
    return Path(settings.VAR) / "turned-away"


def note(*, at: float) -> None:
    """One more was turned away, at a moment in seconds of the epoch."""
    minute, folder = int(at // MINUTE), _folder()
    path = folder / str(minute)
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _forget_before(minute - KEPT)
        with path.open("ab") as file:
            file.write(b".")
    except OSError:
        logger.warning("a request that was turned away was not counted")


def _forget_before(minute: int) -> None:
    for path in _folder().iterdir():
        if path.name.isdecimal() and int(path.name) < minute:
            path.unlink(missing_ok=True)


def within(minutes: int, *, at: float) -> int:
    """How many were turned away on this machine in so many minutes until now."""
    last, found = int(at // MINUTE), 0
    for minute in range(last - minutes + 1, last + 1):
        with suppress(FileNotFoundError):
            found += (_folder() / str(minute)).stat().st_size
    return found
