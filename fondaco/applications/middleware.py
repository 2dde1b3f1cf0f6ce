"""Signing out: the browser is told whose copies it has to put away."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fondaco.applications.services.keeping import copy_key_of
from fondaco.directory.models import Person

Respond = Callable[[HttpRequest], HttpResponse]
LEFT = "left"
A_YEAR = 365 * 24 * 3600


def copies_wiped(respond: Respond) -> Respond:
    """Name, opaquely, whoever signs out; the next page of ours removes their copies."""

    def respond_wiping(request: HttpRequest) -> HttpResponse:
        is_leaving = request.method == "POST" and request.path_info == reverse("account_logout")
        person = request.user if is_leaving and isinstance(request.user, Person) else None
        name = copy_key_of(person).person if person else ""
        response = respond(request)
        if name:
            response.set_cookie(
                LEFT, name, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response

    return respond_wiping
