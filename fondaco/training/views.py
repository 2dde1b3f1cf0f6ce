"""The places of a course, and marking them as completed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fondaco.directory.access import PersonRequest, signed_in
from fondaco.documents.access import require_open
from fondaco.documents.rules import MEDIA_TYPES
from fondaco.documents.selectors import opened
from fondaco.kernel.decisions import Refused
from fondaco.training import access, phrases
from fondaco.training.forms import CompletionForm
from fondaco.training.models import Place
from fondaco.training.selectors import places_in
from fondaco.training.services import complete_place
from fondaco.web import words
from fondaco.web.downloads import attachment
from fondaco.web.lists import Column, Filter, Plan, exported, listed


def _organisation(place: Place) -> str:
    return place.outcome.application.organisation.name


def _place_told(place: Place) -> str:
    return f"{place.person.name} {_organisation(place)} {place.outcome.application.code}"


COLUMNS = {
    "person": Column(gettext_lazy("Person"), ["person__name"], lambda place: place.person.name),
    "organisation": Column(
        gettext_lazy("Organisation"),
        ["outcome__application__organisation__name"],
        _organisation,
    ),
    "given": Column(gettext_lazy("Given"), ["given_at"], lambda place: place.given_at),
    "completed": Column(
        gettext_lazy("Completed"), ["completed_on"], lambda place: place.completed_on
    ),
    "actions": Column(gettext_lazy("Actions"), is_seen=False),
}
COMPLETED = Filter(
    "completed",
    gettext_lazy("Completed"),
    [("yes", gettext_lazy("Completed")), ("no", gettext_lazy("Not yet"))],
    lambda place, value: (place.completed_on is not None) == (value == "yes"),
)


@signed_in
@require_safe
def places(request: PersonRequest, call: str) -> HttpResponse:
    """Who has a place on the course, and who completed it."""
    course = access.course_for(request.user, call)
    plan = Plan(f"{course.code}-places", COLUMNS, _place_told, (COMPLETED,))
    shown = listed(request, places_in(course), plan)
    if shown.wants_csv:
        return exported(shown)
    context = {
        "call": course,
        "programme": course.programme,
        "trail": [(words.say(course.title).text, reverse("desks:call", args=[course.code]))],
        "list": shown,
    }
    return render(request, "training/places.html", context)


@signed_in
def complete(request: PersonRequest, call: str, place: int) -> HttpResponse:
    """Mark one place as completed, with the day and the proof."""
    course = access.course_for(request.user, call)
    kept = access.place_for(request.user, call, place)
    form = CompletionForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            complete_place(
                kept.pk,
                completed_on=said["completed_on"],
                name=said["proof"].name,
                proof=said["proof"],
                zone=course.zone,
                by=request.user,
                at=request.received_at,
            )
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, str(phrases.REASONS[reason]))
        else:
            messages.success(request, _("The place is marked as completed."))
            return redirect("training:places", course.code)
    context = {"call": course, "programme": course.programme, "place": kept, "form": form}
    return render(request, "training/complete.html", context)


@signed_in
@require_safe
def proof(request: PersonRequest, call: str, place: int) -> HttpResponse:
    """What proves that the course was completed."""
    kept = access.place_for(request.user, call, place)
    if kept.proof is None:
        raise Http404
    upload = kept.proof
    require_open(upload)
    return attachment(opened(upload), upload.name, MEDIA_TYPES[upload.kind], upload.size)
