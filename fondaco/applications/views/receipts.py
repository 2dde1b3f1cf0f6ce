"""For everybody: whether a receipt is ours, and the keys that signed them."""

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fondaco.applications import forms, selectors
from fondaco.applications.rules.receipts import pem_of
from fondaco.applications.services import signing
from fondaco.directory.access import PersonRequest
from fondaco.kernel.plain import plain
from fondaco.web.pace import may_ask

MOST, SECONDS = 20, 60
TOO_MANY = 429


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Yes or no, and when it was received; the same no for what is unknown and what is wrong."""
    is_asked = not forms.CheckForm.base_fields.keys().isdisjoint(request.GET)
    form = forms.CheckForm(request.GET if is_asked else None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        at = cast(PersonRequest, request).received_at
        if not may_ask(request, "receipts", most=MOST, seconds=SECONDS, at=at):
            return _wait(request, context | {"is_refused": True})
        received = selectors.received_moment(**form.cleaned_data)
        context |= {"is_answered": True, "received": received}
    return render(request, "applications/check.html", context)


def _wait(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    response = render(request, "applications/check.html", context, status=TOO_MANY)
    response.headers["Retry-After"] = str(SECONDS)
    return response


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public halves of all keys that have ever signed a receipt."""
    kept = [
        {
            "key": key.key_id,
            "algorithm": "Ed25519",
            "public": key.public,
            "pem": f"{pem_of(key.public)}\n",
            "since": plain(key.since),
        }
        for key in signing.published_keys()
    ]
    return JsonResponse({"keys": kept})
