"""What an outage gives back: how much of the time before a deadline was lost, what follows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fondaco.incidents.rules.minutes import Status, minute_of

MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Threshold:
    """More than `over` minutes lost within the last `within` minutes before a deadline count."""

    within: int
    over: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The rule of a programme.

    Lost time is rounded up to whole `rounds_to` minutes; the new deadline is never nearer than
    `notice` minutes to its announcement.
    """

    thresholds: tuple[Threshold, ...]
    counts: frozenset[Status]
    rounds_to: int
    notice: int

    @property
    def within(self) -> timedelta:
        """How far before the deadline anything counts."""
        return timedelta(minutes=max((one.within for one in self.thresholds), default=0))


@dataclass(frozen=True, slots=True)
class Outage:
    """Minutes in a row that count as lost; `unknown` of them nobody saw."""

    begins: datetime
    ends: datetime
    unknown: int = 0

    @property
    def minutes(self) -> int:
        """How long it lasted."""
        return (self.ends - self.begins) // MINUTE


@dataclass(frozen=True, slots=True)
class Loss:
    """What was lost before a deadline, and whether it is enough for the rule and over by now."""

    outages: tuple[Outage, ...]
    is_enough: bool
    is_over: bool

    @property
    def minutes(self) -> int:
        """Everything that was lost."""
        return sum(one.minutes for one in self.outages)

    @property
    def unknown(self) -> int:
        """How much of it nobody saw."""
        return sum(one.unknown for one in self.outages)


Log = Mapping[datetime, Status]


def outages(
    log: Log, counts: frozenset[Status], *, begins: datetime, ends: datetime
) -> tuple[Outage, ...]:
    """The outages between two moments, the first one first; a minute without a line is unknown."""
    return tuple(_runs(log, counts, minute_of(begins), minute_of(ends)))


def _runs(log: Log, counts: frozenset[Status], at: datetime, ends: datetime) -> Iterator[Outage]:
    begun, unknown = None, 0
    while at < ends:
        status = log.get(at, Status.UNKNOWN)
        if status in counts:
            begun = begun or at
            unknown += status is Status.UNKNOWN
        elif begun is not None:
            yield Outage(begun, at, unknown)
            begun, unknown = None, 0
        at += MINUTE
    if begun is not None:
        yield Outage(begun, ends, unknown)


def loss(log: Log, terms: Terms, *, deadline: datetime, since: datetime, until: datetime) -> Loss:
    """What was lost before the deadline, as far as the log says by `until`.

    What was given back before, and what nobody could have logged, lies before `since`. An outage
    that stands at the deadline counts whole, to its end.
    """
    begins, last = max(deadline - terms.within, since), minute_of(until)
    found = tuple(
        one for one in outages(log, terms.counts, begins=begins, ends=last) if one.begins < deadline
    )
    is_enough = any(_lost(found, deadline, one.within) > one.over for one in terms.thresholds)
    return Loss(found, is_enough, is_over=not found or found[-1].ends < last)


def _lost(found: Sequence[Outage], deadline: datetime, within: int) -> int:
    """How many minutes of the last ones before the deadline were lost."""
    begins = deadline - within * MINUTE
    lost = (min(one.ends, deadline) - max(one.begins, begins) for one in found)
    return -(-sum((max(one, timedelta()) for one in lost), timedelta()) // MINUTE)


def new_deadline(lost: Loss, terms: Terms, *, deadline: datetime, announced: datetime) -> datetime:
    """The deadline that gives the lost time back, with fair notice; both are rounded up."""
    given = -(-lost.minutes // terms.rounds_to) * terms.rounds_to * MINUTE
    step = terms.rounds_to * MINUTE
    noticed = announced + terms.notice * MINUTE - EPOCH
    soonest = EPOCH + -(-noticed // step) * step
    return max(deadline + given, soonest)
