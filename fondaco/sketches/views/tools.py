"""What spares typing: ready questions, pasted ones, spreadsheets for translators, moving drafts."""

import json
from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondaco.applications.services.moving import move_drafts
from fondaco.calls.models import Call
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.files.selectors.plain import translation_sheet, translations_in
from fondaco.kernel.decisions import Refused
from fondaco.questionnaires.rules.pasting import form_of as form_of_pasted
from fondaco.questionnaires.rules.pasting import questions_in
from fondaco.questionnaires.selectors import bank_of, block_questions, blocks
from fondaco.sketches import access
from fondaco.sketches.forms import PastedForm, ReadyForm, SheetForm
from fondaco.sketches.models import Sketch
from fondaco.sketches.phrases import REASONS, SHEET_FAULTS
from fondaco.sketches.rules.places import bare, numbered, table_at, value_at
from fondaco.sketches.rules.refusals import Reason
from fondaco.sketches.rules.typed import mark
from fondaco.sketches.selectors import checked
from fondaco.sketches.selectors.drafts import moves_of
from fondaco.sketches.services import inserting, keeping
from fondaco.sketches.services.standing import put_in_place
from fondaco.sketches.views.frame import frame_of, now
from fondaco.web import words
from fondaco.web.downloads import attachment
from fondaco.web.sheets import Fault, SheetRefused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _opened(request: PersonRequest, code: str) -> tuple[Call, Sketch]:
    call = access.built_call(request.user, code)
    return call, keeping.opened_sketch(call, at=now())[0]


@signed_in
def ready_questions(request: PersonRequest, code: str) -> HttpResponse:
    """Put a standard block, a question of the programme's bank, or a pasted list into the form."""
    call, sketch = _opened(request, code)
    is_pasted = "text" in request.POST
    pasted = PastedForm(request.POST if is_pasted else None)
    sent = request.POST if request.method == "POST" and not is_pasted else None
    ready = ReadyForm(sent, sections=_sections(sketch), ready=_ready(call))
    count = _inserted(request, call, pasted, ready)
    if count:
        put_in_place(call.pk, by=request.user, at=now())
        told = ngettext(
            "One question is in the form. Undo takes it out again.",
            "%(count)s questions are in the form. Undo takes them out again.",
            count,
        )
        messages.success(request, told % {"count": words.number(count)})
        return redirect("sketches:step", code=code, step="form")
    context = frame_of(call, sketch, request.user.pk, here="form")
    return render(request, "sketches/ready_questions.html", context | {"forms": (ready, pasted)})


def _sections(sketch: Sketch) -> list[tuple[str, str]]:
    return [
        (row["~"], words.say(row.get("title") or {}).text or row.get("code", ""))
        for row in table_at(sketch.content, "form.section")
    ]


def _ready(call: Call) -> list[tuple[str, str]]:
    named = [(f"block|{code}", words.say(one["name"]).text) for code, one in blocks().items()]
    bank = [
        (f"bank|{row['code']}", words.say(row.get("label") or {}).text)
        for row in bank_of(call.programme)
    ]
    return named + bank


def _inserted(request: PersonRequest, call: Call, pasted: PastedForm, ready: ReadyForm) -> int:
    """How many questions came into the form."""
    by, at = request.user, now()
    try:
        if pasted.is_bound and pasted.is_valid():
            found = questions_in(pasted.cleaned_data["text"])
            language = get_language() or settings.LANGUAGE_CODE
            form = form_of_pasted(found, language=language, title=_("Questions"))
            if not found:
                pasted.add_error("text", _("No question was found in this text."))
            return inserting.insert_sections(call.pk, form["section"], by=by, at=at)
        if ready.is_bound and ready.is_valid():
            kind, _sign, code = ready.cleaned_data["ready"].partition("|")
            bank = [bare(row) for row in bank_of(call.programme) if row["code"] == code]
            rows = block_questions(code) if kind == "block" else bank
            section = ready.cleaned_data["section"]
            return inserting.insert_questions(call.pk, section, rows, by=by, at=at)
    except Refused as refused:
        messages.error(request, str(REASONS[Reason(refused.reasons[0])]))
    return 0


@signed_in
@require_safe
def sheet(request: PersonRequest, code: str) -> HttpResponse:
    """The texts of the call as a spreadsheet for who translates them."""
    call, sketch = _opened(request, code)
    form = SheetForm(request.GET)
    folder = checked(sketch).folder
    if not form.is_valid() or folder is None:
        messages.error(request, str(REASONS[Reason.HAS_MISTAKES]))
        return redirect("sketches:languages", code=code)
    source, target = form.cleaned_data["source"], form.cleaned_data["target"]
    made = translation_sheet(folder, source=source, target=target)
    name = f"{call.code}-{source}-{target}.xlsx"
    return attachment(BytesIO(made), name, XLSX, len(made))


@signed_in
def sheet_in(request: PersonRequest, code: str) -> HttpResponse:
    """A spreadsheet that came back: everything that it changes, to be looked at and taken in."""
    call, sketch = _opened(request, code)
    form = SheetForm(request.POST or None, request.FILES or None, needs_file=True)
    context = frame_of(call, sketch, request.user.pk, here="languages") | {"form": form}
    folder = checked(sketch).folder
    if not form.is_valid() or folder is None:
        return render(request, "sketches/sheet.html", context)
    source, target = form.cleaned_data["source"], form.cleaned_data["target"]
    try:
        edits, left = translations_in(
            folder, form.cleaned_data["sheet"], source=source, target=target
        )
    except SheetRefused as refused:
        form.add_error("sheet", str(SHEET_FAULTS[Fault(refused.fault)]))
        return render(request, "sketches/sheet.html", context)
    rows = [(numbered(sketch.content, one.where), one) for one in edits]
    marks = {place: mark(value_at(sketch.content, place)) for place, _one in rows}
    shown = {"rows": rows, "left": left, "marks": json.dumps(marks), "target": target}
    return render(request, "sketches/sheet_preview.html", context | shown)


@signed_in
def drafts(request: PersonRequest, code: str) -> HttpResponse:
    """Move drafts to the form that the call has now, with what changed in words."""
    call = access.built_call(request.user, code)
    sketch = keeping.opened_sketch(call, at=now())[0]
    if request.method == "POST":
        count = move_drafts(call, by=request.user, at=now())
        told = ngettext(
            "One draft has the new form; its writers read what changed.",
            "%(count)s drafts have the new form; their writers read what changed.",
            count,
        )
        messages.success(request, told % {"count": words.number(count)})
        return redirect(reverse("sketches:ready", args=[code]))
    context = frame_of(call, sketch, request.user.pk, here="ready")
    return render(request, "sketches/drafts.html", context | {"moves": moves_of(call)})
