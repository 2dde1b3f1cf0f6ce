"""What somebody tried in vain is written down: cheaply, and also while the database is away."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils import timezone

from fondaco.applications.selectors.keeping import pass_once_given
from fondaco.incidents.gateways import attempts_log
from fondaco.incidents.rules.attempts import Attempt, Kind, result_of, written
from fondaco.web.refusals import refusal_of
from fondaco.web.routes import route_of

Respond = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)
SENDING = frozenset({"POST", "PATCH"})
NO = 400
TRIED = {
    "keep:section": Kind.SAVE,
    "applications:section": Kind.SAVE,
    "applications:submit": Kind.SUBMIT,
    "documents:creation": Kind.UPLOAD,
    "documents:transfer": Kind.UPLOAD,
}
BY_SIGNED_IN = frozenset({Kind.UPLOAD})


def noting(respond: Respond) -> Respond:
    """Write a line about each save, submission or upload that was answered with a no."""

    def respond_and_note(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if request.method in SENDING and _came_to_nothing(response):
            try:
                _note(request, response)
            except OSError:
                logger.exception("an attempt could not be written down: %s", request.path)
        return response

    return respond_and_note


def _came_to_nothing(response: HttpResponse) -> bool:
    return response.status_code >= NO or refusal_of(response) is not None


def _note(request: HttpRequest, response: HttpResponse) -> None:
    match = route_of(request)
    kind = TRIED.get(match.view_name) if match else None
    if match is None or kind is None:
        return
    person, refusal = _person_of(request, kind), refusal_of(response)
    about = (refusal.about if refusal else "") or _about(match, kind)
    if not person or not about:
        return
    at: datetime = request.received_at  # type: ignore[attr-defined]
    reasons = refusal.reasons if refusal else ()
    result = result_of(response.status_code, reasons)
    name, status = secrets.token_hex(16), response.status_code
    attempt = Attempt(name, at, kind, about, person, status, result, reasons)
    attempts_log().add(written(attempt), at=timezone.now())
    response["X-Attempt"] = name


def _about(match: ResolverMatch, kind: Kind) -> str:
    """The application, or with a mark before it the file on its way."""
    code = str(match.kwargs.get("code", ""))
    return f"@{code}" if code and kind is Kind.UPLOAD else code


def _person_of(request: HttpRequest, kind: Kind) -> int | None:
    """Who is signed in; while the database is away, whose pass the page shows."""
    person = getattr(request, "_cached_user", None)
    if person is not None and person.pk:
        return int(person.pk)
    given = None if kind in BY_SIGNED_IN else pass_once_given(request.POST.get("pass", ""))
    return given.person if given else None
