"""What search engines may keep: open pages, and never a demonstration edition of a call."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from fondaco.calls.selectors import is_demonstration

Respond = Callable[[HttpRequest], HttpResponse]
INDEXED = frozenset(
    {
        "alive",
        "robots",
        "web:design",
        "trail:head",
        "trail:keys",
        "directory:picture",
        "applications:check",
        "applications:keys",
        "news:all",
        "news:programme",
        "news:calendar",
        *(f"desks:{name}" for name in ("start", "calls", "calls_csv", "programmes", "programme")),
        *(f"desks:{name}" for name in ("look", "mark", "about", "accessibility", "privacy")),
    }
)
"""Addresses that are open to all and belong to no call."""
OF_CALL = frozenset(
    {
        "desks:call",
        "desks:questions",
        "desks:questions_pdf",
        "applications:start",
        "desks:guide",
        "desks:guide_pdf",
        "desks:guide_docx",
        "enquiries:answers",
        "news:call",
        "news:deadline",
    }
)
"""Open addresses of one call; indexed unless it is a demonstration."""


def robots(respond: Respond) -> Respond:
    """Keep search engines off whatever is not open to all, and off demonstration editions."""

    def respond_to_robots(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if response.status_code != HTTPStatus.NOT_FOUND and _is_hidden(request):
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return respond_to_robots


def _is_hidden(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.view_name in INDEXED:
        return False
    if match.view_name in OF_CALL:
        return is_demonstration(match.kwargs.get("code") or match.kwargs["call"])
    return True
