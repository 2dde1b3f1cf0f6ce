"""Which drafts are reminded of the deadline now, and who wants no reminders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from fondaco.applications.models import Application, ReminderStop
from fondaco.applications.rules.reminding import is_reminded, reminder_due
from fondaco.applications.selectors.rows import writers_to
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.selectors import next_deadline_of, stage_of
from fondaco.calls.states import Stage
from fondaco.directory.models import Person

SALT = "fondaco.applications.reminders"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A draft, how many days before which deadline it is reminded, and whom."""

    application: Application
    days: int
    closes_at: datetime
    people: list[Person]


def reminders_due(*, at: datetime) -> Iterator[Reminder]:
    """Every draft of an open call on one of the days that its officer set."""
    calls = Call.objects.filter(published_at__isnull=False).exclude(reminders=[])
    for call in calls.select_related("programme").prefetch_related("acts"):
        closes = next_deadline_of(call, at=at)
        if closes is None or stage_of(call, at=at) != Stage.OPEN:
            continue
        days = reminder_due(call.reminders, closes, at=at)
        if days is not None:
            yield from _of(call, days, closes)


def _of(call: Call, days: int, closes: datetime) -> Iterator[Reminder]:
    drafts = Application.objects.filter(call=call, state=State.DRAFT).order_by("pk")
    for draft in drafts.select_related("call__programme", "organisation", "started_by"):
        if is_reminded(draft.started_at, closes, days):
            yield Reminder(draft, days, closes, _people(draft))


def _people(draft: Application) -> list[Person]:
    """Whoever began it, else who runs the organisation; without those who stopped it."""
    starter = draft.started_by
    people = [starter] if starter and starter.is_active else writers_to(draft)
    stopped = set(ReminderStop.objects.filter(application=draft).values_list("person", flat=True))
    return [one for one in people if one.pk not in stopped]


def token_to_stop(application: Application, person: Person) -> str:
    """What stands in the link with which a person ends the reminders about an application."""
    return signing.dumps([application.pk, person.pk], salt=SALT)


def application_to_stop(token: str) -> tuple[Application, Person] | None:
    """The application and the person of such a link."""
    try:
        [application, person] = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    rows = Application.objects.select_related("call__programme").filter(pk=application)
    found = rows.first(), Person.objects.filter(pk=person).first()
    return (found[0], found[1]) if found[0] and found[1] else None
