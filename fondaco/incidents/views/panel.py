"""The last hour of a call as it runs; the page asks for itself again every ten seconds."""

import time

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fondaco.calls.models import Call
from fondaco.calls.selectors import deadline_of
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.incidents import access, phrases
from fondaco.incidents.rules.minutes import Status
from fondaco.incidents.selectors.panel import Panel, panel_of
from fondaco.incidents.views import pages
from fondaco.web import load, turned, words

Tile = dict[str, str]
MINUTES = 60


@signed_in
@never_cache
@require_safe
def panel(request: PersonRequest, call: str) -> HttpResponse:
    """Drafts, submissions a minute, what came to nothing, and how the platform is."""
    found = access.call_for_office(request.user, call)
    at = request.received_at
    shown = panel_of(found, at=at)
    status = Status(shown.seen.status) if shown.seen and shown.is_watched else Status.UNKNOWN
    context = {
        "call": found,
        "trail": pages.way_to(found),
        "panel": shown,
        "tiles": _tiles(shown),
        "by_minute": _pictured(shown, found),
        "closes_at": deadline_of(found, at=at),
        "status": str(phrases.STATUSES[status]),
        "tone": phrases.STATUS_TONES[status],
    }
    part = request.headers.get("HX-Request")
    return render(request, f"incidents/{'_panel' if part else 'panel'}.html", context)


def _tiles(shown: Panel) -> list[Tile]:
    figures = [
        (_("Drafts"), shown.drafts, _("being written or left lying")),
        (_("Complete drafts"), shown.whole, _("nothing is missing, not sent yet")),
        (_("Being edited now"), shown.edited, _("saved in the last two minutes")),
        (_("Versions sent"), shown.submitted, ""),
        (_("Sent in the last hour"), shown.submitted_in_hour, ""),
        (_("Too late"), shown.late, _("in the last hour")),
        (_("Refused"), shown.refused, _("in the last hour")),
        (_("Failed"), shown.failed, _("in the last hour: the fault was the platform's")),
    ]
    away = turned.within(MINUTES, at=time.time())
    figures.append((_("Turned away"), away, _("pages asked to wait, in the last hour")))
    tiles = [{"label": label, "value": words.number(n), "note": note} for label, n, note in figures]
    waits = round(load.seconds_now(time.monotonic()) * 1000)
    answer = _("%(number)s ms") % {"number": words.number(waits)}
    return [*tiles, {"label": _("A request takes"), "value": answer, "note": _("in this process")}]


def _pictured(shown: Panel, call: Call) -> list[tuple[str, int]]:
    return [(words.clock(minute, call.zone), number) for minute, number in shown.minutes]
