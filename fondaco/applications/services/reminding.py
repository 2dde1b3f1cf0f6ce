"""Reminding drafts of the deadline, on the days that the officer set, and ending it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from fondaco.applications.models import Application, ReminderStop
from fondaco.applications.selectors.letters import words_of_letter
from fondaco.applications.selectors.reminding import Reminder, token_to_stop
from fondaco.directory.models import Person
from fondaco.mail.selectors import letter_written, template_for
from fondaco.mail.services import write_letter
from fondaco.mail.states import Occasion
from fondaco.trail import services as trail
from fondaco.web import words


@transaction.atomic
def remind(reminder: Reminder, *, at: datetime) -> int:
    """Write to the people of a draft, each once for each day and deadline; to how many."""
    application, day = reminder.application, reminder.closes_at.date()
    subject = f"{application.code}.reminder-{reminder.days}-{day:%Y%m%d}"
    written = sum(_written(reminder, person, subject, at=at) for person in reminder.people)
    if written:
        trail.record(
            "application.reminded",
            subject=application.code,
            programme=application.call.programme.code,
            by_id=None,
            at=at,
            days=reminder.days,
        )
    return written


def _written(reminder: Reminder, person: Person, subject: str, *, at: datetime) -> int:
    if letter_written(subject, Occasion.DRAFT_REMINDER, person.pk):
        return 0
    application, call = reminder.application, reminder.application.call
    stop = reverse("applications:reminders-stop", args=[token_to_stop(application, person)])
    template = template_for(call.programme, call.code, Occasion.DRAFT_REMINDER, person.language)
    with translation.override(template.language if template else person.language):
        said = words_of_letter(application, person, at=at)
        said["until"] = words.moment_with_zone(reminder.closes_at, call.zone)
        said["stop"] = f"{settings.ADDRESS}{stop}"
    letter = write_letter(
        programme=call.programme,
        call=call.code,
        occasion=Occasion.DRAFT_REMINDER,
        to=person,
        subject_code=subject,
        words=said,
        at=at,
        is_released=True,
    )
    return int(letter is not None)


@transaction.atomic
def stop_reminders(application: Application, person: Person, *, at: datetime) -> None:
    """Write no more reminders about it to the person; said twice, it is said once."""
    _stop, is_new = ReminderStop.objects.get_or_create(
        application=application, person=person, defaults={"at": at}
    )
    if is_new:
        trail.record(
            "application.reminders-stopped",
            subject=application.code,
            programme=application.call.programme.code,
            by_id=person.pk,
            at=at,
        )
