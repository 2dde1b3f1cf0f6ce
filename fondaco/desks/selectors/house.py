"""What waits for those who run an organisation, and for the administrator of the installation."""

from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fondaco.desks.selectors.waiting import Wait
from fondaco.directory.models import Person
from fondaco.directory.selectors.requests import requests_to_join, requests_to_run
from fondaco.directory.states import RequestState
from fondaco.trail.selectors import failed_reactions
from fondaco.web import words


def house_waits(person: Person) -> list[Wait]:
    """Colleagues who ask to join; for the administrator, who asks to run, and what failed."""
    found = [
        _wait(
            _("A person asks to join your organisation"),
            reverse("directory:colleagues", args=[asked.organisation.code]),
            asked.at,
            about=f"{asked.person} · {asked.organisation.name}",
        )
        for asked in requests_to_join(person)
    ]
    return found + (_installation_waits() if person.is_installation_admin else [])


def _installation_waits() -> list[Wait]:
    found = [
        _wait(
            _("A person asks to run an organisation"),
            reverse("directory:requests"),
            asked.at,
            about=f"{asked.person} · {asked.organisation.name}",
        )
        for asked in requests_to_run().filter(state=RequestState.WAITING)
    ]
    told = failed_reactions().filter(due_at__isnull=True)
    failed = told.order_by().aggregate(number=Count("pk"), first=Min("at"))
    if failed["first"]:
        number = failed["number"]
        what = ngettext("One reaction failed", "%(count)s reactions failed", number)
        said = what % {"count": words.number(number)}
        found.append(_wait(said, reverse("trail:troubles"), failed["first"], icon="warning"))
    return found


def _wait(what: str, url: str, moment: datetime, *, about: str = "", icon: str = "people") -> Wait:
    day = localdate(moment)
    said = _("since %(day)s") % {"day": words.day(day)}
    return Wait(what, url, about, until=said, tone="soon", icon=icon, since=day)
