"""The reader's own desk: what waits, and everything that is theirs."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondaco.applications.models import Application
from fondaco.applications.phrases import STATE_TONES, STATES
from fondaco.applications.states import State
from fondaco.desks.selectors import own, waiting
from fondaco.desks.views.lists import (
    ROWS,
    address_without_page,
    asked_in,
    headings_of,
    now,
    table_export,
)
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.evaluation.phrases import GROUP_TONES, GROUPS
from fondaco.evaluation.selectors.outcomes import groups_told
from fondaco.evaluation.states import Group
from fondaco.kernel.plain import plain
from fondaco.mail.phrases import OCCASIONS
from fondaco.mail.selectors import letters_to
from fondaco.programmes.access import programmes_with
from fondaco.programmes.states import RoleKind

MOST_LETTERS = 8


def _shown(row: Application, told: Mapping[int, Group]) -> dict[str, object]:
    """A row with where it stands: what was decided, once it was told, else the state."""
    if row.pk in told:
        group = told[row.pk]
        return {"application": row, "state": GROUPS[group], "tone": GROUP_TONES[group]}
    state = State(row.state)
    return {"application": row, "state": STATES[state], "tone": STATE_TONES[state]}


@signed_in
def home(request: PersonRequest) -> HttpResponse:
    """What waits for me, until when; then my applications, letters and programmes."""
    person, asked = request.user, asked_in(request, "search")
    waits = waiting.unfinished_applications(request.organisations)
    found = own.applications(request.organisations, search=asked["search"])
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    told = groups_told(list(page))
    context = {
        "waits": waiting.all_waits(person, waits, at=now(request)),
        "page": page,
        "applications": [_shown(row, told) for row in page],
        "search": asked["search"],
        "has_search": bool(asked["search"]) or page.has_other_pages(),
        "query": address_without_page(request),
        "letters": letters_to(person.pk)[:MOST_LETTERS],
        "officer_of": programmes_with(person, RoleKind.OFFICER, RoleKind.DECIDER),
        "observer_of": programmes_with(
            person, RoleKind.OBSERVER, RoleKind.OFFICER, RoleKind.DECIDER
        ),
        "has_organisation": bool(request.organisations),
    }
    return render(request, "desks/home.html", context)


@signed_in
@require_safe
def letters(request: PersonRequest) -> HttpResponse:
    """Every letter that stands in the portal for me."""
    asked = asked_in(request, "search", "sort")
    found, query = own.letters(request.user, **asked), address_without_page(request)
    if request.GET.get("export") == "csv":
        rows = ((one.code, one.subject, one.occasion, plain(one.released_at)) for one in found)
        return table_export("letters", ("code", "subject", "occasion", "released"), rows)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    labels = {"subject": _("Letter"), "programme": _("Programme"), "released": _("Date")}
    said = {occasion.value: words for occasion, words in OCCASIONS.items()}
    context = {
        "page": page,
        "rows": [{"letter": one, "occasion": said.get(one.occasion, "")} for one in page],
        "headings": headings_of(request, labels, first="-released"),
        "search": asked["search"],
        "filters": [],
        "query": query,
        "export": f"?export=csv{query}",
        "trail": [(_("My desk"), reverse("desks:home"))],
    }
    return render(request, "desks/letters.html", context)
