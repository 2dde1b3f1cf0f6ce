"""The gallery of parts: each with invented content, in every tone and state."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fondaco.web import samples


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
            ("charts", _("Charts and the map")),
            ("work", _("The desk")),
            ("letters", _("Letters and signatures")),
        )
    ]


def gallery(request: HttpRequest) -> HttpResponse:
    """Every part on one page."""
    context = {
        "sections": _sections(),
        "call": samples.call() | samples.timetable(),
        "cards": samples.cards(),
        "form": samples.filled_form(),
        "page": Paginator(range(143), 10).get_page(4),
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
