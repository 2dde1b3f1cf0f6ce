"""What letters about an application say of it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from fondaco.applications.models import Application
from fondaco.directory.models import Person
from fondaco.web import words


def words_of_letter(application: Application, to: Person, *, at: datetime) -> dict[str, str]:
    """The placeholders that every letter about it may name, in the language that is active."""
    call = application.call
    page = reverse("applications:detail", args=[call.code, application.code])
    return {
        "person": to.name,
        "organisation": application.organisation.name,
        "call": words.say(call.title).text,
        "programme": call.programme.acronym,
        "number": application.code,
        "date": words.moment_with_zone(at, call.zone),
        "address": f"{settings.ADDRESS}{page}",
    }
