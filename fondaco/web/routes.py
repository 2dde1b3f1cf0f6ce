"""Where a request leads, for whoever must know it before the middleware that chooses a language."""

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation


def language_of(request: HttpRequest) -> str:
    """The language of the address, else of the reader's cookie, else of the browser."""
    return translation.get_language_from_request(request, check_path=True)


def route_of(request: HttpRequest) -> ResolverMatch | None:
    """The route of a request, looked up once; None where there is none."""
    if not hasattr(request, "known_route"):
        request.known_route = _resolved(request)  # type: ignore[attr-defined]
    return request.known_route  # type: ignore[attr-defined, no-any-return]


def _resolved(request: HttpRequest) -> ResolverMatch | None:
    with translation.override(language_of(request)):
        try:
            return resolve(request.path_info)
        except Resolver404:
            return None
