"""Stories of things, the published head and keys, exports, and reactions that failed."""

import csv
import io
import json
from datetime import datetime
from typing import Protocol, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.kernel.plain import plain
from fondaco.trail import access, rules, selectors, services
from fondaco.web.downloads import text_attachment, without_formula

PAGE = 25
COLUMNS = ("number", "at", "what", "verb", "subject", "who", "by_id", "data", "chain")


class _Dated(Protocol):
    """A request that knows when it was received."""

    received_at: datetime


@require_safe
@login_required
def story(request: HttpRequest, subject: str) -> HttpResponse:
    """Everything that happened to a thing, as far as the reader may know."""
    reading = access.reading_of(request.user, subject)
    entries = selectors.story_read(subject, reading)
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    lines = selectors.lines_of(page.object_list, reading, reader_id=request.user.pk or 0)
    context = {"subject": subject, "page": page, "lines": lines, "reading": reading}
    return render(request, "trail/story.html", context)


@require_safe
def head(request: HttpRequest) -> HttpResponse:
    """The last seal, for whoever wants to keep it elsewhere."""
    seal = selectors.last_seal()
    if seal is None:
        return JsonResponse({"number": 0})
    return JsonResponse(
        {
            "number": seal.number,
            "chain": seal.chain,
            "head": f"{seal.number}:{seal.chain}",
            "at": plain(seal.at),
            "key": seal.key_id,
            "signature": seal.signature,
        }
    )


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public halves of all keys that have ever sealed."""
    kept = [
        {"key": key.key_id, "algorithm": "Ed25519", "public": key.public, "since": plain(key.since)}
        for key in selectors.public_keys()
    ]
    return JsonResponse({"keys": kept})


@require_safe
@login_required
def export_csv(request: HttpRequest, programme: str) -> HttpResponse:
    """The trail of a programme as a table."""
    reading = access.export_of(request.user, programme)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for line in selectors.lines_of(selectors.trail_of_programme(programme), reading):
        cells = (plain(getattr(line, name)) for name in COLUMNS[:7])
        data = json.dumps(line.data, ensure_ascii=False, sort_keys=True)
        writer.writerow([without_formula(cell) for cell in (*cells, data, line.chain)])
    return text_attachment("\ufeff" + table.getvalue(), f"{programme}-trail.csv", "text/csv")


@require_safe
@login_required
def export_json(request: HttpRequest, programme: str) -> HttpResponse:
    """The trail of a programme for another machine."""
    reading = access.export_of(request.user, programme)
    lines = selectors.lines_of(selectors.trail_of_programme(programme), reading)
    kept = [{name: plain(getattr(line, name)) for name in COLUMNS} for line in lines]
    text = json.dumps({"programme": programme, "entries": kept}, ensure_ascii=False, indent=1)
    return text_attachment(text, f"{programme}-trail.json", "application/json")


@require_safe
@login_required
def troubles(request: HttpRequest) -> HttpResponse:
    """Reactions that failed, for the installation's administrator."""
    access.reading_of(request.user, access.INSTALLATION)
    page = Paginator(selectors.failed_reactions(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "most": rules.MOST_ATTEMPTS}
    return render(request, "trail/troubles.html", context)


@require_POST
@login_required
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a reaction that failed try again."""
    access.reading_of(request.user, access.INSTALLATION)
    at = cast("_Dated", request).received_at
    services.try_again(access.trouble(pk).pk, by_id=cast("int", request.user.pk), at=at)
    messages.success(request, _("It is being tried again."))
    return redirect("trail:troubles")
