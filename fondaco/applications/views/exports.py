"""Tables of the applications with their answers: asked for on the list, made by the worker."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from fondaco.applications.access import call_for_office
from fondaco.applications.gateways import opened_export
from fondaco.applications.models import Export
from fondaco.applications.selectors.exports import LONGEST, export_coded, exports_of
from fondaco.applications.services.exports import KEPT, ask_export, take_export
from fondaco.applications.states import Sheet
from fondaco.applications.views import pages
from fondaco.calls.models import Call
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.documents.rules import MEDIA_TYPES
from fondaco.web.downloads import attachment

MOST_QUERY = 500
MOST_OTHERS = 10
TYPES = {Sheet.CSV: "text/csv; charset=utf-8", Sheet.XLSX: MEDIA_TYPES["xlsx"]}


@signed_in
@require_POST
def ask(request: PersonRequest, call: str) -> HttpResponse:
    """Have a table made of what the list shows."""
    found = call_for_office(request.user, call)
    kind = request.POST.get("kind", "")
    if kind not in set(Sheet):
        raise Http404
    export = ask_export(
        found,
        kind=Sheet(kind),
        query=request.POST.get("query", "").replace("\0", "")[:MOST_QUERY],
        language=get_language() or "en",
        by=request.user,
        at=request.received_at,
    )
    return redirect("applications:export", call=found.code, export=export.code)


def _own(request: PersonRequest, call: str, code: str) -> tuple[Call, Export]:
    found = call_for_office(request.user, call)
    export = export_coded(found, code, request.user)
    if export is None:
        raise Http404
    return found, export


@signed_in
@require_safe
def page(request: PersonRequest, call: str, export: str) -> HttpResponse:
    """How far the table is, and the way to take it; only for whoever asked for it."""
    found, kept = _own(request, call, export)
    context = {
        "call": found,
        "trail": pages.way_to_call(found),
        "export": kept,
        "is_late": kept.is_in_hand and request.received_at > kept.asked_at + LONGEST,
        "days": KEPT.days,
        "others": exports_of(found, request.user).exclude(pk=kept.pk)[:MOST_OTHERS],
        "here": request.path,
    }
    return render(request, "applications/export.html", context)


@signed_in
@require_safe
def file(request: PersonRequest, call: str, export: str) -> HttpResponse:
    """The table; the right to it is asked once more, and taking it is recorded."""
    found, kept = _own(request, call, export)
    stream = opened_export(kept.code, kept.kind) if kept.is_there else None
    if stream is None:
        raise Http404
    take_export(kept, by=request.user, at=request.received_at)
    name = f"{found.code}-applications.{kept.kind}"
    return attachment(stream, name, TYPES[Sheet(kept.kind)], kept.size)
