"""What is told of a call's drafts: numbers alone, and none that would tell of a single one."""

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from fondaco.applications.models import LONG_TEXTS, Application, SectionAnswers
from fondaco.applications.selectors.copies import copy_from
from fondaco.applications.states import State
from fondaco.calls.models import Call

FEWEST = 5
"""Of fewer drafts nothing is told but how many they are."""
MOST_READ = 200
"""How many drafts are read through at most: those that were edited last."""
QUARTERS = 4


def begun_by_day(call: Call) -> dict[date, int]:
    """How many applications were begun on each day of the call's clock, sent or not."""
    return _by_day(Application.objects.filter(call=call), "started_at", call)


def sent_by_day(call: Call) -> dict[date, int]:
    """How many applications were received on each day of the call's clock."""
    rows = Application.objects.filter(call=call, submitted_at__isnull=False)
    return _by_day(rows, "submitted_at", call)


def _by_day(rows: QuerySet[Application], moment: str, call: Call) -> dict[date, int]:
    days = rows.annotate(day=TruncDate(moment, tzinfo=ZoneInfo(call.zone))).order_by()
    return dict(days.values_list("day").annotate(Count("pk")))


def _drafts(call: Call) -> QuerySet[Application]:
    return Application.objects.filter(call=call, state=State.DRAFT)


def sections_saved_last(call: Call) -> dict[str, int]:
    """Where drafts stand: how many were saved last in which section."""
    saved = SectionAnswers.objects.filter(application=OuterRef("pk"), saved_by__isnull=False)
    last = Subquery(saved.order_by("-saved_at", "-pk").values("section")[:1])
    rows = _drafts(call).annotate(section=last).order_by().values_list("section")
    found = dict(rows.annotate(Count("pk")))
    return {section or "": number for section, number in found.items()}


def drafts_by_quarter(call: Call) -> list[int]:
    """How many drafts have none to a quarter of what is required, and so on; the last have all."""
    rows = _drafts(call).select_related("call", "organisation", "form").defer(*_LONG)
    read = rows.prefetch_related("section_answers").order_by("-edited_at", "-pk")[:MOST_READ]
    counted = Counter(_quarter(draft) for draft in read)
    return [counted[quarter] for quarter in range(QUARTERS + 1)]


_LONG = tuple(one for one in LONG_TEXTS if "programme" not in one and one != "form__schema")


def _quarter(draft: Application) -> int:
    made = copy_from(draft, draft.section_answers.all()).progress
    return QUARTERS if made.done >= made.most else QUARTERS * made.done // made.most
