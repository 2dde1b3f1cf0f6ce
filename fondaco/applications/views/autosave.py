"""A page that saves itself: one small request a pause, answered in JSON; and who may send one."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fondaco.applications import phrases
from fondaco.applications.models import Application
from fondaco.applications.rules.saving import MOST_BYTES, Clash, Merged
from fondaco.applications.selectors import keeping
from fondaco.applications.services import writing
from fondaco.applications.services.keeping import copy_key_of
from fondaco.directory.access import PersonRequest
from fondaco.directory.models import Person
from fondaco.kernel.decisions import Refused
from fondaco.questionnaires.rules.answers import Typed, mark
from fondaco.questionnaires.rules.schema import Kind, Section
from fondaco.web import load
from fondaco.web.refusals import refused

LANGUAGES = frozenset(code for code, _own in settings.LANGUAGES)
Answer = dict[str, object]


@dataclass(frozen=True, slots=True)
class Keep:
    """What a page that saves itself is given: where to, its pass, and what its answers are."""

    url: str
    pass_text: str
    language: str
    private: tuple[str, ...]
    many: tuple[str, ...]
    saved_at: str


def keep_of(request: PersonRequest, application: Application, asked: Section) -> Keep:
    """What the page of a section is given to save itself."""
    saved_at = keeping.saved_at(application, asked.code)
    return Keep(
        url=reverse("keep:section", args=[application.code, asked.code]),
        pass_text=keeping.pass_for(request.user, application, at=request.received_at),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        private=tuple(one.code for one in asked.questions if one.is_private),
        many=tuple(one.code for one in asked.questions if one.kind == Kind.CHOICES),
        saved_at=saved_at.isoformat() if saved_at else "",
    )


@never_cache
@require_POST
def keep(request: HttpRequest, code: str, section: str) -> JsonResponse:
    """Keep a section as it was typed; the answer says where it is, or why it is not."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _refused("too-large", [_("This page is too long to save itself. Press Save.")], 413)
    if not isinstance(request.user, Person):
        return _signed_out(request)
    spoken = request.POST.get("language", "")
    with translation.override(spoken if spoken in LANGUAGES else translation.get_language()):
        return _answered(cast(PersonRequest, request), code, section)


def _answered(request: PersonRequest, code: str, section: str) -> JsonResponse:
    given = keeping.read_pass(request.POST.get("pass", ""), at=request.received_at)
    if given is None or given.application != code:
        return _refused("pass", [_("Load this page again to go on saving.")], 403)
    if given.person != request.user.pk:
        return _refused("other-person", [_("Somebody else is signed in now.")], 403)
    try:
        return _kept(request, code, section)
    except (Http404, PermissionDenied):
        return _refused("refused", [_("You can no longer write this application.")], 403)
    except Refused as refusal:
        answer = _refused("refused", phrases.reason_words(refusal.reasons), 409)
        return refused(answer, refusal.reasons)


def _kept(request: PersonRequest, code: str, section: str) -> JsonResponse:
    at, sent = request.received_at, dict(request.POST.lists())
    kept = writing.save_posted(code, section=section, sent=sent, by=request.user, at=at)
    if kept is None:
        raise Http404
    answer = _told(kept.merged, kept.typed, kept.was) | {
        "where": "database",
        "saved": phrases.saved_words(at, timezone.get_current_timezone_name()),
        "at": at.isoformat(),
        "next": load.pause_now(time.monotonic()),
        "pass": keeping.pass_for(request.user, kept.application, at=at),
    }
    return JsonResponse(answer)


def _told(merged: Merged, typed: Mapping[str, Typed], was: Mapping[str, str]) -> Answer:
    """What the page must know of: the new marks, what clashes, what a colleague wrote besides."""
    clashing = {clash.question for clash in merged.clashes}
    theirs = {code: merged.answers.get(code, "") for code in merged.theirs}
    marks = {code: mark(said) for code, said in {**typed, **theirs}.items() if code not in clashing}
    kept = {code: was.get(code, mark("")) for code in clashing}
    return {
        "marks": marks | kept,
        "theirs": theirs,
        "clashes": [_clash(clash) for clash in merged.clashes],
    }


def _clash(clash: Clash) -> Answer:
    return {
        "question": clash.question,
        "mine": clash.mine,
        "theirs": clash.theirs,
        "mark": mark(clash.theirs),
    }


def _refused(why: str, reasons: list[str], status: int) -> JsonResponse:
    return JsonResponse({"why": why, "reasons": reasons}, status=status)


def _signed_out(request: HttpRequest) -> JsonResponse:
    """Nobody is signed in; what is sent next needs a token of the browser's own cookie."""
    told: Answer = {"why": "signed-out", "reasons": [], "csrf": get_token(request)}
    return JsonResponse(told, status=401)


@never_cache
@require_GET
def key(request: HttpRequest) -> JsonResponse:
    """The key of the copies that this browser keeps for whoever is signed in, and a new pass.

    The page shows its pass, over or not: what is another person's is not for this one.
    """
    if not isinstance(request.user, Person):
        return _signed_out(request)
    at = cast(PersonRequest, request).received_at
    shown = keeping.pass_once_given(request.headers.get("X-Pass", ""))
    if shown is not None and shown.person != request.user.pk:
        return _refused("other-person", [_("Somebody else is signed in now.")], 403)
    own = copy_key_of(request.user)
    answer: Answer = {"csrf": get_token(request), "person": own.person, "key": own.letters}
    found = keeping.application_of_colleague(request.user.pk, shown.application) if shown else None
    if found is not None:
        answer["pass"] = keeping.pass_for(request.user, found, at=at)
    return JsonResponse(answer)
