"""What became of what was received: for whoever has its number, signed in or not."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fondaco.directory.access import PersonRequest, signed_in
from fondaco.intake import gateways, phrases, selectors, services
from fondaco.intake.models import BroughtIn
from fondaco.intake.rules.bringing import Outcome
from fondaco.intake.rules.records import Kind
from fondaco.web.light import light_page

AGAIN, RECEIVED = 5, 202


@never_cache
@require_safe
def received(request: HttpRequest, code: str, record: str) -> HttpResponse:
    """Received, submitted with its receipt, or refused with the reasons."""
    spoken = request.GET.get("language", "")
    is_ours = translation.check_for_language(spoken) if spoken else False
    with translation.override(spoken if is_ours else get_language_from_request(request)):
        row = selectors.brought_in(record)
        if row is None or row.code != code:
            return _waiting(request, code, record)
        wants_data = "application/json" in request.headers.get("Accept", "")
        return JsonResponse(_told(row)) if wants_data else _shown(request, row)


def _waiting(request: HttpRequest, code: str, record: str) -> HttpResponse:
    """It lies in the spool, and another process is about to bring it in."""
    found = next((one for one in gateways.spool().records(code) if one.identity == record), None)
    if found is None:
        raise Http404
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"state": "received", "at": found.at.isoformat()}, status=RECEIVED)
    language = get_language() or "en"
    return light_page("intake/away.html", language=language, status=RECEIVED, again=AGAIN)


def _told(row: BroughtIn) -> dict[str, object]:
    """What became of it, for a script."""
    state = "submitted" if row.receipt else "saved"
    return {
        "state": state if row.outcome == Outcome.TAKEN else row.outcome,
        "at": row.received_at.isoformat(),
        "receipt": row.receipt,
        "url": _place_of(row),
        "reasons": _reasons_of(row),
    }


def _reasons_of(row: BroughtIn) -> list[str]:
    return phrases.reason_words(row.reasons) if row.outcome == Outcome.REFUSED else []


def _place_of(row: BroughtIn) -> str:
    """Where the reader goes on: the receipt, else the application."""
    application = row.application
    if application is None:
        return ""
    way = [application.call.code, application.code]
    if row.receipt:
        return reverse("applications:receipt", args=[*way, int(row.receipt.rpartition("-")[2])])
    if row.kind == Kind.SAVE and row.outcome == Outcome.TAKEN:
        return reverse("applications:section", args=[*way, row.section])
    return reverse("applications:detail", args=way)


def _shown(request: HttpRequest, row: BroughtIn) -> HttpResponse:
    if row.outcome == Outcome.TAKEN:
        return redirect(_place_of(row))
    context = {"row": row, "reasons": _reasons_of(row), "place": _place_of(row)}
    return render(request, "intake/outcome.html", context)


@signed_in
@require_POST
def seen(request: PersonRequest, code: str, record: str) -> HttpResponse:
    """The person has read it; back to the application."""
    row = selectors.brought_in(record)
    if row is None or row.code != code or row.person_id != request.user.pk:
        raise Http404
    services.mark_seen(record, by=request.user, at=request.received_at)
    return redirect(_place_of(row))
