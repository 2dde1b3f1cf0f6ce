"""One page of the builder: shown, kept by itself, its rows added, moved and taken away."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.calls.models import Call
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.kernel.decisions import Refused
from fondaco.sketches import access
from fondaco.sketches.forms import typed_in
from fondaco.sketches.models import Sketch
from fondaco.sketches.phrases import REASONS
from fondaco.sketches.phrases.fields import Step
from fondaco.sketches.phrases.steps import BY_CODE, TABLES
from fondaco.sketches.rules.places import MARK, NotThere, pattern_of, value_at
from fondaco.sketches.rules.refusals import Reason
from fondaco.sketches.rules.typed import mark
from fondaco.sketches.selectors import sketch_of
from fondaco.sketches.selectors.pages import Page
from fondaco.sketches.selectors.sentences import sentences_of
from fondaco.sketches.services import keeping
from fondaco.sketches.services.keeping import Kept
from fondaco.sketches.services.standing import put_in_place
from fondaco.sketches.states import Act
from fondaco.sketches.views.frame import frame_of, now, places_named


@dataclass(frozen=True, slots=True)
class Asked:
    """What a button asks: the act, the table or row it is about, and where the row shall go."""

    act: Act
    table: str = ""
    row: str = ""
    goal: str = ""
    behind: str = ""


def asked_in(text: str) -> Asked | None:
    """What the pressed button says: `add|call.rule`, `up|call.rule|3`; None where it says none."""
    word, *rest = text.split("|")
    if word not in set(Act):
        return None
    return Asked(Act(word), *rest[:4])


@signed_in
def step(request: PersonRequest, code: str, step: str) -> HttpResponse:
    """One page of the builder."""
    call = access.built_call(request.user, code)
    shown = BY_CODE.get(step)
    if shown is None:
        raise Http404
    sketch, kept = keeping.opened_sketch(call, at=now())
    if kept:
        messages.warning(request, _told_kept(kept))
    if request.method == "POST":
        return _kept(request, call, shown)
    return _shown(request, call, sketch, shown, opened=request.GET.get("open", ""))


def _told_kept(places: list[str]) -> str:
    told = _("The call was changed elsewhere too. Here your own version stays for: %(names)s.")
    return told % {"names": places_named(places) or ", ".join(places)}


def _shown(
    request: PersonRequest, call: Call, sketch: Sketch, step: Step, *, opened: str = ""
) -> HttpResponse:
    context = frame_of(call, sketch, request.user.pk, here=step.code)
    context["page"] = Page(step, sketch.content, call.programme, context["checked"].lacks, opened)  # type: ignore[attr-defined]
    return render(request, "sketches/step.html", context)


def _kept(request: PersonRequest, call: Call, step: Step) -> HttpResponse:
    """Keep what was typed, do what the pressed button says, and show what became of it."""
    values, was = typed_in(request.POST)
    kept = keeping.keep_typed(call.pk, values, was, by=request.user, at=now())
    asked = asked_in(request.POST.get("do", ""))
    opened = request.POST.get("opened", "")
    try:
        opened = _done(request, call, asked, opened) if asked else opened
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(REASONS[Reason(reason)]))
    put_in_place(call.pk, by=request.user, at=now())
    if request.headers.get("HX-Request"):
        return _answered(request, call, step, kept, opened, is_whole=asked is not None)
    for clash in kept.clashes:
        messages.warning(request, _told_kept([clash.place]))
    query = f"?open={opened}" if opened else ""
    goal = reverse("sketches:step", args=[call.code, step.code])
    return redirect(f"{goal}{query}")


def _answered(
    request: PersonRequest, call: Call, step: Step, kept: Kept, opened: str, *, is_whole: bool
) -> HttpResponse:
    """What a page that keeps itself is told: the state, or the whole page where rows changed."""
    sketch = sketch_of(call)
    if sketch is None:
        return HttpResponseBadRequest()
    context = frame_of(call, sketch, request.user.pk, here=step.code)
    page = Page(step, sketch.content, call.programme, context["checked"].lacks, opened)  # type: ignore[attr-defined]
    is_whole = is_whole or request.POST.get("whole") == "yes" or bool(kept.clashes)
    context |= {"page": page, "kept": kept, "is_whole": is_whole}
    response = render(request, "sketches/_answer.html", context)
    response["HX-Trigger-After-Settle"] = "sketch-kept"
    return response


def _done(request: PersonRequest, call: Call, asked: Asked, opened: str) -> str:
    """Do it; the mark of the row that stands open then."""
    try:
        return _ACTS[asked.act](request, call, asked, opened)
    except NotThere as gone:
        raise Refused(Reason.ROW_IS_GONE) from gone


def _add(request: PersonRequest, call: Call, asked: Asked, opened: str) -> str:
    table = TABLES.get(pattern_of(asked.table))
    if table is None:
        raise Http404
    return keeping.add_row(
        call.pk, asked.table, dict(table.row), code=table.code, by=request.user, at=now()
    )


def _copy(request: PersonRequest, call: Call, asked: Asked, opened: str) -> str:
    table = TABLES.get(pattern_of(asked.table))
    if table is None:
        raise Http404
    return keeping.copy_row(
        call.pk, asked.table, asked.row, code=table.code, by=request.user, at=now()
    )


def _remove(request: PersonRequest, call: Call, asked: Asked, opened: str) -> str:
    keeping.remove_row(call.pk, asked.table, asked.row, by=request.user, at=now())
    messages.info(request, _("The row is removed. Undo brings it back."))
    return "" if opened == asked.row else opened


def _shift(by_rows: int) -> Callable[[PersonRequest, Call, Asked, str], str]:
    def shifted(request: PersonRequest, call: Call, asked: Asked, opened: str) -> str:
        keeping.shift_row(call.pk, asked.table, asked.row, by_rows, by=request.user, at=now())
        return opened

    return shifted


def _place(request: PersonRequest, call: Call, asked: Asked, opened: str) -> str:
    keeping.place_row(
        call.pk,
        asked.table,
        asked.row,
        goal=asked.goal,
        behind=asked.behind,
        by=request.user,
        at=now(),
    )
    return opened


def _say(request: PersonRequest, call: Call, asked: Asked, opened: str) -> str:
    """Write the sentence of a rule from its parts, in every language."""
    sketch = sketch_of(call)
    place = f"{asked.table}.{MARK}{asked.row}"
    said = sentences_of(sketch.content, call.programme, place) if sketch else {}
    stands = (value_at(sketch.content, f"{place}.says") if sketch else None) or {}
    values = {f"{place}.says.{language}": text for language, text in said.items()}
    was = {f"{place}.says.{language}": mark(stands.get(language)) for language in said}
    keeping.keep_typed(call.pk, values, was, by=request.user, at=now())
    return opened


def _undo(request: PersonRequest, call: Call, asked: Asked, opened: str) -> str:
    named = places_named(keeping.undo(call.pk, by=request.user, at=now()))
    messages.info(request, _("Undone: %(names)s.") % {"names": named or _("the rows")})
    return opened


def _redo(request: PersonRequest, call: Call, asked: Asked, opened: str) -> str:
    named = places_named(keeping.redo(call.pk, by=request.user, at=now()))
    messages.info(request, _("Done again: %(names)s.") % {"names": named or _("the rows")})
    return opened


_ACTS: dict[Act, Callable[[PersonRequest, Call, Asked, str], str]] = {
    Act.ADD: _add,
    Act.COPY: _copy,
    Act.REMOVE: _remove,
    Act.UP: _shift(-1),
    Act.DOWN: _shift(1),
    Act.PLACE: _place,
    Act.SAY: _say,
    Act.UNDO: _undo,
    Act.REDO: _redo,
}
