"""Who reads, how sure we are of it, and what they may do with an organisation."""

import time
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.urls import reverse

from fondaco.directory import phrases
from fondaco.directory.models import Organisation, Person, Post
from fondaco.directory.states import Action
from fondaco.trail.access import INSTALLATION, About, Reading, full

STRONG_METHODS = frozenset({"mfa", "demonstration"})
LOOPBACK = frozenset({"127.0.0.1", "::1"})
HOME_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
P = ParamSpec("P")


class SecondFactorNeeded(PermissionDenied):
    """The right is there, but this session was opened with one factor only."""


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person
    received_at: datetime
    acting_for: Organisation | None
    organisations: list[Organisation]


View = Callable[Concatenate[PersonRequest, P], HttpResponse]
PublicView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(view: View[P]) -> PublicView[P]:
    """Only for people who are signed in; others are asked to, and come back."""
    asked: PublicView[P] = login_required(cast("PublicView[P]", view))
    return asked


def fresh(view: View[P]) -> PublicView[P]:
    """Only for people who proved within the last five minutes that it is they who sit there.

    Others are asked to, and the form they sent is kept and sent on afterwards.
    """

    @wraps(view)
    def view_once_sure(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_fresh(request):
            raise ReauthenticationRequired
        return view(cast(PersonRequest, request), *args, **kwargs)

    return signed_in(cast("View[P]", view_once_sure))


def is_fresh(request: HttpRequest) -> bool:
    """Whether the last proof of identity in this session is not older than five minutes."""
    records = _records(request)
    newest = max((float(record["at"]) for record in records), default=0.0)
    return time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def is_confirmed_twice(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor (or a passkey, which is two in one)."""
    return any(record.get("method") in STRONG_METHODS for record in _records(request))


def _records(request: HttpRequest) -> list[dict[str, float | str]]:
    user = request.user
    return get_authentication_records(request, user) if isinstance(user, Person) else []


def is_at_home(request: HttpRequest) -> bool:
    """Whether this is a demonstration that somebody asks on the machine it runs on.

    A proxy stands on that machine too; it betrays itself by the host or by whom it asks for.
    """
    if not settings.IS_DEMONSTRATION or "X-Forwarded-For" in request.headers:
        return False
    host = split_domain_port(request.get_host())[0]
    return request.META.get("REMOTE_ADDR") in LOOPBACK and host in HOME_HOSTS


def require_demonstration(request: HttpRequest) -> None:
    """Answers 404 wherever a demonstration's own pages have no business."""
    if not is_at_home(request):
        raise Http404


def require_installation_admin(person: Person) -> None:
    """Answers 404 to everybody else; the administrator needs a second factor."""
    if not person.is_installation_admin:
        raise Http404
    if not person.is_confirmed_twice:
        raise SecondFactorNeeded


def _post_at(person: Person, organisation: Organisation) -> Post | None:
    posts = Post.objects.filter(person_id=person.pk, organisation_id=organisation.pk)
    return posts.filter(until__isnull=True).first()


def can(person: Person, action: Action, organisation: Organisation) -> bool:
    """Colleagues see their organisation, its administrators run it."""
    post = _post_at(person, organisation)
    return bool(post and (post.is_admin or action is Action.SEE))


def organisation_for(person: Person, code: str, *, to: Action) -> Organisation:
    """The organisation, or 404 to a stranger and 403 to a colleague without the right.

    The installation's administrator may see any of them, to answer requests.
    """
    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        raise Http404
    if can(person, to, organisation):
        return organisation
    if to is Action.SEE and person.is_installation_admin:
        require_installation_admin(person)
        return organisation
    if _post_at(person, organisation) is None:
        raise Http404
    raise PermissionDenied


def require_reviewer(person: Person, organisation: Organisation, *, asks_to_run: bool) -> None:
    """Requests to join are the administrators' to answer, requests to run the installation's."""
    if asks_to_run:
        require_installation_admin(person)
    else:
        organisation_for(person, organisation.code, to=Action.RUN)


# Stories

PERSON = "person-"
"""How the subject of a person begins; an organisation's is its code."""
Untold = Callable[[int], Collection[str]]
_UNTOLD: list[Untold] = []


def knows_untold(untold: Untold) -> Untold:
    """Register how a slice above sees which bonds an organisation has not been told of yet.

    It answers with what shows those bonds, as they were written down.
    """
    if untold not in _UNTOLD:
        _UNTOLD.append(untold)
    return untold


def untold_bonds(organisation_id: int) -> frozenset[str]:
    """What shows the bonds that the organisation has not been told of yet."""
    return frozenset(shown for untold in _UNTOLD for shown in untold(organisation_id))


def may_read_installation(person: Person, subject: str) -> Reading | None:
    """The administrator of the installation reads what happened to it."""
    require_installation_admin(person)
    about = About(INSTALLATION, INSTALLATION, str(phrases.INSTALLATION_NAMED))
    return full(about, only=Q(programme=""))


def may_read_person(person: Person, subject: str) -> Reading | None:
    """Everybody reads their own story, the administrator of the installation anybody's."""
    number = subject.removeprefix(PERSON)
    found = Person.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    if found is None:
        return None
    about = About("person", number, str(found))
    if found.pk == person.pk:
        return Reading(about=replace(about, url=reverse("directory:me")))
    require_installation_admin(person)
    return full(about)


def may_read_organisation(person: Person, code: str) -> Reading | None:
    """Colleagues read the story of their organisation; who asked to join, who runs it alone."""
    if not Organisation.objects.filter(code=code).exists():
        return None
    found = organisation_for(person, code, to=Action.SEE)
    page = reverse("directory:organisation", args=[code])
    about = About("organisation", code, found.name, page)
    untold = Q(verb="bond.begun", data__evidence__in=sorted(untold_bonds(found.pk)))
    only = Q(programme="") & ~untold if untold_bonds(found.pk) else Q(programme="")
    if person.is_installation_admin or can(person, Action.RUN, found):
        return full(about, only=only)
    return Reading(shows_people=True, hides=("joining.",), about=about, only=only)
