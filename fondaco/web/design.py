"""The gallery of parts: each with invented content, in every tone and state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fondaco.web import samples
from fondaco.web.lists import exported, listed


def _sections() -> list[dict[str, str]]:
    """The parts of the page, for its menu."""
    return [
        {"url": f"#{place}", "label": label}
        for place, label in (
            ("colours", _("Colours and letters")),
            ("buttons", _("Buttons and marks")),
            ("notes", _("Notes and messages")),
            ("cards", _("Cards, tiles and lists")),
            ("forms", _("Forms")),
            ("tables", _("Tables")),
            ("lists", _("Lists")),
            ("charts", _("Charts and the map")),
            ("work", _("The desk")),
            ("letters", _("Letters and signatures")),
        )
    ]


def gallery(request: HttpRequest) -> HttpResponse:
    """Every part on one page; the list is a real one, of invented rows."""
    shown = listed(request, samples.listed_files(), samples.LISTED_FILES)
    if shown.wants_csv:
        return exported(shown)
    context = {
        "sections": _sections(),
        "call": samples.call() | samples.timetable(),
        "cards": samples.cards(),
        "form": samples.filled_form(),
        "list": shown,
        "icons": ("house", "handshake", "calendar", "money", "people", "seal", "map", "mail"),
        "tones": ("info", "ok", "warning", "error"),
        "is_demonstration": True,
        "waits": samples.waits(),
        "countries": samples.countries(),
        **samples.frame(),
        **samples.work(),
        **samples.figures(),
    }
    return render(request, "web/design.html", context)
