"""The mark of a programme: an officer gives one of its own, or goes back to the folder's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fondaco.desks.forms import MarkForm
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.views.lists import now
from fondaco.desks.views.ways import programme_for
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.programmes import services as programmes
from fondaco.programmes.states import RoleKind


@signed_in
def change_mark(request: PersonRequest, code: str) -> HttpResponse:
    """Give the programme a mark, drawn anew from what was sent."""
    programme = programme_for(request, code, RoleKind.OFFICER)
    form = MarkForm(request.POST, request.FILES) if request.method == "POST" else MarkForm()
    if form.is_valid():
        drawn = form.cleaned_data["mark"]
        programmes.give_mark(programme.code, drawn, by=request.user, at=now(request))
        messages.success(request, _("The mark is changed and stands on every page of it."))
        return redirect("desks:programme", code=code)
    context = {
        "form": form,
        "programme": programme,
        "back": reverse("desks:run", args=[code]),
        "programme_face": face_of(programme),
    }
    return render(request, "desks/mark.html", context)


@signed_in
@require_POST
def remove_mark(request: PersonRequest, code: str) -> HttpResponse:
    """Go back to the mark that the programme's folder has."""
    programme = programme_for(request, code, RoleKind.OFFICER)
    programmes.remove_mark(programme.code, by=request.user, at=now(request))
    messages.success(request, _("The mark is removed; that of the folder holds again."))
    return redirect("desks:change_mark", code=code)
