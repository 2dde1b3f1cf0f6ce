"""The panel of a call: who sits on it, and who could."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.directory.access import PersonRequest, signed_in
from fondaco.evaluation import access
from fondaco.evaluation.access import OfficeAction
from fondaco.evaluation.forms import SeatForm
from fondaco.evaluation.selectors.office import applicants_in, panel_rows
from fondaco.evaluation.selectors.panel import people_to_seat
from fondaco.evaluation.services.panel import seat_evaluator, unseat_evaluator
from fondaco.evaluation.views.lists import plan_of_evaluators, plan_of_panel
from fondaco.evaluation.views.pages import attempt, office_page
from fondaco.web.lists import exported, listed


@signed_in
@require_safe
def panel(request: PersonRequest, call: str) -> HttpResponse:
    """Who sits on the panel, with load and ties, and the evaluators who could be asked."""
    kept = access.call_for(request.user, call, to=OfficeAction.SEE_PANEL)
    seated = listed(request, panel_rows(kept), plan_of_panel(kept))
    others = listed(request, people_to_seat(kept), plan_of_evaluators(kept))
    for one in (seated, others):
        if one.wants_csv:
            return exported(one)
    context = office_page(request, kept, "panel") | {"seated": seated, "others": others}
    return render(request, "evaluation/panel.html", context)


@signed_in
def seat(request: PersonRequest, call: str) -> HttpResponse:
    """Put somebody on the panel, or change the limit and the known ties."""
    kept = access.call_for(request.user, call, to=OfficeAction.SEAT)
    applicants = applicants_in(kept)
    form = SeatForm(request.POST or None, initial=request.GET.dict(), applicants=applicants)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> object:
            return seat_evaluator(
                kept.pk,
                person_id=said["person"],
                tied_to=said["tied_to"],
                most=said["most"],
                by=request.user,
                at=request.received_at,
            )

        attempt(request, act, _("The evaluator sits on the panel."))
        return redirect("evaluation:panel", kept.code)
    context = office_page(request, kept, "panel") | {"form": form}
    return render(request, "evaluation/seat.html", context)


@signed_in
@require_POST
def unseat(request: PersonRequest, call: str, person: int) -> HttpResponse:
    """Take somebody off the panel; open files come back."""
    kept = access.call_for(request.user, call, to=OfficeAction.SEAT)

    def act() -> object:
        return unseat_evaluator(kept.pk, person_id=person, by=request.user, at=request.received_at)

    attempt(request, act, _("The evaluator has left the panel; open files came back."))
    return redirect("evaluation:panel", kept.code)
