"""Pages that plumbing itself must show: when something went wrong."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

FACELESS: dict[str, object] = {"programme_face": None}
"""A page of refusal never wears the face of a programme: it would tell what stands there."""

PRIVATE = ("account", "desk", "home", "letters", "mailbox", "organisations", "people", "story")
"""First words of the addresses that are nobody's to index."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came from a page that is too old: what was typed is still in the reader's browser."""
    return render(request, "403_csrf.html", FACELESS | {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing this reader may know of."""
    return render(request, "404.html", FACELESS, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A known person without the right."""
    return render(request, "403.html", FACELESS | {"why": str(exception)}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read."""
    return render(request, "400.html", FACELESS, status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """The fault is ours; where it is the database's, its page is written without one."""
    if getattr(request, "database_fault", None):
        return HttpResponse(status=503)
    return render(request, "500.html", FACELESS, status=500)


def alive(request: HttpRequest) -> HttpResponse:
    """For whoever watches the site."""
    return JsonResponse({"alive": True})


def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines need not look; what it names, anybody may know."""
    starts = ["/", *(f"/{language}/" for language, _own in settings.LANGUAGES)]
    lines = [f"Disallow: {start}{word}/" for start in starts for word in PRIVATE]
    return HttpResponse(
        "\n".join(["User-agent: *", *lines, ""]), content_type="text/plain; charset=utf-8"
    )
