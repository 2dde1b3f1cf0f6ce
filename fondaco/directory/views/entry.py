"""Ways in: the mailed link, the demonstration's link, and proving once more who one is."""

import secrets
from typing import cast

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fondaco.directory import selectors
from fondaco.directory.access import (
    PersonRequest,
    is_at_home,
    require_demonstration,
    signed_in,
)
from fondaco.directory.forms import AddressForm
from fondaco.directory.gateways import Doorkeeper
from fondaco.directory.models import Person
from fondaco.directory.phrases import REASONS
from fondaco.directory.rules.links import LINK_LIFE, hashed, sign_in
from fondaco.directory.rules.reasons import Reason
from fondaco.directory.services import people
from fondaco.kernel.decisions import Refused
from fondaco.web.jobs import later

BROWSER = "browser"
BROWSER_AGE = 24 * 3600
TOO_MANY = 429


def way_on(request: HttpRequest) -> str:
    """The page of ours that was asked for before, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if is_ours else ""


def _send_link(request: HttpRequest, address: str) -> HttpResponse:
    """The same page for every address, known or not; the browser is remembered by a cookie."""
    if not ratelimit.consume(request, action="request_login_code", key=address.lower()):
        words = {"form": AddressForm(), "is_refused": True, "next": way_on(request)}
        return render(request, "directory/link_ask.html", words, status=TOO_MANY)
    browser = request.COOKIES.get(BROWSER) or secrets.token_urlsafe(32)
    language = get_language() or settings.LANGUAGE_CODE
    job = "fondaco.directory.tasks.mail_link"
    later(job, address, hashed(browser), language, way_on(request))
    words = {"address": address, "minutes": LINK_LIFE.seconds // 60}
    response = render(request, "directory/link_sent.html", words)
    response.set_cookie(
        BROWSER,
        browser,
        max_age=BROWSER_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response


@never_cache
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Somebody without a password at hand asks for a link by mail."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        return _send_link(request, form.cleaned_data["email"])
    return render(request, "directory/link_ask.html", {"form": form, "next": way_on(request)})


@never_cache
@require_POST
def again(request: HttpRequest) -> JsonResponse:
    """Sign in with a password without leaving a page; slowed down as the page for it is."""
    if not request.user.is_authenticated:
        if not ratelimit.consume(request, action="login"):
            reasons = [_("Too many attempts. Wait a moment, then try again.")]
            return JsonResponse({"reasons": reasons}, status=TOO_MANY)
        email, password = request.POST.get("email", ""), request.POST.get("password", "")
        if reasons := Doorkeeper(request).let_in_by_password(email, password):
            return JsonResponse({"reasons": reasons}, status=400)
    return JsonResponse({"signed_in": request.user.is_authenticated})


@never_cache
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind a mailed link; looking at it uses nothing up, its button does."""
    browser = request.COOKIES.get(BROWSER, "")
    at = request.received_at  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            person = people.use_link(secret, browser=browser, at=at)
        except Refused as refusal:
            return _link_refused(request, refusal.reasons)
        return _let_in(request, person)
    kept = selectors.link_of(secret)
    decision = sign_in(selectors.link_facts(kept, browser), at=at)
    if not decision or kept is None:
        return _link_refused(request, decision.reasons)
    words = {"person": kept.person, "next": way_on(request)}
    return render(request, "directory/link_open.html", words)


def _link_refused(request: HttpRequest, reasons: tuple[str, ...]) -> HttpResponse:
    words = {
        "reasons": [REASONS[Reason(reason)] for reason in reasons],
        "form": AddressForm(),
        "next": way_on(request),
    }
    return render(request, "directory/link_refused.html", words, status=410)


def _let_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Somebody signed in already confirms who they are; anybody else is let in."""
    door = Doorkeeper(request)
    if request.user == person:
        return door.confirm(person, "link") or redirect(way_on(request) or _home())
    if request.user.is_authenticated:
        logout(request)
    return door.let_in_by_link(person, back_to=way_on(request) or None)


def _home() -> str:
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@never_cache
@signed_in
def confirm(request: PersonRequest) -> HttpResponse:
    """Proving once more who one is, for those who have neither a password nor a second factor."""
    is_invented = request.user.is_invented and is_at_home(request)
    if request.method == "POST" and is_invented:
        door = Doorkeeper(request)
        return door.confirm(request.user, "demonstration") or redirect(way_on(request) or _home())
    if not is_invented and selectors.has_own_proof(request.user):
        way = f"{reverse('account_reauthenticate')}?{urlencode({'next': way_on(request)})}"
        return redirect(way)
    if request.method == "POST":
        return _send_link(request, request.user.email)
    words = {"is_invented": is_invented, "next": way_on(request)}
    return render(request, "directory/confirm.html", words)


@signed_in
def second_factor(request: PersonRequest) -> HttpResponse:
    """What a second factor is, and where to set one up; the way back is remembered."""
    if wanted := way_on(request):
        request.session["way_back"] = wanted
    kinds = selectors.second_factors(request.user)
    words = {"has_one": bool(kinds), "next": wanted, "kinds": kinds}
    return render(request, "directory/second_factor.html", words)


@never_cache
def demonstration(request: HttpRequest, token: str) -> HttpResponse:
    """An invented person signs in with one button, on the machine of the demonstration alone."""
    require_demonstration(request)
    person = selectors.person_of_token(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        if request.user.is_authenticated:
            logout(request)
        Doorkeeper(request).let_in_for_demonstration(person)
        signed = cast(PersonRequest, request).user
        messages.success(request, _("You are signed in as %(name)s.") % {"name": signed})
        return redirect(_home())
    return render(request, "directory/demonstration.html", {"person": person})
