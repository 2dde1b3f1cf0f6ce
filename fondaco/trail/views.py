"""Stories of things, the published head and keys, exports, and reactions that failed."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fondaco.kernel.plain import plain
from fondaco.trail import access, rules, selectors, services
from fondaco.trail.access import Reading
from fondaco.trail.models import Entry
from fondaco.trail.selectors import Line
from fondaco.web.downloads import text_attachment
from fondaco.web.lists import Column, Filter, Plan, exported, listed, table_export

FEW = 5
"""A story of few entries is taken in at a look, without tools."""
COLUMNS = (
    *("number", "at", "what", "detail", "thing", "who", "whom"),
    *("verb", "subject", "by_id", "data", "chain"),
)
WAYS = (gettext_lazy("Oldest first"), gettext_lazy("Newest first"))
SEEN = 7
"""So many of them say what the page says; the rest is what was recorded, as it was."""


class _Dated(Protocol):
    """A request that knows when it was received."""

    received_at: datetime


@require_safe
@login_required
def story(request: HttpRequest, subject: str) -> HttpResponse:
    """Everything that happened to a thing, as far as the reader may know."""
    reading = access.reading_of(request.user, subject)
    shown = listed(request, _rows(request, subject, reading), _plan(request, subject, reading))
    if shown.wants_csv:
        return exported(shown)
    about = reading.about
    context = {
        "subject": about.title or subject,
        "list": shown,
        "lines": _lines(shown.page.object_list, request, reading),
        "reading": reading,
        "has_tools": shown.is_long or len(shown.page) > FEW,
        "is_programme": about.sort == access.PROGRAMME,
        "trail": [(about.title, about.url)] if about.url else [],
    }
    return render(request, "trail/story.html", context)


def _is_read_whole(request: HttpRequest) -> bool:
    """Whether all entries are read in words: to search in them, or to carry them away."""
    return bool(request.GET.get("search", "").strip() or request.GET.get("export"))


def _rows(request: HttpRequest, subject: str, reading: Reading) -> QuerySet[Entry] | list[Line]:
    """The entries, or all of them in words."""
    entries = selectors.story_read(subject, reading)
    if not _is_read_whole(request):
        return entries
    return selectors.lines_of(entries, reading, reader_id=request.user.pk or 0)


def _lines(found: Iterable[Entry | Line], request: HttpRequest, reading: Reading) -> list[Line]:
    """The entries of a page in words, those that are not yet."""
    kept = list(found)
    entries = [one for one in kept if isinstance(one, Entry)]
    if not entries:
        return [one for one in kept if isinstance(one, Line)]
    return selectors.lines_of(entries, reading, reader_id=request.user.pk or 0)


def _plan(request: HttpRequest, subject: str, reading: Reading) -> Plan:
    """What is searched, filtered and carried away of a story."""
    kinds = [(f"{kind}.", name) for kind, name in selectors.kinds_in(subject, reading)]
    keeps = _is_of_kind if _is_read_whole(request) else "verb__startswith"
    names = COLUMNS if reading.may_export else COLUMNS[:SEEN]
    columns = {name: Column(name, cell=partial(_cell, name=name)) for name in names}
    columns["at"] = replace(columns["at"], label=_("When"), order=["pk"], ways=WAYS)
    return Plan(
        file=f"{subject}-story",
        columns=columns,
        text=_text,
        first="-at",
        has_head=False,
        filters=[Filter("kind", _("What happened"), kinds, keeps)] if len(kinds) > 1 else [],
    )


def _is_of_kind(line: Line, kind: str) -> bool:
    return line.verb.startswith(kind)


def _text(line: Line) -> str:
    """What searching looks at."""
    return " ".join((line.what, line.detail, line.thing, line.subject, line.who, line.whom))


def _cell(line: Line, *, name: str) -> object:
    """One cell of a table, for spreadsheets."""
    kept = getattr(line, name)
    if name == "data":
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return plain(kept)


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
    lines = selectors.lines_of(selectors.trail_of_programme(programme), reading)
    rows = ([_cell(line, name=name) for name in COLUMNS] for line in lines)
    return table_export(f"{programme}-trail", COLUMNS, rows)


@require_safe
@login_required
def export_json(request: HttpRequest, programme: str) -> HttpResponse:
    """The trail of a programme for another machine."""
    reading = access.export_of(request.user, programme)
    lines = selectors.lines_of(selectors.trail_of_programme(programme), reading)
    kept = [{name: plain(getattr(line, name)) for name in COLUMNS} for line in lines]
    text = json.dumps({"programme": programme, "entries": kept}, ensure_ascii=False, indent=1)
    return text_attachment(text, f"{programme}-trail.json", "application/json")


TROUBLES = Plan(
    "reactions-that-failed",
    {
        "happened": Column(
            gettext_lazy("What happened"),
            ["entry__verb", "entry__subject"],
            lambda heard: f"{heard.entry.verb} {heard.entry.subject}",
        ),
        "followed": Column(
            gettext_lazy("What should have followed"), ["reaction"], lambda heard: heard.reaction
        ),
        "wrong": Column(gettext_lazy("What went wrong"), ["error"], lambda heard: heard.error),
        "attempts": Column(
            gettext_lazy("Attempts"), ["attempts"], lambda heard: heard.attempts, is_number=True
        ),
        "next": Column(gettext_lazy("Next"), ["due_at"], lambda heard: heard.due_at),
    },
    lambda heard: f"{heard.entry.verb} {heard.entry.subject} {heard.reaction} {heard.error}",
)


@require_safe
@login_required
def troubles(request: HttpRequest) -> HttpResponse:
    """Reactions that failed, for the installation's administrator."""
    access.reading_of(request.user, access.INSTALLATION)
    shown = listed(request, selectors.failed_reactions(), TROUBLES)
    if shown.wants_csv:
        return exported(shown)
    context = {"list": shown, "most": rules.MOST_ATTEMPTS}
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
