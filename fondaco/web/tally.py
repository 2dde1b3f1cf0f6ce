"""Counting what each reader asks for in a minute, in the memory of this process alone."""

from collections import Counter, OrderedDict
from threading import Lock

MOST_KNOWN = 50_000
MINUTE = 60


class Tally:
    """How often each reader has asked in the minute that runs."""

    def __init__(self) -> None:
        self._minute = -1
        self._counts: Counter[str] = Counter()
        self._turn = Lock()

    def add(self, who: str, *, at: float) -> int:
        """Count one more; how many they are now."""
        minute = int(at // MINUTE)
        with self._turn:
            if minute != self._minute or len(self._counts) > MOST_KNOWN:
                self._minute, self._counts = minute, Counter()
            self._counts[who] += 1
            return self._counts[who]


class Known:
    """Which person a session was seen to be, the sessions seen last."""

    def __init__(self, most: int = MOST_KNOWN) -> None:
        self._most = most
        self._people: OrderedDict[str, int] = OrderedDict()
        self._turn = Lock()

    def note(self, session: str, person: int) -> None:
        """The session is that person's."""
        with self._turn:
            self._people[session] = person
            self._people.move_to_end(session)
            while len(self._people) > self._most:
                self._people.popitem(last=False)

    def person_of(self, session: str) -> int | None:
        """Whose session it was; None for one that nobody has proved yet."""
        return self._people.get(session)


def until_next_minute(at: float) -> int:
    """How many seconds are left of the minute, and never none."""
    return MINUTE - int(at) % MINUTE
