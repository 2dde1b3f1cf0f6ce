"""When a request was received, how long it took, and which language its reader keeps."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from fondaco.web import load
from fondaco.web.moments import ARRIVED, WAITED

Respond = Callable[[HttpRequest], HttpResponse]
FARTHEST_BACK = timedelta(minutes=10)


def _stamped(request: HttpRequest, now: datetime) -> datetime:
    """The stamp of the first byte by our own proxy, else by our own server; else now."""
    own = request.META.get(ARRIVED) or ""
    stamp = request.headers.get("X-Received-At", "") if settings.IS_BEHIND_PROXY else ""
    try:
        received = datetime.fromtimestamp(float(stamp or own), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return received if now - FARTHEST_BACK <= received <= now else now


def received_at(respond: Respond) -> Respond:
    """Give each request the moment that counts for deadlines: `request.received_at`, UTC.

    What it waited for a thread and took is measured; a long body tells of the sender's line alone.
    """

    def respond_dated(request: HttpRequest) -> HttpResponse:
        now, begun = timezone.now(), time.monotonic()
        received = _stamped(request, now)
        request.received_at = received  # type: ignore[attr-defined]
        response = respond(request)
        if int(request.META.get("CONTENT_LENGTH") or 0) <= load.LARGE:
            done = time.monotonic()
            load.add(request.META.get(WAITED, 0.0) + done - begun, at=done)
        return response

    return respond_dated


def language_kept(respond: Respond) -> Respond:
    """Keep the language of the address in a cookie, so that the next visit starts in it."""

    def respond_keeping(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        spoken = translation.get_language_from_path(request.path_info)
        if spoken and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != spoken:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                spoken,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite="Lax",
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
            )
        return response

    return respond_keeping
