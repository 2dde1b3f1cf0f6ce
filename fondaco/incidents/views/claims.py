"""The page of somebody who was kept from sending: the procedure, what is on record, the claim."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondaco.applications.access import Purpose, application_for
from fondaco.applications.models import Application
from fondaco.applications.selectors import deadline_for
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.documents.rules import MEDIA_TYPES
from fondaco.documents.selectors import opened
from fondaco.incidents import access, phrases, selectors
from fondaco.incidents.forms import ClaimForm
from fondaco.incidents.rules.claims import Reason
from fondaco.incidents.services import claims as services
from fondaco.incidents.tasks import take_in_attempts
from fondaco.incidents.views import pages
from fondaco.web.downloads import attachment


@signed_in
def prevented(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """What can be done after the deadline; a claim, with what the platform recorded."""
    application = application_for(request.user, code, to=Purpose.READ, call=call)
    take_in_attempts()
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _claimed(request, application, form):
        return redirect("incidents:prevented", call, code)
    return render(request, "incidents/prevented.html", _page(request, application, form))


def _claimed(request: PersonRequest, application: Application, form: ClaimForm) -> bool:
    said = form.cleaned_data

    def act() -> object:
        return services.make_claim(
            application.pk,
            text=said["text"],
            file=said["file"],
            by=request.user,
            at=request.received_at,
        )

    return pages.attempt(request, act, done=_("Your claim was received."))


def _page(request: PersonRequest, application: Application, form: ClaimForm) -> dict[str, object]:
    at, call = request.received_at, application.call
    barred = selectors.claim_barred(application, at=at)
    until = selectors.claims_until(call, at=at)
    return {
        "application": application,
        "call": call,
        "trail": pages.way_to_application(application),
        "procedure": selectors.procedure_of(call),
        "claims": [
            (one, *pages.badge_of(one.state)) for one in selectors.claims_about(application)
        ],
        "attempts": [pages.tried(one) for one in selectors.attempts_with(application)],
        "can_claim": not barred,
        "barred": phrases.reason_words(one for one in barred if one != Reason.WAITS_ALREADY),
        "until": until,
        "is_late": until is not None and at > until,
        "closes_at": deadline_for(application, at=at),
        "form": form,
    }


@signed_in
@require_safe
def file(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """The file of a claim."""
    upload = access.file_of_claim(request.user, call, code)
    return attachment(opened(upload), upload.name, MEDIA_TYPES[upload.kind], upload.size)
