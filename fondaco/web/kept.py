"""Pages that look the same to every visitor, kept in memory for some seconds."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

View = Callable[..., HttpResponse]
OK = 200


def kept_for_visitors(view: View) -> View:
    """Make a page once in `FONDACO_PAGES_KEPT` seconds for all who are not signed in."""

    @wraps(view)
    def respond(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.PAGES_KEPT or not _is_visitor(request):
            return view(request, *args, **kwargs)
        pages, key = caches["pages"], _key_of(request)
        if kept := pages.get(key):
            return HttpResponse(kept)
        response = view(request, *args, **kwargs)
        if _is_for_all(request, response):
            pages.set(key, response.content, settings.PAGES_KEPT)
        return response

    return respond


def _is_visitor(request: HttpRequest) -> bool:
    """Whether the page can hold nothing of this reader alone: no session, no message."""
    has_own = {settings.SESSION_COOKIE_NAME, "messages"} & set(request.COOKIES)
    is_whole = "HX-Request" not in request.headers
    return request.method == "GET" and not has_own and is_whole


def _is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether what was made is anybody's: neither a cookie nor a token of a form stands in it."""
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    return response.status_code == OK and not response.cookies and not has_token


def _key_of(request: HttpRequest) -> str:
    said = f"{request.build_absolute_uri()} {get_language()}"
    return sha256(said.encode()).hexdigest()
