"""How a call is going: its days beside those of an earlier one, and how far its drafts are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from fondaco.applications.selectors import draft_count
from fondaco.applications.selectors.board import (
    FEWEST,
    MOST_READ,
    begun_by_day,
    drafts_by_quarter,
    sections_saved_last,
    sent_by_day,
)
from fondaco.calls.models import Call
from fondaco.calls.selectors import deadline_of, stage_of
from fondaco.calls.states import Stage
from fondaco.enquiries.selectors import number_unanswered
from fondaco.questionnaires.selectors import form_of
from fondaco.web import words

DAYS = 30
"""How many days before the deadline are told one by one; what was before is the first of them."""
Bar = tuple[str, float]
Line = tuple[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Board:
    """Figures of a call while it runs."""

    days_left: int | None
    questions: int
    days: list[Line]
    series: list[str]
    earlier: list[Call]
    beside: Call | None
    quarters: list[Bar]
    sections: list[Bar]
    read: int
    """How many drafts the quarters are of."""

    @property
    def rows(self) -> list[tuple[str, str, float]]:
        """Everything as one table: which figure, of what, how many."""
        by_day = [
            (self.series[at], label, number)
            for label, numbers in self.days
            for at, number in enumerate(numbers)
        ]
        quarters = [(_("Drafts by what is answered"), *bar) for bar in self.quarters]
        return [
            *by_day,
            *quarters,
            *((_("Drafts by section saved last"), *b) for b in self.sections),
        ]


def board_of(call: Call, *, beside: str, at: datetime) -> Board:
    """The board of a call, beside the earlier call of that code, or the last one before it."""
    earlier = earlier_calls(call)
    other = next((one for one in earlier if one.code == beside), next(iter(earlier), None))
    drafts = draft_count(call)
    closes = deadline_of(call, at=at)
    return Board(
        days_left=_days(call, closes, at),
        questions=number_unanswered(call),
        days=_lines(call, other, at),
        series=_series(other),
        earlier=earlier,
        beside=other,
        quarters=_quarters(call) if drafts >= FEWEST else [],
        sections=_sections(call) if drafts >= FEWEST else [],
        read=min(drafts, MOST_READ),
    )


def earlier_calls(call: Call) -> list[Call]:
    """The published calls of the programme with a deadline before this one's, the last first."""
    closes = deadline_of(call)
    rows = Call.objects.filter(programme_id=call.programme_id, published_at__isnull=False)
    rows = rows.filter(is_demonstration=call.is_demonstration).exclude(pk=call.pk)
    found = [(deadline_of(one), one) for one in rows.prefetch_related("acts").order_by("pk")]
    before = [(ends, one) for ends, one in found if ends and closes and ends < closes]
    return [one for _ends, one in sorted(before, key=lambda pair: pair[0], reverse=True)]


def _days(call: Call, closes: datetime | None, at: datetime) -> int | None:
    """Whole days of the call's clock until the deadline, while it is open."""
    if (
        closes is None
        or at > closes
        or stage_of(call, at=at) not in {Stage.OPEN, Stage.FORTHCOMING}
    ):
        return None
    zone = ZoneInfo(call.zone)
    return (closes.astimezone(zone).date() - at.astimezone(zone).date()).days


def _series(other: Call | None) -> list[str]:
    own = [_("Begun"), _("Sent")]
    if other is None:
        return own
    named = {"call": other.code}
    return [*own, _("Begun, %(call)s") % named, _("Sent, %(call)s") % named]


def _lines(call: Call, other: Call | None, at: datetime) -> list[Line]:
    """Running totals by days before the deadline, as far as the call has come."""
    closes = deadline_of(call)
    if closes is None:
        return []
    zone = ZoneInfo(call.zone)
    ends, today = closes.astimezone(zone).date(), at.astimezone(zone).date()
    last = min(max((ends - today).days, 0), DAYS)
    totals = [_totals(found, ends) for found in (begun_by_day(call), sent_by_day(call))]
    if other is not None and (ended := deadline_of(other)):
        day = ended.astimezone(ZoneInfo(other.zone)).date()
        totals += [_totals(found, day) for found in (begun_by_day(other), sent_by_day(other))]
    return [
        (str(before), tuple(float(total[before]) for total in totals))
        for before in range(DAYS, last - 1, -1)
    ]


def _totals(found: Mapping[date, int], ends: date) -> dict[int, int]:
    """How many there were by the end of each day before the deadline, late ones with it."""
    before = [(max((ends - day).days, 0), number) for day, number in found.items()]
    return {
        left: sum(number for when, number in before if when >= left) for left in range(DAYS + 1)
    }


def _quarters(call: Call) -> list[Bar]:
    labels = [
        _("Less than a quarter of what is required"),
        _("A quarter to a half"),
        _("A half to three quarters"),
        _("Three quarters and more"),
        _("All that is required"),
    ]
    return [(label, float(n)) for label, n in zip(labels, drafts_by_quarter(call), strict=True)]


def _sections(call: Call) -> list[Bar]:
    """In the order of the form; a section that it has no more goes under its code."""
    found = sections_saved_last(call)
    known = (
        {one.code: words.say(one.title).text for one in form_of(call.form).sections}
        if call.form
        else {}
    )
    named = [(known[code], float(found.pop(code, 0))) for code in known]
    nothing = float(found.pop("", 0))
    return [(_("Nothing saved yet"), nothing), *named, *((c, float(n)) for c, n in found.items())]
