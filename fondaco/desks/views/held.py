"""What decisions have made: the members and profiles of a programme, and what somebody holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fondaco.desks.selectors import held
from fondaco.desks.selectors.faces import face_of
from fondaco.desks.selectors.held import Held, Sort
from fondaco.desks.views.ways import programme_for, way_below, way_to_programme
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.evaluation.access import Sight
from fondaco.exchanges.access import profile_for
from fondaco.membership.access import OFFICE, membership_for
from fondaco.programmes.models import Programme
from fondaco.training.access import own_place_for
from fondaco.web.lists import Column, Filter, Plan, Words, exported, listed

SINCE = Column(gettext_lazy("Since"), ["since"], lambda one: one.since)
UNTIL = Column(gettext_lazy("Until"), ["until"], lambda one: one.until)
STATE = Column(gettext_lazy("Where it stands"), ["state"], lambda one: one.standing)
ORGANISATION = Column(
    gettext_lazy("Organisation"), ["organisation__name"], lambda one: one.organisation.name
)
STANDING = Filter(
    "state",
    gettext_lazy("Where it stands"),
    [(one.value, said) for one, said in held.STANDINGS.items()],
    "standing",
)
SORT = Filter(
    "kind", gettext_lazy("What"), [(one.value, said) for one, said in held.SORTS.items()], "sort"
)
OFFICE_COLUMNS = {
    "organisation": ORGANISATION,
    "country": Column(
        gettext_lazy("Country"), cell=lambda one: one.organisation.country, is_shown=False
    ),
    "application": Column(
        gettext_lazy("Application"), cell=lambda one: one.outcome.application.code, is_shown=False
    ),
    "decision": Column(
        gettext_lazy("Decision"), cell=lambda one: one.outcome.decision.code, is_shown=False
    ),
    "call": Column(gettext_lazy("Call"), ["title"], lambda one: one.call.code),
    "since": SINCE,
    "until": UNTIL,
    "state": STATE,
}
OWN_COLUMNS = {
    "what": Column(gettext_lazy("What"), ["title", "said"], lambda one: one.sort),
    "call": Column(gettext_lazy("Call"), cell=lambda one: one.title, is_shown=False),
    "organisation": ORGANISATION,
    "since": SINCE,
    "until": UNTIL,
    "state": STATE,
}


def _told(one: Held) -> str:
    """What searching looks at."""
    application = one.outcome.application
    said = [str(one.said), one.person, application.code, one.organisation.name, one.call.code]
    return " ".join([*said, *one.call.title.values()])


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a programme keeps one sort of what its decisions made."""

    name: str
    title: Words
    lead: Words
    empty: Words
    rows: Callable[[Programme], list[Held]]


MEMBERS = Shelf(
    "members",
    gettext_lazy("Members"),
    gettext_lazy("Who joined by a letter of commitment: since when, by which call, until when."),
    gettext_lazy("A membership begins when the decision on an application is confirmed."),
    held.members_of,
)
PROFILES = Shelf(
    "profiles",
    gettext_lazy("Hosts and visitors"),
    gettext_lazy("Whose profile was accepted: since when, by which call, until when."),
    gettext_lazy("A profile is accepted when the decision on an application is confirmed."),
    held.profiles_of_programme,
)
SHELVES = {Sort.MEMBERSHIP: MEMBERS, Sort.PROFILE: PROFILES}


def _calls_among(rows: Sequence[Held]) -> Filter:
    """Only the calls from which something came."""
    titles = {one.call.code: one.title for one in rows}
    return Filter("call", _("Call"), sorted(titles.items(), key=lambda pair: pair[1]), "call__code")


def _shelf(request: PersonRequest, code: str, shelf: Shelf) -> HttpResponse:
    programme = programme_for(request, code, *OFFICE)
    rows = shelf.rows(programme)
    filters = (_calls_among(rows), STANDING)
    plan = Plan(f"{code}-{shelf.name}", OFFICE_COLUMNS, _told, filters, first="-since")
    shown = listed(request, rows, plan)
    if shown.wants_csv:
        return exported(shown)
    context = {
        "programme": programme,
        "list": shown,
        "shelf": shelf,
        "programme_face": face_of(programme),
        "trail": way_below(programme),
    }
    return render(request, "desks/held.html", context)


@signed_in
@require_safe
def members(request: PersonRequest, code: str) -> HttpResponse:
    """Who belongs to the cluster of a programme, and who did."""
    return _shelf(request, code, MEMBERS)


@signed_in
@require_safe
def profiles(request: PersonRequest, code: str) -> HttpResponse:
    """The accepted hosts and visitors of a programme."""
    return _shelf(request, code, PROFILES)


@signed_in
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """What the reader's organisations hold."""
    plan = Plan("held", OWN_COLUMNS, _told, (SORT, STANDING), first="-since")
    shown = listed(request, held.held_by(request.organisations), plan)
    if shown.wants_csv:
        return exported(shown)
    context = {"list": shown, "is_own": True, "trail": way_to_programme()}
    return render(request, "desks/held.html", context)


@signed_in
@require_safe
def member(request: PersonRequest, number: int) -> HttpResponse:
    """One membership."""
    kept, sight = membership_for(request.user, number)
    return _thing(request, held.of_membership(kept), sight)


@signed_in
@require_safe
def profile(request: PersonRequest, number: int) -> HttpResponse:
    """One accepted profile."""
    kept, sight = profile_for(request.user, number)
    return _thing(request, held.of_profile(kept), sight)


@signed_in
@require_safe
def place(request: PersonRequest, number: int) -> HttpResponse:
    """One place on a course."""
    kept, sight = own_place_for(request.user, number)
    return _thing(request, held.of_place(kept), sight)


def _thing(request: PersonRequest, one: Held, sight: Sight) -> HttpResponse:
    """What it is, since when, from which decision and application, until when, how it ended."""
    is_office = sight is Sight.OFFICE
    colleagues = {organisation.pk for organisation in request.organisations}
    context = {
        "held": one,
        "is_office": is_office,
        "is_colleague": one.organisation.pk in colleagues,
        "programme": one.programme,
        "programme_face": face_of(one.programme),
        "trail": _way_to(one, is_office=is_office),
    }
    return render(request, "desks/held_thing.html", context)


def _way_to(one: Held, *, is_office: bool) -> list[tuple[str, str]]:
    """The list from which one comes."""
    if not is_office:
        return [*way_to_programme(), (_("What you hold"), reverse("desks:held"))]
    if one.sort is Sort.PLACE:
        listing = (_("Places"), reverse("training:places", args=[one.call.code]))
    else:
        shelf = SHELVES[one.sort]
        listing = (str(shelf.title), reverse(f"desks:{shelf.name}", args=[one.programme.code]))
    return [*way_below(one.programme), listing]
