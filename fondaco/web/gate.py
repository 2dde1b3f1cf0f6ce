"""The gate: what waits well gives way to what must not be lost, and nobody takes everything."""

import random
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from fondaco.web import turned
from fondaco.web.light import light_page
from fondaco.web.moments import TURNED
from fondaco.web.pace import address_of
from fondaco.web.ranks import Rank, rank_of
from fondaco.web.tally import Known, Tally, until_next_minute

Respond = Callable[[HttpRequest], HttpResponse]
SOONEST, LATEST = 4, 12
"""Seconds after which a waiting page goes on; they differ, so that not all come at once."""
TALLY, KNOWN = Tally(), Known()


def gated(respond: Respond) -> Respond:
    """Answer with a light page where too much waits already, or one reader asks for too much.

    Nothing that saves, uploads or submits is ever turned away, and no receipt.
    """

    def respond_in_turn(request: HttpRequest) -> HttpResponse:
        if request.META.get(TURNED):
            again = random.randint(SOONEST, LATEST)  # noqa: S311 - no secret hangs on it
            return _light(request, "web/queue.html", HTTPStatus.SERVICE_UNAVAILABLE, again)
        if _is_paced(request) and not _may_ask(request):
            again = until_next_minute(time.time())
            return _light(request, "web/paced.html", HTTPStatus.TOO_MANY_REQUESTS, again)
        response = respond(request)
        _note_person(request)
        return response

    return respond_in_turn


def _light(request: HttpRequest, template: str, status: int, again: int) -> HttpResponse:
    turned.note(at=time.time())
    language = translation.get_language_from_request(request, check_path=True)
    return light_page(template, language=language, status=status, again=again)


def _is_paced(request: HttpRequest) -> bool:
    """Whether it counts: a page that is read, and that is neither a receipt nor a part of one."""
    if request.method not in {"GET", "HEAD"} or request.path.startswith(settings.STATIC_URL):
        return False
    return rank_of(request.method, request.path) is not Rank.FIRST


def _may_ask(request: HttpRequest) -> bool:
    """Each signed-in person has a measure of their own; others share that of their address."""
    person = KNOWN.person_of(_session_of(request))
    most = settings.PAGES_BY_ADDRESS if person is None else settings.PAGES_BY_PERSON
    who = f"address {address_of(request)}" if person is None else f"person {person}"
    return not most or TALLY.add(who, at=time.time()) <= most


def _session_of(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def _note_person(request: HttpRequest) -> None:
    """Remember whose session it is, where the answer has found that out anyway."""
    person = getattr(request, "_cached_user", None)
    if person is not None and person.pk and _session_of(request):
        KNOWN.note(_session_of(request), person.pk)
