"""The reader's own desk: what waits, and everything that is theirs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondaco.desks.selectors import held, house, own, waiting
from fondaco.desks.views.lists import APPLICATIONS, LETTERS, WAITS, now
from fondaco.desks.views.observer import MAY_ASK
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.mail.phrases import OCCASIONS
from fondaco.mail.selectors import letters_to
from fondaco.programmes.access import programmes_with
from fondaco.programmes.states import RoleKind
from fondaco.web.lists import exported, listed

MOST_LETTERS = 8
MOST_HELD = 4


@signed_in
def home(request: PersonRequest) -> HttpResponse:
    """What waits for me, until when; then my applications, letters and programmes."""
    person = request.user
    unfinished = waiting.unfinished_applications(request.organisations)
    found = waiting.all_waits(person, unfinished, at=now(request)) + house.house_waits(person)
    waits = listed(request, found, WAITS)
    applications = listed(request, own.applications(request.organisations), APPLICATIONS)
    for one in (waits, applications):
        if one.wants_csv:
            return exported(one)
    context = {
        "waits": waits,
        "applications": applications,
        "held": held.held_by(request.organisations)[:MOST_HELD],
        "letters": letters_to(person.pk)[:MOST_LETTERS],
        "officer_of": programmes_with(person, RoleKind.OFFICER, RoleKind.DECIDER),
        "partner_of": programmes_with(person, RoleKind.PARTNER),
        "observer_of": programmes_with(person, *MAY_ASK),
        "has_organisation": bool(request.organisations),
        "may_apply": _may_apply(request),
    }
    filled = [waits.page.object_list, waits.is_asked, applications.is_asked]
    filled += [context["has_organisation"], not context["may_apply"], context["letters"]]
    return render(request, "desks/home.html", context | {"is_new": not any(filled)})


def _may_apply(request: PersonRequest) -> bool:
    """Whether applications concern the reader: not where a role is all that they have here."""
    person = request.user
    if request.organisations or person.is_installation_admin:
        return bool(request.organisations)
    return not programmes_with(person, *RoleKind).exists()


@signed_in
@require_safe
def letters(request: PersonRequest) -> HttpResponse:
    """Every letter that stands in the portal for me."""
    shown = listed(request, letters_to(request.user.pk), LETTERS)
    if shown.wants_csv:
        return exported(shown)
    said = {occasion.value: words for occasion, words in OCCASIONS.items()}
    context = {
        "list": shown,
        "rows": [{"letter": one, "occasion": said.get(one.occasion, "")} for one in shown.page],
        "trail": [(_("My desk"), reverse("desks:home"))],
    }
    return render(request, "desks/letters.html", context)
