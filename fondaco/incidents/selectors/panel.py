"""What the last hour of a call looks like now, in a fixed number of questions to the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import TruncMinute

from fondaco.applications.models import Application, SectionAnswers, Submission
from fondaco.applications.selectors import copy_from
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.incidents.models import Attempt, Minute
from fondaco.incidents.rules.attempts import Result

HOUR, MINUTE, NOW = timedelta(hours=1), timedelta(minutes=1), timedelta(minutes=2)
KEPT = timedelta(seconds=5)
"""How long what was found is shown again to whoever asks."""
Versions = dict[int, tuple[int, bool]]
_WHOLE: dict[int, Versions] = {}
_SHOWN: dict[int, tuple[datetime, "Panel"]] = {}


@dataclass(frozen=True, slots=True)
class Panel:
    """The figures of one moment; `minutes` are the submissions of each of the last sixty."""

    at: datetime
    drafts: int
    whole: int
    edited: int
    submitted: int
    minutes: tuple[tuple[datetime, int], ...]
    late: int
    refused: int
    failed: int
    seen: Minute | None
    last_saved: datetime | None

    @property
    def submitted_in_hour(self) -> int:
        """How many versions were sent in the last hour."""
        return sum(number for _minute, number in self.minutes)

    @property
    def is_watched(self) -> bool:
        """Whether somebody looked from outside in the last minutes."""
        return self.seen is not None and self.at - self.seen.at < 3 * MINUTE


def panel_of(call: Call, *, at: datetime) -> Panel:
    """The panel; asked for again within seconds it is the same."""
    kept = _SHOWN.get(call.pk)
    if kept is not None and timedelta() <= at - kept[0] < KEPT:
        return kept[1]
    found = _looked_at(call, at)
    _SHOWN[call.pk] = (at, found)
    return found


def _looked_at(call: Call, at: datetime) -> Panel:
    drafts = Application.objects.filter(call=call, state=State.DRAFT)
    sections = SectionAnswers.objects.filter(application__call=call)
    saved = sections.aggregate(last=Max("saved_at"))["last"]
    edited = sections.filter(saved_at__gt=at - NOW).values("application").distinct().count()
    tried = _tried(call, at)
    return Panel(
        at=at,
        drafts=drafts.count(),
        whole=_whole(call, drafts),
        edited=edited,
        submitted=Submission.objects.filter(application__call=call).count(),
        minutes=_by_minute(call, at),
        late=tried.get(Result.LATE, 0),
        refused=tried.get(Result.REFUSED, 0),
        failed=tried.get(Result.FAILED, 0),
        seen=Minute.objects.order_by("-at").first(),
        last_saved=saved,
    )


def _tried(call: Call, at: datetime) -> dict[str, int]:
    """What came to nothing in the last hour."""
    rows = Attempt.objects.filter(application__call=call, at__gt=at - HOUR).order_by()
    return dict(rows.values("result").annotate(number=Count("pk")).values_list("result", "number"))


def _by_minute(call: Call, at: datetime) -> tuple[tuple[datetime, int], ...]:
    rows = Submission.objects.filter(application__call=call, at__gt=at - HOUR).order_by()
    counted = rows.annotate(minute=TruncMinute("at")).values("minute").annotate(number=Count("pk"))
    found = {row["minute"]: row["number"] for row in counted}
    last = at.replace(second=0, microsecond=0)
    return tuple((last - i * MINUTE, found.get(last - i * MINUTE, 0)) for i in range(59, -1, -1))


def _whole(call: Call, drafts: QuerySet[Application]) -> int:
    """How many drafts lack nothing; only those that changed since the last look are read."""
    known = _WHOLE.setdefault(call.pk, {})
    counted = drafts.annotate(changes=Sum("section_answers__revision"))
    now = dict(counted.values_list("pk", "changes"))
    changed = [pk for pk, changes in now.items() if known.get(pk, (-1,))[0] != (changes or 0)]
    rows = Application.objects.filter(pk__in=changed).select_related("form")
    for application in rows.prefetch_related("section_answers"):
        copy = copy_from(application, application.section_answers.all())
        is_whole = not copy.lacks and not copy.wrong
        known[application.pk] = (now[application.pk] or 0, is_whole)
    for pk in known.keys() - now.keys():
        del known[pk]
    return sum(is_whole for _changes, is_whole in known.values())
