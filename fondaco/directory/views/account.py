"""One's own page: who one is, what is kept of it, and leaving."""

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fondaco.directory import selectors
from fondaco.directory.access import PersonRequest, fresh, signed_in
from fondaco.directory.forms import ErasureForm, PersonForm
from fondaco.directory.phrases import REASONS
from fondaco.directory.rules.posts import erasure
from fondaco.directory.rules.reasons import Reason
from fondaco.directory.services import people
from fondaco.directory.views.entry import way_on
from fondaco.kernel.decisions import Refused
from fondaco.kernel.plain import plain
from fondaco.kernel.told import everything_about
from fondaco.web.downloads import text_attachment


@signed_in
def me(request: PersonRequest) -> HttpResponse:
    """Name, language and zone, and the doors to everything else of the account."""
    person = request.user
    known = {"name": person.name, "language": person.language, "time_zone": person.time_zone}
    form = PersonForm(request.POST or None, initial=known)
    if form.is_valid():
        kept = people.change_person(person.pk, **form.cleaned_data, at=request.received_at)
        with translation.override(kept.language):
            messages.success(request, _("Your details are saved."))
            return redirect("directory:me")
    words = {
        "form": form,
        "posts": selectors.posts_of(person),
        "addresses": selectors.proven_addresses(person),
        "kinds": selectors.second_factors(person),
    }
    return render(request, "directory/me.html", words)


@fresh
def export(request: PersonRequest) -> HttpResponse:
    """Everything the house keeps about the person, as one JSON file."""
    told = plain(everything_about(request.user.pk))
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True)
    return text_attachment(text, "everything-about-me.json", "application/json")


@fresh
def erase(request: PersonRequest) -> HttpResponse:
    """What goes and what stays, and the button that erases."""
    person = request.user
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        try:
            kept = people.erase_person(person.pk, by=person, at=request.received_at)
        except Refused:
            return redirect("directory:erase")
        logout(request)
        return render(request, "directory/erased.html", {"kept": kept})
    decision = erasure(selectors.erasure_facts(person))
    words = {
        "form": form,
        "posts": selectors.posts_of(person),
        "reasons": [REASONS[Reason(reason)] for reason in decision.reasons],
    }
    return render(request, "directory/erase.html", words)


@signed_in
@require_POST
def act_for(request: PersonRequest) -> HttpResponse:
    """Act for another of one's organisations from now on."""
    wanted = request.POST.get("organisation", "")
    chosen = [one for one in request.organisations if one.code == wanted]
    if chosen:
        request.session["acting_for"] = chosen[0].pk
        messages.success(request, _("You now act for %(name)s.") % {"name": chosen[0].name})
    return redirect(way_on(request) or reverse("directory:organisations"))
