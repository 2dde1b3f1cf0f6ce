"""Whether a fault of the database means that it is gone, that it takes nothing in, or neither."""

from enum import StrEnum


class Fault(StrEnum):
    """What a request met."""

    GONE = "gone"
    """Nobody answers: stopped, starting, failing over, refusing connections."""
    UNWRITABLE = "unwritable"
    """It answers, but takes nothing in: its disk is full, it only reads, it stays locked."""


GONE_STATES = frozenset({"57P01", "57P02", "57P03", "57P05", "53300", "58000", "58030"})
UNWRITABLE_STATES = frozenset({"25006", "53100", "53200", "53000", "53400"})
CONNECTION = "08"
SQLITE_UNWRITABLE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_READONLY")
SQLITE_GONE = ("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_NOTADB", "SQLITE_CORRUPT")
"""How SQLite's own words for a fault begin; each has several that say it more exactly."""


def fault_of_state(sqlstate: str | None) -> Fault | None:
    """What PostgreSQL's code means; without a code no server was there to give one."""
    if sqlstate is None or sqlstate.startswith(CONNECTION) or sqlstate in GONE_STATES:
        return Fault.GONE
    return Fault.UNWRITABLE if sqlstate in UNWRITABLE_STATES else None


def fault_of_sqlite(name: str) -> Fault | None:
    """What SQLite's word means."""
    if name.startswith(SQLITE_GONE):
        return Fault.GONE
    return Fault.UNWRITABLE if name.startswith(SQLITE_UNWRITABLE) else None


class Line:
    """What a process knows of the way to the database: open, or cut and tried again in a while.

    While it is cut nobody waits for it: one request at a time looks whether it is back.
    """

    def __init__(self, pause: float = 1.0) -> None:
        self.pause = pause
        self.next_try: float | None = None

    @property
    def is_cut(self) -> bool:
        """Whether the last that was heard is that the database is gone."""
        return self.next_try is not None

    def cut(self, now: float) -> None:
        """The database did not answer."""
        self.next_try = now + self.pause

    def mend(self) -> None:
        """The database answered."""
        self.next_try = None

    def may_try(self, now: float) -> bool:
        """Whether it is this request's turn to look; the next one waits for a while again."""
        if self.next_try is None or now < self.next_try:
            return False
        self.next_try = now + self.pause
        return True
