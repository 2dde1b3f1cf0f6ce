"""The trial of a call: an officer fills in the form as an applicant, and nothing counts."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fondaco.applications.rules.posted import PREFIX, typed_answers
from fondaco.calls.models import Call
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.questionnaires.phrases.fields import Field, fields_of
from fondaco.questionnaires.rules.answers import YES, Typed
from fondaco.questionnaires.rules.groups import Move
from fondaco.questionnaires.rules.schema import Kind, Section
from fondaco.sketches import access
from fondaco.sketches.models import Sketch, Trial
from fondaco.sketches.rules.imagined import LANGUAGE
from fondaco.sketches.selectors import checked
from fondaco.sketches.selectors.trials import Tried, trial_of, tried
from fondaco.sketches.services import keeping
from fondaco.sketches.services import trials as services
from fondaco.sketches.views import tried as shown
from fondaco.sketches.views.frame import frame_of, now

CLEAR, BRING_BACK = "clear", "bring-back"


def _opened(request: PersonRequest, code: str) -> tuple[Call, Sketch, Tried | None]:
    """The call, its sketch, and the trial of this officer with what the sketch has."""
    call = access.built_call(request.user, code)
    at = now()
    sketch = keeping.opened_sketch(call, at=at)[0]
    trial = trial_of(sketch, request.user.pk)
    trial = trial or Trial(sketch=sketch, person=request.user, at=at)
    return call, sketch, tried(sketch, checked(sketch).folder, trial, at=at)


@never_cache
@signed_in
def trial(request: PersonRequest, code: str) -> HttpResponse:
    """Where a trial begins: the facts of an organisation that does not exist."""
    call, sketch, found = _opened(request, code)
    if found is None:
        context = frame_of(call, sketch, request.user.pk, here="trial")
        return render(request, "sketches/trial_waits.html", context)
    section = found.organisation
    if request.method == "POST":
        return _kept(request, call, found, section)
    return _page(request, call, sketch, found, section)


@never_cache
@signed_in
def part(request: PersonRequest, code: str, section: str) -> HttpResponse:
    """One section of the form, as an applicant sees it."""
    call, sketch, found = _opened(request, code)
    if found is None:
        return redirect("sketches:trial", code=code)
    asked = found.form.section(section)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _kept(request, call, found, asked)
    return _page(request, call, sketch, found, asked)


@never_cache
@signed_in
def result(request: PersonRequest, code: str) -> HttpResponse:
    """What is missing, what the rules say and why, and what would be paid."""
    call, sketch, found = _opened(request, code)
    if found is None:
        return redirect("sketches:trial", code=code)
    if request.method == "POST":
        return _emptied(request, call) or redirect("sketches:trial-result", code=code)
    context = frame_of(call, sketch, request.user.pk, here="trial") | shown.result_in(found)
    context |= {"trial": found.trial, "steps": shown.steps_in(found, shown.RESULT)}
    return render(request, "sketches/trial_result.html", context)


@never_cache
@signed_in
@require_safe
def receipt(request: PersonRequest, code: str) -> HttpResponse:
    """The receipt as it would look, marked as a trial; only where it could be sent."""
    call, sketch, found = _opened(request, code)
    if found is None or not found.sending:
        return redirect("sketches:trial-result", code=code)
    context = frame_of(call, sketch, request.user.pk, here="trial") | shown.receipt_in(found)
    context |= {"application": {"language": found.trial.language}, "at": found.at}
    return render(request, "sketches/trial_receipt.html", context)


def _page(
    request: PersonRequest,
    call: Call,
    sketch: Sketch,
    found: Tried,
    section: Section,
    *,
    status: int = 200,
) -> HttpResponse:
    is_first = section is found.organisation
    fields = _fields(found, section, is_checked="check" in request.GET)
    context = frame_of(call, sketch, request.user.pk, here="trial") | {
        "trial": found.trial,
        "asked": section,
        "is_first": is_first,
        "fields": fields,
        "problems": [wrong for field in fields for wrong in field.wrong],
        "steps": shown.steps_in(found, section.code if is_first else f"part {section.code}"),
        "is_growing": not is_first and (found.form.is_conditional or found.form.has_groups),
    }
    return render(request, "sketches/trial.html", context, status=status)


def _fields(found: Tried, section: Section, *, is_checked: bool) -> list[Field]:
    if section is found.organisation:
        typed = {**found.trial.facts, LANGUAGE: found.trial.language}
        return fields_of(section, typed)
    return fields_of(
        section,
        found.copy.answers,
        found=found.copy.lacks_in(section) if is_checked else (),
        currency=found.call.currency,
        known=found.known,
    )


def _kept(request: PersonRequest, call: Call, found: Tried, section: Section) -> HttpResponse:
    """Keep what was typed, then do what the pressed button says."""
    typed = typed_answers(section, dict(request.POST.lists()))
    is_first = section is found.organisation
    if is_first:
        spoken = str(typed.pop(LANGUAGE, ""))
        kept = services.keep_facts(call.pk, typed, language=spoken, by=request.user, at=now())
    else:
        typed |= _ticked(section, request.POST)
        kept = services.keep_answers(call.pk, typed, by=request.user, at=now())
    if request.headers.get("HX-Request"):
        return render(request, "sketches/_trial_state.html", {"call": call, "trial": kept})
    emptied = _emptied(request, call)
    return emptied or _after(request, call, section, is_first=is_first)


def _ticked(section: Section, sent: QueryDict) -> Mapping[str, Typed]:
    """The files that count as given."""
    return {
        question.code: YES if sent.get(PREFIX + question.code) == YES else ""
        for question in section.questions
        if question.kind == Kind.FILE
    }


def _emptied(request: PersonRequest, call: Call) -> HttpResponse | None:
    """Empty the trial or bring it back, where that was pressed."""
    act = request.POST.get("do", "")
    if act == CLEAR:
        services.clear(call.pk, by=request.user, at=now())
        messages.info(request, _("The trial is empty. Undo brings back what you typed."))
    elif act == BRING_BACK:
        services.bring_back(call.pk, by=request.user, at=now())
        messages.info(request, _("What you typed before is back."))
    else:
        return None
    return redirect("sketches:trial", code=call.code)


def _after(request: PersonRequest, call: Call, section: Section, *, is_first: bool) -> HttpResponse:
    """Where a kept page leads: to its row, its signature, its problems, or on."""
    here = request.path
    _call, sketch, found = _opened(request, call.code)
    if found is None:
        return redirect("sketches:trial", code=call.code)
    if "row" in request.POST:
        return redirect(here + _row_changed(request, call, section))
    if "sign" in request.POST:
        return redirect(here + _signed(request, call, found, section))
    section = found.organisation if is_first else section
    is_wrong = bool(found.copy.wrong_in(section)) if not is_first else False
    if is_wrong:
        return _page(request, call, sketch, found, section, status=422)
    return redirect(here if "stay" in request.POST else _next(found, section, is_first=is_first))


def _row_changed(request: PersonRequest, call: Call, section: Section) -> str:
    """Without script: a row is added, moved, taken away or put back; where it stands."""
    move, _gap, rest = request.POST["row"].partition(" ")
    code, _gap, row = rest.partition(" ")
    group = next((one for one in section.groups if one.code == code), None)
    if group is None or move not in set(Move):
        return ""
    row = services.change_rows(call.pk, group, Move(move), row, by=request.user, at=now())
    return f"#q-{code}.{row}-row"


def _signed(request: PersonRequest, call: Call, found: Tried, section: Section) -> str:
    """Sign by the button; where the signature stands."""
    code = request.POST["sign"]
    asked = next((one for one in section.questions if one.code == code), None)
    if asked is None or asked.kind != Kind.SIGNATURE:
        return ""
    services.sign(call.pk, code, under=found.copy.signed, by=request.user, at=now())
    return f"#q-{code}"


def _next(found: Tried, section: Section, *, is_first: bool) -> str:
    code, asked = found.call.code, found.copy.sections
    if not is_first:
        position = found.form.sections.index(section) + 1
        later = found.form.sections[position:]
        asked = tuple(one for one in later if found.copy.is_asked(one))
    if not asked:
        return reverse("sketches:trial-result", args=[code])
    return shown.part_url(code, asked[0].code)
