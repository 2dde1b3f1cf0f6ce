"""When a request was received, and which language its reader keeps."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

Respond = Callable[[HttpRequest], HttpResponse]
FARTHEST_BACK = timedelta(minutes=10)


def _stamped(request: HttpRequest, now: datetime) -> datetime:
    """The proxy's stamp of the first byte, where our own proxy stands in front; else now."""
    stamp = request.headers.get("X-Received-At", "") if settings.IS_BEHIND_PROXY else ""
    try:
        received = datetime.fromtimestamp(float(stamp), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return received if now - FARTHEST_BACK <= received <= now else now


def received_at(respond: Respond) -> Respond:
    """Give each request the moment that counts for deadlines: `request.received_at`, UTC."""

    def respond_dated(request: HttpRequest) -> HttpResponse:
        request.received_at = _stamped(request, timezone.now())  # type: ignore[attr-defined]
        return respond(request)

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
