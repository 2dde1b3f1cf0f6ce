"""Who is told of what: which calls somebody follows, and when the news of the week leave."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from fondaco.calls.states import ActKind
from fondaco.kernel.clock import WEEKDAYS


class Pace(StrEnum):
    """How soon somebody is told."""

    AT_ONCE = "at-once"
    WEEKLY = "weekly"


PUBLISHED, ANSWER, RESULTS = "published", "answer", "results"
KINDS = (PUBLISHED, *(kind.value for kind in ActKind), ANSWER, RESULTS)
"""What can be news of a call."""
OF_EVERY_CALL = frozenset({PUBLISHED, RESULTS} | {kind.value for kind in ActKind}) - {
    ActKind.CORRIGENDUM.value
}
"""What those are told who follow calls by what they are for; corrections and answers are told to
those alone who follow the call itself."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody follows: one call, or all that have each of the things named."""

    call: int | None = None
    programme: int | None = None
    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    ecosystems: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class About:
    """What a call is."""

    call: int
    programme: int
    kind: str
    countries: frozenset[str]
    ecosystems: frozenset[str]


def meets(wish: Wish, about: About) -> bool:
    """Whether the call is one of those that somebody follows."""
    if wish.call is not None:
        return wish.call == about.call
    return (
        wish.programme in (None, about.programme)
        and (not wish.kinds or about.kind in wish.kinds)
        and (not wish.countries or bool(wish.countries & about.countries))
        and (not wish.ecosystems or bool(wish.ecosystems & about.ecosystems))
    )


def wants(wish: Wish, about: About, news: str) -> bool:
    """Whether somebody is told of this kind of news of the call."""
    return meets(wish, about) and (wish.call is not None or news in OF_EVERY_CALL)


def last_turn(at: datetime, *, zone: str, weekday: str, hour: int) -> datetime:
    """The last moment up to `at` in which the news of the week leave, on the reader's clock."""
    local = at.astimezone(ZoneInfo(zone))
    back = (local.weekday() - WEEKDAYS.index(weekday)) % 7
    turn = datetime.combine(local.date() - timedelta(days=back), time(hour), ZoneInfo(zone))
    if turn > at:
        day = turn.date() - timedelta(days=7)
        turn = datetime.combine(day, time(hour), ZoneInfo(zone))
    return turn


def is_due(told_until: datetime, at: datetime, *, zone: str, weekday: str, hour: int) -> bool:
    """Whether the news since `told_until` are to leave now."""
    return last_turn(at, zone=zone, weekday=weekday, hour=hour) > told_until
