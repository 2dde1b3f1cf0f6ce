"""What the search for viruses says of a file."""

from collections.abc import Mapping
from enum import StrEnum

from fondaco.kernel.states import Move


class Scan(StrEnum):
    """Whether a file was searched, and with which outcome; unchecked where nobody searches."""

    UNCHECKED = "unchecked"
    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"


class Finding(StrEnum):
    """What can be found."""

    CLEAN = "clean"
    INFECTED = "infected"


TABLE: Mapping[str, Move] = {
    Finding.CLEAN: Move(frozenset({Scan.WAITING}), Scan.CLEAN),
    Finding.INFECTED: Move(frozenset({Scan.WAITING}), Scan.INFECTED),
}
CLOSED = frozenset({Scan.WAITING, Scan.INFECTED})
"""Files that nobody but their owner's people may open."""
