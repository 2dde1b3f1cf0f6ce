"""Files that arrive in parts, by the protocol tus 1.0.0: addresses of scripts, no pages."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import http_date

from fondaco.directory.access import PersonRequest
from fondaco.directory.models import Person
from fondaco.documents import gateways, phrases, services
from fondaco.documents.access import Terms, door_named, transfer_for
from fondaco.documents.forms import Faulty, first_part_in, part_in, wanted_in
from fondaco.documents.gateways import Arrival, End
from fondaco.documents.models import Transfer
from fondaco.documents.rules import (
    HEAD,
    MEGABYTE,
    Fault,
    Part,
    Reason,
    checksum_asked,
    head_acceptance,
    is_over,
    part_faults,
)
from fondaco.documents.services import Wanted
from fondaco.kernel.decisions import Refused, require
from fondaco.web import bodies
from fondaco.web.refusals import refused

P = ParamSpec("P")
VERSION = "1.0.0"
DAMAGED = 460
"""The protocol's own status for a part that does not meet its checksum."""
COME_AGAIN = 2
FAULTY = {
    Fault.NOT_OCTETS: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Fault.NO_CONTENT_LENGTH: HTTPStatus.LENGTH_REQUIRED,
    Fault.PART_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Fault.BEYOND_THE_END: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}
REFUSED = {
    Reason.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Reason.TOO_MUCH_UNFINISHED: HTTPStatus.TOO_MANY_REQUESTS,
    Reason.OTHER_CONTENT: DAMAGED,
}
ENDED: dict[End, tuple[int, Promise]] = {
    End.CUT: (HTTPStatus.REQUEST_TIMEOUT, phrases.SLOW),
    End.FULL: (HTTPStatus.INSUFFICIENT_STORAGE, phrases.NO_ROOM),
    End.BROKEN: (DAMAGED, phrases.BROKEN),
    End.LOCKED: (HTTPStatus.LOCKED, phrases.LOCKED),
    End.MOVED: (HTTPStatus.CONFLICT, phrases.MOVED_ON),
}


def _told(status: int, *words: str | Promise, **headers: str) -> HttpResponse:
    """A refusal in the reader's words."""
    response = JsonResponse({"reasons": [str(word) for word in words]}, status=status)
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


def _abilities() -> HttpResponse:
    return HttpResponse(
        status=HTTPStatus.NO_CONTENT,
        headers={
            "Tus-Version": VERSION,
            "Tus-Extension": "creation,creation-with-upload,termination,checksum,expiration",
            "Tus-Checksum-Algorithm": "sha256",
            "Tus-Max-Size": str(settings.UPLOAD_MEGABYTES * MEGABYTE),
        },
    )


Answer = Callable[Concatenate[PersonRequest, P], HttpResponse]


def tus(answer: Answer[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The frame of the protocol: what we can, which version, who asks; refusals in words."""

    @wraps(answer)
    def framed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "OPTIONS":
            response = _abilities()
        elif not isinstance(request.user, Person):
            response = _told(HTTPStatus.UNAUTHORIZED, phrases.SIGN_IN)
        elif request.headers.get("Tus-Resumable") != VERSION:
            response = HttpResponse(status=HTTPStatus.PRECONDITION_FAILED)
            response["Tus-Version"] = VERSION
        else:
            response = _answered(lambda: answer(cast(PersonRequest, request), *args, **kwargs))
        response["Tus-Resumable"], response["Cache-Control"] = VERSION, "no-store"
        return response

    return framed


def _answered(ask: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return ask()
    except Faulty as faulty:
        status = FAULTY.get(faulty.fault, HTTPStatus.BAD_REQUEST)
        return _told(status, phrases.FAULTS[faulty.fault])
    except Http404:
        return _told(HTTPStatus.NOT_FOUND, phrases.GONE)
    except PermissionDenied as denied:
        return _told(HTTPStatus.FORBIDDEN, *(str(word) for word in denied.args))


@tus
def creation(request: PersonRequest) -> HttpResponse:
    """Announce a file, for a place of a thing; its address is where its parts are sent."""
    if request.method != "POST":
        return _told(HTTPStatus.METHOD_NOT_ALLOWED, Allow="OPTIONS, POST")
    wanted, at = wanted_in(request.headers), request.received_at
    terms = Terms((), 0)
    try:
        terms = door_named(wanted.door).admits(request.user, wanted.owner, wanted.place, at)
        transfer, before = services.begin_transfer(wanted, terms=terms, by=request.user, at=at)
    except Refused as refusal:
        answer = _refused(wanted, terms, refusal.reasons)
        return refused(answer, refusal.reasons, about=wanted.owner)
    for code in before:
        gateways.remove(code)
    first = first_part_in(request.headers)
    response = _received(request, transfer, first) if first else _stands(transfer, 0)
    if response.status_code == HTTPStatus.NO_CONTENT:
        response.status_code = HTTPStatus.CREATED
        response["Location"] = reverse("documents:transfer", args=[transfer.code])
    return response


@tus
def transfer(request: PersonRequest, code: str) -> HttpResponse:
    """One file on its way: how far it is, the next part of it, or no longer wanted."""
    known = transfer_for(request.user, code)
    method = request.method or ""
    if method == "POST":
        method = request.headers.get("X-HTTP-Method-Override", "POST")
    if method == "DELETE":
        return _dropped(known)
    if method not in {"HEAD", "PATCH"}:
        return _told(HTTPStatus.METHOD_NOT_ALLOWED, Allow="OPTIONS, HEAD, PATCH, DELETE")
    if not known.finished_at and is_over(
        _touched(known), hours=settings.UPLOAD_HOURS, at=request.received_at
    ):
        return _told(HTTPStatus.GONE, phrases.GONE)
    if method == "PATCH":
        return _received(request, known, part_in(request.headers))
    stands = _stands(known, known.length if known.finished_at else gateways.offset_of(code))
    stands.status_code = HTTPStatus.OK
    return stands


def _dropped(known: Transfer) -> HttpResponse:
    services.drop_transfer(known.code)
    gateways.remove(known.code)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _received(request: PersonRequest, known: Transfer, part: Part) -> HttpResponse:
    """Read the part while nothing else is held: no row, no connection to the database."""
    if faults := part_faults(part, whole=known.length):
        raise Faulty(faults[0])
    offset, length = part.offset or 0, part.length or 0
    if known.finished_at:
        is_end = offset == known.length
        return _stands(known, offset) if is_end else _ended(Arrival(known.length, End.MOVED))
    with bodies.seat() as is_free:
        if not is_free:
            bodies.stop_reading(request)
            again = {"Retry_After": str(COME_AGAIN)}
            return _told(HTTPStatus.SERVICE_UNAVAILABLE, phrases.BUSY, **again)
        bodies.release_database()
        arrival = gateways.append(
            known.code,
            bodies.pieces(request, length),
            offset=offset,
            length=length,
            checksum=checksum_asked(part.checksum),
        )
    return _ended(arrival) if arrival.end != End.WHOLE else _taken(request, known, part, arrival)


def _ended(arrival: Arrival) -> HttpResponse:
    status, words = ENDED[arrival.end]
    return _told(status, words, Upload_Offset=str(arrival.offset))


def _taken(request: PersonRequest, known: Transfer, part: Part, arrival: Arrival) -> HttpResponse:
    """Look at the first bytes as soon as they are there, and keep the file once it is whole."""
    try:
        if (part.offset or 0) < HEAD <= arrival.offset:
            require(head_acceptance(gateways.head_of(known.code), accepts=known.accepts))
        if arrival.offset == known.length:
            known = _finished(request, known)
    except Refused as refusal:
        if all(reason in set(Reason) for reason in refusal.reasons):
            _dropped(known)
        wanted = Wanted(known.door, known.owner, known.place, known.name, known.length)
        answer = _refused(wanted, Terms(tuple(known.accepts), known.megabytes), refusal.reasons)
        return refused(answer, refusal.reasons, about=wanted.owner)
    except OSError as fault:
        if fault.errno not in gateways.NO_ROOM:
            raise
        return _ended(Arrival(arrival.offset, End.FULL))
    return _stands(known, arrival.offset)


def _finished(request: PersonRequest, known: Transfer) -> Transfer:
    """Hand the file over; of two requests that bring its end, the second finds it done."""
    try:
        with gateways.whole(known.code) as content:
            done = services.finish_transfer(
                known.code, content=content, by=request.user, at=request.received_at
            )
    except FileNotFoundError:
        return transfer_for(request.user, known.code)
    gateways.remove(known.code)
    return done


def _stands(known: Transfer, offset: int) -> HttpResponse:
    """How far a file is, until when it is kept, and what became of it."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Upload-Offset"], response["Upload-Length"] = str(offset), str(known.length)
    if known.finished_at is None:
        end = _touched(known) + timedelta(hours=settings.UPLOAD_HOURS)
        response["Upload-Expires"] = http_date(end.timestamp())
    elif known.upload:
        kept = known.upload
        told = {"name": kept.name, "size": kept.size, "sha256": kept.sha256, "scan": kept.scan}
        response["Upload-Kept"] = json.dumps({**told, "address": known.address})
    return response


def _touched(known: Transfer) -> datetime:
    arrived = datetime.fromtimestamp(gateways.touched_at(known.code), tz=UTC)
    return max(known.at, arrived)


def _refused(wanted: Wanted, terms: Terms, reasons: Iterable[str]) -> HttpResponse:
    """Every reason as a sentence, with what is allowed."""
    reasons, door = list(reasons), door_named(wanted.door)
    of_files = [reason for reason in reasons if reason in set(Reason)]
    accepts, megabytes = terms.accepts, terms.megabytes
    words = [
        *(
            phrases.refusal(reason, name=wanted.name, accepts=accepts, megabytes=megabytes)
            for reason in of_files
        ),
        *door.says([reason for reason in reasons if reason not in of_files]),
    ]
    status = REFUSED.get(Reason(of_files[0])) if of_files else None
    return _told(status or HTTPStatus.UNPROCESSABLE_ENTITY, *words)
