"""Giving files to evaluators, by hand or spread evenly, and following their progress."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.calls.models import Call
from fondaco.calls.selectors import non_working
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.evaluation import access, phrases
from fondaco.evaluation.access import OfficeAction
from fondaco.evaluation.forms import DueForm, GiveForm, WhyForm
from fondaco.evaluation.selectors.office import (
    file_rows,
    people_on_panel,
    planned_pairs,
    progress_rows,
)
from fondaco.evaluation.services import assignments as services
from fondaco.evaluation.views.lists import plan_of_files, plan_of_progress, plan_of_spread
from fondaco.evaluation.views.pages import attempt, office_page
from fondaco.kernel.clock import is_day_off
from fondaco.web.lists import exported, listed
from fondaco.web.words import day_off


@signed_in
@require_safe
def assign(request: PersonRequest, call: str) -> HttpResponse:
    """Every eligible application with its evaluators, ties, and what it still needs."""
    kept = access.call_for(request.user, call, to=OfficeAction.ASSIGN)
    shown = listed(request, file_rows(kept), plan_of_files(kept))
    if shown.wants_csv:
        return exported(shown)
    context = {"list": shown}
    return render(request, "evaluation/assign.html", office_page(request, kept, "assign") | context)


@signed_in
@require_POST
def give(request: PersonRequest, call: str) -> HttpResponse:
    """Give one file to one evaluator."""
    kept = access.call_for(request.user, call, to=OfficeAction.ASSIGN)
    form = GiveForm(request.POST, people=people_on_panel(kept))
    if form.is_valid():
        said = form.cleaned_data
        application = access.application_in(
            request.user, call, said["application"], to=OfficeAction.ASSIGN
        )

        def act() -> object:
            return services.assign_evaluator(
                application.pk,
                person_id=said["person"],
                due_on=said["due_on"],
                by=request.user,
                at=request.received_at,
            )

        if attempt(request, act, _("The file was given.")):
            _warn_of_day_off(request, kept, said["due_on"])
    return redirect("evaluation:assign", kept.code)


@signed_in
def spread(request: PersonRequest, call: str) -> HttpResponse:
    """First shows who would get what; then gives the files as shown."""
    kept = access.call_for(request.user, call, to=OfficeAction.ASSIGN)
    form = DueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        due = form.cleaned_data["due_on"]

        def act() -> object:
            return services.spread_files(
                kept.pk, due_on=due, by=request.user, at=request.received_at
            )

        attempt(request, act, _("The files were spread."))
        _warn_of_day_off(request, kept, due)
        return redirect("evaluation:assign", kept.code)
    plan = services.planned_spread(kept)
    shown = listed(request, planned_pairs(kept, plan), plan_of_spread(kept))
    if shown.wants_csv:
        return exported(shown)
    context = {
        "form": form,
        "list": shown,
        "unplaced": [phrases.unplaced_in_words(lack) for lack in plan.unplaced],
    }
    return render(request, "evaluation/spread.html", office_page(request, kept, "assign") | context)


def _warn_of_day_off(request: PersonRequest, call: Call, day: date | None) -> None:
    """Tell the officer that the day they chose is no working day; it stays as it is."""
    days_off = non_working(call)
    if day and is_day_off(day, days_off):
        told = _("%(day)s is no working day of this programme. Give another day if you like.")
        messages.warning(request, told % {"day": day_off(day, days_off)})


@signed_in
@require_POST
def release(request: PersonRequest, call: str, assignment: int) -> HttpResponse:
    """Take one file back."""
    kept = access.assignment_in(request.user, call, assignment, to=OfficeAction.ASSIGN)

    def act() -> object:
        return services.release(kept.pk, by_id=request.user.pk, at=request.received_at)

    attempt(request, act, _("The file was taken back."))
    return redirect("evaluation:assign", call)


@signed_in
def reopen(request: PersonRequest, call: str, assignment: int) -> HttpResponse:
    """Unlock an evaluator's marks, with the reason."""
    kept = access.assignment_in(request.user, call, assignment, to=OfficeAction.REOPEN)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]

        def act() -> object:
            return services.reopen_assignment(
                kept.pk, why=why, by=request.user, at=request.received_at
            )

        attempt(request, act, _("The marks are open again for their evaluator."))
        return redirect("evaluation:progress", call)
    context = {"form": form, "assignment": kept}
    page = office_page(request, kept.application.call, "progress")
    return render(request, "evaluation/reopen.html", page | context)


@signed_in
@require_safe
def progress(request: PersonRequest, call: str) -> HttpResponse:
    """Who has how many files left; never a mark that is not locked."""
    kept = access.call_for(request.user, call, to=OfficeAction.SEE_PANEL)
    shown = listed(request, progress_rows(kept), plan_of_progress(kept))
    if shown.wants_csv:
        return exported(shown)
    context = {"list": shown, "today": request.received_at.date()}
    page = office_page(request, kept, "progress")
    return render(request, "evaluation/progress.html", page | context)
