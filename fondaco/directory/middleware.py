"""Who reads: with a second factor or not, in which zone, and for which organisation."""

from collections.abc import Callable
from typing import Protocol, cast
from urllib.parse import urlencode, urlsplit
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user,
)
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from fondaco.directory.access import PersonRequest, SecondFactorNeeded, is_confirmed_twice
from fondaco.directory.models import Organisation, Person
from fondaco.directory.selectors import person_of_key, second_factors, workplaces_of

Respond = Callable[[HttpRequest], HttpResponse]
ZONES = frozenset(available_timezones())
ACTING_FOR = "acting_for"


class SignedIn(AuthenticationMiddleware):
    """Django's own, but for the question who it is, which each request asks."""

    def process_request(self, request: HttpRequest) -> None:
        """`request.user` is looked up at its first use."""
        request.user = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[assignment]


def _person_of(request: HttpRequest) -> Person | AnonymousUser:
    """Whose session it is, found once; what is not plain is Django's to judge, and to end."""
    kept = vars(request)
    if "_cached_user" not in kept:
        kept["_cached_user"] = _plainly_signed_in(request) or get_user(request)
    return cast("Person | AnonymousUser", kept["_cached_user"])


def _plainly_signed_in(request: HttpRequest) -> Person | None:
    """An active person whose session was opened by a way that is open, with today's password."""
    session = request.session
    key, way = str(session.get(SESSION_KEY, "")), session.get(BACKEND_SESSION_KEY)
    if not key.isdecimal() or way not in settings.AUTHENTICATION_BACKENDS:
        return None
    person = person_of_key(int(key))
    if person is None or not person.is_active:
        return None
    proof = session.get(HASH_SESSION_KEY, "")
    return person if constant_time_compare(proof, person.get_session_auth_hash()) else None


class Layer(Protocol):
    """A middleware that also looks at what a view raises."""

    process_exception: Callable[[HttpRequest, Exception], HttpResponse | None]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""


def reader(respond: Respond) -> Layer:
    """Tell a request how strongly its person signed in, where they are and for whom they act."""

    def respond_to_reader(request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, Person):
            _introduce(cast(PersonRequest, request), person)
        zone = getattr(person, "time_zone", "")
        if zone in ZONES:
            timezone.activate(zone)
        else:
            timezone.deactivate()
        return respond(request)

    layer = cast(Layer, respond_to_reader)
    layer.process_exception = second_factor_asked
    return layer


def _introduce(request: PersonRequest, person: Person) -> None:
    person.is_confirmed_twice = is_confirmed_twice(request)
    if person.is_confirmed_twice:
        request.session.pop("way_back", None)
    is_page = bool(translation.get_language_from_path(request.path_info))
    request.organisations = workplaces_of(person) if is_page else []
    request.acting_for = _chosen(request.organisations, request.session.get(ACTING_FOR))


def _chosen(organisations: list[Organisation], pk: object) -> Organisation | None:
    """The organisation the person chose to act for; else the only or the first one."""
    chosen = (organisation for organisation in organisations if organisation.pk == pk)
    return next(chosen, next(iter(organisations), None))


def second_factor_asked(request: HttpRequest, refusal: Exception) -> HttpResponse | None:
    """Lead somebody whose right sleeps for want of a second factor to giving or setting up one."""
    if not isinstance(refusal, SecondFactorNeeded):
        return None
    kinds = second_factors(cast(Person, request.user))
    if kinds & {"totp", "recovery_codes"}:
        way = reverse("mfa_reauthenticate")
    elif kinds:
        way = reverse("mfa_reauthenticate_webauthn")
    else:
        way = reverse("directory:second-factor")
    messages.warning(request, _("This page needs a second factor beside your password or link."))
    target = f"{way}?{urlencode({'next': _way_back(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _way_back(request: HttpRequest) -> str:
    """The page that was asked for; for a form, the page it stands on."""
    if request.method == "GET":
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()})
    return urlsplit(page).path if is_ours and urlsplit(page).path else request.get_full_path()
