"""The reader's own desk: what waits, and everything that is theirs."""

from django.http import HttpResponse
from django.shortcuts import render

from fondaco.applications.models import Application
from fondaco.applications.phrases import STATE_TONES, STATES
from fondaco.applications.states import State
from fondaco.desks.selectors import waiting
from fondaco.desks.views.lists import now
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.mail.selectors import letters_to
from fondaco.programmes.access import programmes_with
from fondaco.programmes.states import RoleKind

MOST_LETTERS = 8


def _shown(row: Application) -> dict[str, object]:
    state = State(row.state)
    return {"application": row, "state": STATES[state], "tone": STATE_TONES[state]}


@signed_in
def home(request: PersonRequest) -> HttpResponse:
    """What waits for me, until when; then my applications, letters and programmes."""
    at, person = now(request), request.user
    applications = waiting.own_applications(request.organisations)
    context = {
        "waits": waiting.all_waits(person, applications, at=at),
        "applications": [_shown(row) for row in applications],
        "letters": letters_to(person.pk)[:MOST_LETTERS],
        "officer_of": programmes_with(person, RoleKind.OFFICER, RoleKind.DECIDER),
        "observer_of": programmes_with(
            person, RoleKind.OBSERVER, RoleKind.OFFICER, RoleKind.DECIDER
        ),
        "has_organisation": bool(request.organisations),
    }
    return render(request, "desks/home.html", context)
