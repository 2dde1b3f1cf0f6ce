"""A call as its officer looks at it: how far it is and what comes next."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fondaco.applications import phrases
from fondaco.applications.selectors import draft_count, sent_applications
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.selectors import day_of_step, next_deadline_of, stage_of
from fondaco.calls.states import Stage
from fondaco.desks.selectors.calls import Badge, badges_of
from fondaco.directory.models import Person
from fondaco.kernel.texts import Spoken
from fondaco.mail.selectors import number_waiting
from fondaco.programmes.access import has_role
from fondaco.programmes.models import Programme
from fondaco.programmes.states import RoleKind
from fondaco.web import reference, words

Tile = dict[str, object]
Bar = tuple[str, float]
MOST_COUNTRIES = 12


@dataclass(frozen=True, slots=True)
class Overview:
    """Figures and pictures of one call."""

    tiles: list[Tile]
    by_day: list[Bar]
    by_country: list[Bar]


def overview_of(call: Call) -> Overview:
    """How many drafts and applications, from where, on which days."""
    states = Counter(sent_applications(call).values_list("state", flat=True))
    tiles: list[Tile] = [
        {"label": _("Being written"), "value": words.number(draft_count(call))},
        {"label": pgettext("how many", "Received"), "value": words.number(sum(states.values()))},
        {"label": _("Letters waiting"), "value": words.number(number_waiting(call.code))},
    ]
    tiles += [
        {"label": phrases.STATES[state], "value": words.number(states[state])}
        for state in (State.SUBMITTED, State.COMPLETION, State.ELIGIBLE, State.INELIGIBLE)
        if states[state]
    ]
    return Overview(tiles, _by_day(call), _by_country(call))


def internal_steps(call: Call, *, at: datetime) -> list[tuple[Spoken, str]]:
    """The steps that only officers see, each with its day."""
    found = [(step, day_of_step(call, step, at=at)) for step in call.steps.all()]
    return [
        (words.say(step.label), words.day(on) if on else _("Date not set"))
        for step, on in found
        if step.is_internal
    ]


def _by_day(call: Call) -> list[Bar]:
    rows = (
        sent_applications(call)
        .annotate(day=TruncDate("submitted_at"))
        .order_by("day")
        .values_list("day")
        .annotate(Count("pk"))
    )
    return [(words.day(day, form="d MMM"), float(count)) for day, count in rows]


def _by_country(call: Call) -> list[Bar]:
    rows = (
        sent_applications(call)
        .order_by()
        .values_list("organisation__country")
        .annotate(number=Count("pk"))
        .order_by("-number", "organisation__country")
    )
    named = [(reference.name_of(reference.countries(), code), float(count)) for code, count in rows]
    return named[:MOST_COUNTRIES]


@dataclass(frozen=True, slots=True)
class Office:
    """The office of a call as one reader may enter it; its menu is drawn from this."""

    call: Call
    is_officer: bool


def office_of(call: Call, person: Person) -> Office:
    """What of the office is open to the person: deciders see less than officers."""
    return Office(call, has_role(person, call.programme_id, RoleKind.OFFICER))


@dataclass(frozen=True, slots=True)
class OfficeCall:
    """A call in the list of those who run it: where it stands, and until when."""

    call: Call
    stage: Stage
    badges: list[Badge]
    closes: datetime | None


def office_calls(programme: Programme, *, at: datetime) -> list[OfficeCall]:
    """The calls of a programme, each with the number of applications it received."""
    received = Count("applications", filter=Q(applications__submitted_at__isnull=False))
    calls = (
        Call.objects.filter(programme=programme)
        .select_related("programme")
        .prefetch_related("acts")
        .annotate(received=received)
        .order_by("-is_demonstration", "code")
    )
    return [
        OfficeCall(call, stage, badges_of(call, stage), next_deadline_of(call, at=at))
        for call in calls
        for stage in [stage_of(call, at=at)]
    ]
