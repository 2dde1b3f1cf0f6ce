"""What stands before everything that needs the database: whoever sends is heard without it too."""

import logging
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import ResolverMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fondaco.applications.rules.passes import Pass
from fondaco.applications.rules.posted import marks_posted
from fondaco.applications.selectors.keeping import read_pass
from fondaco.intake.gateways import NotKept, database_answers, fault_of, spool
from fondaco.intake.rules.faults import Fault, Line
from fondaco.intake.rules.origins import is_own, origin_of
from fondaco.intake.rules.records import APPLICATION, LARGEST, Kind, Record, TooLarge, sha256_of
from fondaco.intake.tasks import bring_in_application
from fondaco.web import words
from fondaco.web.light import light_page
from fondaco.web.routes import language_of, route_of

Respond = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)
LINE = Line()
KEPT_BY_ITSELF = frozenset({"keep:section"})
KEPT_BY_BUTTON = frozenset({"applications:section"})
SUBMITTED = frozenset({"applications:submit"})
ASKED_AFTER = frozenset({"intake:received"})
NEEDS_NO_DATABASE = frozenset({"alive", "robots"})
OURS_ALONE = ("csrfmiddlewaretoken", "pass", "language")
LONGEST_PAUSE = 30
AGAIN = 5
KEY_LENGTH = 64
FORBIDDEN, TOO_LARGE, NO_ROOM, AWAY, RECEIVED = 403, 413, 507, 503, 202


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request sends to which application; `by_itself` wants JSON and not a page."""

    kind: Kind
    application: str
    section: str = ""
    by_itself: bool = False


class NotReceived(Exception):
    """The spool does not take it: the status, a word for the script, and a sentence."""

    def __init__(self, status: int, why: str, words: str) -> None:
        super().__init__(why)
        self.status, self.why, self.words = status, why, words


def spooling(respond: Respond) -> Respond:
    """Answer without the database where it is gone; before an application is asked for, bring in.

    What was received of an application while the database was away comes before whatever is
    asked of it now, so that nobody reads or sends an older text than they were told is received.
    """

    def respond_or_spool(request: HttpRequest) -> HttpResponse:
        match = route_of(request)
        name = match.view_name if match else ""
        if name in NEEDS_NO_DATABASE or request.path.startswith(settings.STATIC_URL):
            return respond(request)
        if LINE.is_cut and not _is_back():
            return _without_database(request, match)
        if (fault := _brought_before(request, match)) is not None:
            return _met(fault, request, match)
        return _tried(respond, request, match)

    return respond_or_spool


def _tried(respond: Respond, request: HttpRequest, match: ResolverMatch | None) -> HttpResponse:
    fault: Fault | None = None
    try:
        response = respond(request)
    except Error as failure:
        fault = fault_of(failure)
        if fault is None:
            raise
    fault = getattr(request, "database_fault", fault)
    return response if fault is None else _met(fault, request, match)


def _met(fault: Fault, request: HttpRequest, match: ResolverMatch | None) -> HttpResponse:
    if fault is Fault.GONE:
        logger.warning("the database is gone: %s", request.path)
        LINE.cut(time.monotonic())
    return _without_database(request, match)


def note_fault(request: HttpRequest | None = None, **_told: object) -> None:
    """Remember on the request that its database failed; the page of faults needs none then."""
    failure = sys.exc_info()[1]
    if request is not None and failure is not None and (fault := fault_of(failure)) is not None:
        request.database_fault = fault  # type: ignore[attr-defined]


got_request_exception.connect(note_fault, dispatch_uid="fondaco.intake.note_fault")


def _is_back() -> bool:
    """Whether it is time to look, and the database answers."""
    if not LINE.may_try(time.monotonic()) or not database_answers():
        return False
    LINE.mend()
    return True


def _brought_before(request: HttpRequest, match: ResolverMatch | None) -> Fault | None:
    """Bring in what waits of the application that is asked for; the fault that forbids it."""
    code = match.kwargs.get("code", "") if match else ""
    if not match or match.namespace not in {"applications", "keep", "intake"}:
        return None
    if not APPLICATION.fullmatch(str(code)) or not spool().has(code):
        return None
    is_done = False
    try:
        is_done = bring_in_application(code, at=timezone.now())
    except Exception as failure:
        if (fault := fault_of(failure)) is not None:
            return fault
        logger.exception("what waits of %s could not be brought in", code)
    return None if is_done or not _sent_by(request, match) else Fault.UNWRITABLE


def _sent_by(request: HttpRequest, match: ResolverMatch | None) -> Sent | None:
    """What the request sends that the spool can take; None for everything else."""
    if match is None or request.method != "POST":
        return None
    code, section = match.kwargs.get("code", ""), match.kwargs.get("section", "")
    if match.view_name in KEPT_BY_ITSELF:
        return Sent(Kind.SAVE, code, section, by_itself=True)
    if match.view_name in KEPT_BY_BUTTON:
        return Sent(Kind.SAVE, code, section)
    return Sent(Kind.SUBMIT, code) if match.view_name in SUBMITTED else None


def _without_database(request: HttpRequest, match: ResolverMatch | None) -> HttpResponse:
    """What is answered while the database is gone: received, waiting, or away."""
    language = language_of(request)
    sent = _sent_by(request, match)
    if sent is not None:
        return _spooled(request, sent, language)
    if match is not None and match.view_name in ASKED_AFTER:
        return _still_waiting(request, match, language)
    is_sent = request.method not in {"GET", "HEAD"}
    again = None if is_sent else AGAIN
    return light_page(
        "intake/away.html", language=language, status=AWAY, again=again, is_sent=is_sent
    )


def _spooled(request: HttpRequest, sent: Sent, language: str) -> HttpResponse:
    with translation.override(language):
        try:
            record = _record_of(request, sent)
            spool().keep(record)
        except NotReceived as refusal:
            return _refused(refusal, sent, language)
        except (TooLarge, SuspiciousOperation):
            too_large = NotReceived(TOO_LARGE, "too-large", _("It is larger than the form allows."))
            return _refused(too_large, sent, language)
        except NotKept:
            logger.exception("the spool took nothing of %s", sent.application)
            full = NotReceived(NO_ROOM, "no-room", _("Neither our database nor our disk took it."))
            return _refused(full, sent, language)
        if sent.by_itself:
            return JsonResponse(_told(request.POST, record))
        return received_page(record, language=language, loses_files=bool(request.FILES))


def _record_of(request: HttpRequest, sent: Sent) -> Record:
    """The request as a record; raises `NotReceived` where its page may not send it."""
    at: datetime = request.received_at  # type: ignore[attr-defined]
    if not _is_ours(request):
        raise NotReceived(FORBIDDEN, "origin", _("It does not come from a page of ours."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST and sent.by_itself:
        raise TooLarge
    posted = request.POST
    given = read_pass(posted.get("pass", ""), at=at)
    if given is None or given.application != sent.application:
        raise NotReceived(FORBIDDEN, "pass", _("The page that sent it is older than a day."))
    key = posted.get("key", "")[:KEY_LENGTH]
    if sent.kind is Kind.SUBMIT and not key:
        raise NotReceived(FORBIDDEN, "key", _("The page that sent it is not whole."))
    return _written(sent, given, posted, key=key, at=at)


def _written(sent: Sent, given: Pass, posted: QueryDict, *, key: str, at: datetime) -> Record:
    body = posted.copy()
    for name in OURS_ALONE:
        body.pop(name, None)
    return Record(
        identity=secrets.token_hex(16),
        kind=sent.kind,
        application=sent.application,
        person=given.person,
        form=given.form,
        at=at,
        section=sent.section,
        key=key if sent.kind is Kind.SUBMIT else "",
        body=body.urlencode() if sent.kind is Kind.SAVE else "",
    )


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of our own sends this."""
    ours = {origin_of(settings.ADDRESS), *settings.CSRF_TRUSTED_ORIGINS}
    ours.add(f"{request.scheme}://{request.get_host()}".lower())
    said = request.headers
    return is_own(said.get("Origin", "").lower(), said.get("Referer", ""), ours=ours)


def _told(posted: QueryDict, record: Record) -> dict[str, object]:
    """What a page that saves itself is told: received, and where; the marks of what it sent."""
    at = words.clock(record.at, settings.TIME_ZONE)
    return {
        "where": "spool",
        "saved": _("Received at %(time)s, not yet in the database") % {"time": at},
        "at": record.at.isoformat(),
        "marks": marks_posted(dict(posted.lists())),
        "theirs": {},
        "clashes": [],
        "next": LONGEST_PAUSE,
        "pass": posted.get("pass", ""),
        "record": record.identity,
        "sha256": sha256_of(record),
        "address": address_of(record),
    }


def address_of(record: Record) -> str:
    """Where anybody who has the record's number sees what became of it."""
    return reverse("intake:received", args=[record.application, record.identity])


def received_page(record: Record, *, language: str, loses_files: bool = False) -> HttpResponse:
    """Received, with hash and time; never called submitted. It goes on by itself.

    Files are not taken in without the database: where one was sent, the page waits to be read.
    """
    return light_page(
        "intake/received.html",
        language=language,
        status=RECEIVED,
        again=None if loses_files else AGAIN,
        to=f"{address_of(record)}?language={language}",
        loses_files=loses_files,
        kind=record.kind.value,
        at=record.at,
        sha256=sha256_of(record),
        identity=record.identity,
    )


def _refused(refusal: NotReceived, sent: Sent, language: str) -> HttpResponse:
    if sent.by_itself:
        told = {"why": refusal.why, "reasons": [refusal.words]}
        return JsonResponse(told, status=refusal.status)
    return light_page(
        "intake/not_received.html",
        language=language,
        status=refusal.status,
        reasons=[refusal.words],
    )


def _still_waiting(request: HttpRequest, match: ResolverMatch, language: str) -> HttpResponse:
    """The page of a record that waits; whoever asks without the database is asked to come again."""
    asked = cast("dict[str, str]", match.kwargs)
    found = next(
        (one for one in spool().records(asked["code"]) if one.identity == asked["record"]), None
    )
    if found is None:
        return light_page(
            "intake/away.html", language=language, status=AWAY, again=AGAIN, is_sent=False
        )
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"state": "received", "at": found.at.isoformat()}, status=RECEIVED)
    return received_page(found, language=request.GET.get("language") or language)
