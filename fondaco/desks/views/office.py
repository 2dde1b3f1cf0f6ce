"""The officer's pages: a programme's calls, one call, its texts and its deadline."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.calls import services as calls
from fondaco.calls.models import Call
from fondaco.calls.phrases import AGAINST
from fondaco.calls.rules.acts import Against, extension
from fondaco.calls.selectors import (
    deadline_of,
    next_deadline_of,
    non_working,
    opening_terms,
    stage_of,
)
from fondaco.calls.states import Stage
from fondaco.desks.forms import CallForm, ExtensionForm, ProgrammeForm
from fondaco.desks.selectors import calls as call_pages
from fondaco.desks.selectors import office as office_pages
from fondaco.desks.selectors.board import board_of
from fondaco.desks.selectors.effects import effects_of
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.views.lists import now, plan_of_office
from fondaco.desks.views.ways import call_for, programme_for, way_to_call, way_to_programme
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.evaluation.selectors.outcomes import can_close_early
from fondaco.kernel.decisions import Refused
from fondaco.programmes import services as programmes
from fondaco.programmes.access import has_role
from fondaco.programmes.states import RoleKind
from fondaco.web import words
from fondaco.web.lists import exported, listed, table_export

RUNS = (RoleKind.OFFICER, RoleKind.DECIDER)


@signed_in
def run(request: PersonRequest, code: str) -> HttpResponse:
    """A programme as those who run it see it: its calls and where each stands."""
    programme = programme_for(request, code, *RUNS)
    calls = office_pages.office_calls(programme, at=now(request))
    shown = listed(request, calls, plan_of_office(programme))
    if shown.wants_csv:
        return exported(shown)
    context = {
        "programme": programme,
        "list": shown,
        "is_officer": has_role(request.user, programme.pk, RoleKind.OFFICER),
        "kinds": {row.call.kind for row in calls},
        "programme_face": face_of(programme),
        "trail": way_to_programme(),
    }
    return render(request, "desks/run.html", context)


@signed_in
def office(request: PersonRequest, code: str) -> HttpResponse:
    """One call: figures, pictures, what to do next."""
    call = call_for(request, code, *RUNS)
    at = now(request)
    stage = stage_of(call, at=at)
    board = board_of(call, beside=request.GET.get("beside", ""), at=at)
    if request.GET.get("export") == "csv":
        return table_export(f"{code}-figures", ("figure", "of", "number"), board.rows)
    context = {
        "call": call,
        "board": board,
        "overview": office_pages.overview_of(call),
        "office": office_pages.office_of(call, request.user),
        "badges": call_pages.badges_of(call, stage),
        "is_draft": stage == Stage.DRAFT,
        "closes_at": next_deadline_of(call, at=at),
        "closes_early": can_close_early(call, at=at),
        "internal": office_pages.internal_steps(call, at=at),
        "acts": call_pages.acts_of(call),
        "programme_face": face_of(call.programme),
        "trail": way_to_call(call),
    }
    return render(request, "desks/office.html", context)


@signed_in
def edit_programme(request: PersonRequest, code: str) -> HttpResponse:
    """The texts of a programme, in every language."""
    programme = programme_for(request, code, RoleKind.OFFICER)
    kept = {name: getattr(programme, name) for name in ProgrammeForm.names}
    form = ProgrammeForm(request.POST or None, kept=kept)
    if request.method == "POST" and form.is_valid():
        programmes.change_texts(programme.code, form.texts(), by=request.user, at=now(request))
        messages.success(request, _("The texts are changed and stand on the public page."))
        return redirect("desks:run", code=code)
    context = {
        "form": form,
        "title": programme.acronym,
        "back": reverse("desks:run", args=[code]),
        "programme_face": face_of(programme),
    }
    return render(request, "desks/edit.html", context)


@signed_in
def edit_call(request: PersonRequest, code: str) -> HttpResponse:
    """The texts of a call, in every language."""
    call = call_for(request, code, RoleKind.OFFICER)
    form = CallForm(
        request.POST or None, kept={name: getattr(call, name) for name in CallForm.names}
    )
    if request.method == "POST" and form.is_valid():
        calls.change_texts(call.pk, form.texts(), by=request.user, at=now(request))
        messages.success(request, _("The texts are changed and stand on the public page."))
        return redirect("desks:office", code=code)
    context = {
        "form": form,
        "title": words.say(call.title).text,
        "back": reverse("desks:office", args=[code]),
        "programme_face": face_of(call.programme),
    }
    return render(request, "desks/edit.html", context)


def _extended(request: PersonRequest, call: Call, form: ExtensionForm) -> bool:
    """Whether the deadline was moved; what stood in the way is told at its field."""
    closes = form.cleaned_data["closes"]
    try:
        calls.extend_call(
            call.pk, closes_at=closes, reason=form.reason(), by=request.user, at=now(request)
        )
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error("closes", str(AGAINST[Against(reason)]))
        return False
    told = _("The deadline is moved; the page of the call says so, with the reason.")
    messages.success(request, told)
    return True


def _is_possible(call: Call, form: ExtensionForm, request: PersonRequest) -> bool:
    """Whether the deadline can move there; what stands in the way is told at its field."""
    closes = form.cleaned_data["closes"]
    reasons = extension(opening_terms(call), closes, at=now(request)).reasons
    for reason in reasons:
        form.add_error("closes", str(AGAINST[Against(reason)]))
    return not reasons


@signed_in
def extend(request: PersonRequest, code: str) -> HttpResponse:
    """Move the deadline, for everybody, with a reason."""
    call = call_for(request, code, RoleKind.OFFICER)
    form = ExtensionForm(request.POST or None, zone=call.zone, weekend=non_working(call))
    is_filled = request.method == "POST" and form.is_valid() and _is_possible(call, form, request)
    if is_filled and "confirmed" in request.POST and _extended(request, call, form):
        return redirect("desks:office", code=code)
    asked = form.cleaned_data["closes"] if is_filled else None
    context = {
        "form": form,
        "call": call,
        "effects": effects_of(call, asked),
        "asked": None if form.errors else asked,
        "closes_at": deadline_of(call),
        "back": reverse("desks:office", args=[code]),
        "programme_face": face_of(call.programme),
    }
    return render(request, "desks/extend.html", context)
