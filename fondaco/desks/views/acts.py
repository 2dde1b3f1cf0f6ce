"""What an officer records about a call: published, corrected, suspended, going on, ended."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.calls import services
from fondaco.calls.models import Call
from fondaco.calls.phrases import AGAINST
from fondaco.calls.rules.acts import FROM, Against
from fondaco.calls.selectors import stage_of
from fondaco.calls.states import ActKind, Stage
from fondaco.desks.forms import PUBLICATION, ActForm
from fondaco.desks.selectors import calls as call_pages
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.views.lists import now
from fondaco.desks.views.ways import call_for, way_below
from fondaco.directory.access import PersonRequest, fresh, signed_in
from fondaco.kernel.decisions import Refused
from fondaco.programmes.states import RoleKind
from fondaco.web import words

RECORD: dict[ActKind, Callable[..., object]] = {
    ActKind.CORRIGENDUM: services.correct_call,
    ActKind.SUSPENSION: services.suspend_call,
    ActKind.RESUMPTION: services.resume_call,
    ActKind.CANCELLATION: services.cancel_call,
    ActKind.EARLY_CLOSURE: services.close_call_early,
}


@signed_in
def acts(request: PersonRequest, code: str) -> HttpResponse:
    """Record what happens to a call; cancelling asks for a fresh sign-in."""
    call = call_for(request, code, RoleKind.OFFICER)
    form = ActForm(request.POST or None, stage=stage_of(call, at=now(request)))
    if request.method != "POST" or not form.is_valid():
        return _shown(request, call, form)
    if form.cleaned_data["act"] == ActKind.CANCELLATION:
        return _recorded_surely(request, call, form)
    return _recorded(request, call, form)


def _shown(request: PersonRequest, call: Call, form: ActForm) -> HttpResponse:
    stage = stage_of(call, at=now(request))
    office = reverse("desks:office", args=[call.code])
    context = {
        "form": form,
        "call": call,
        "badges": call_pages.badges_of(call, stage),
        "is_draft": stage == Stage.DRAFT,
        "can_record": bool(form.fields["act"].choices),  # type: ignore[attr-defined]
        "can_extend": stage in FROM[ActKind.EXTENSION],
        "back": office,
        "programme_face": face_of(call.programme),
        "trail": [*way_below(call.programme), (words.say(call.title).text, office)],
    }
    return render(request, "desks/acts.html", context)


def _recorded(request: PersonRequest, call: Call, form: ActForm) -> HttpResponse:
    act, at = form.cleaned_data["act"], now(request)
    try:
        if act == PUBLICATION:
            services.publish_call(call.pk, by=request.user, at=at)
        else:
            RECORD[ActKind(act)](call.pk, reason=form.reason(), by=request.user, at=at)
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error("act", str(AGAINST[Against(reason)]))
        return _shown(request, call, form)
    messages.success(request, _("It is recorded, and the page of the call says so."))
    return redirect("desks:office", code=call.code)


_recorded_surely = fresh(_recorded)
