"""The logo of an organisation: given, described, taken away, and shown to anybody."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.directory import access
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.directory.forms import LogoForm
from fondaco.directory.selectors import picture_named
from fondaco.directory.services import pictures as services
from fondaco.directory.states import Action
from fondaco.web.pictures import MEDIA_TYPE

SHOWN = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "public, max-age=31536000, immutable",
}
"""What stands under the hash of its bytes never changes."""


@signed_in
def logo(request: PersonRequest, code: str) -> HttpResponse:
    """Give the organisation a logo, or describe the one it has."""
    found = access.organisation_for(request.user, code, to=Action.RUN)
    kept = {"words": found.logo_words}
    form = LogoForm(
        request.POST or None, request.FILES or None, initial=kept, is_kept=bool(found.logo_id)
    )
    if not form.is_valid():
        return render(request, "directory/logo.html", {"form": form, "organisation": found})
    said, by, at = form.cleaned_data, request.user, request.received_at
    if said["logo"]:
        services.give_logo(found.pk, said["logo"], words=said["words"], by=by, at=at)
    else:
        services.describe_logo(found.pk, words=said["words"], by=by, at=at)
    messages.success(request, _("The logo is saved."))
    return redirect("directory:organisation", code=code)


@signed_in
@require_POST
def remove_logo(request: PersonRequest, code: str) -> HttpResponse:
    """The organisation shows no logo any more."""
    found = access.organisation_for(request.user, code, to=Action.RUN)
    services.remove_logo(found.pk, by=request.user, at=request.received_at)
    messages.success(request, _("The logo is removed."))
    return redirect("directory:organisation", code=code)


@require_safe
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    """A picture as we drew it, of the one type that we draw."""
    kept = picture_named(sha256)
    if kept is None:
        raise Http404
    with kept.stored.open("rb") as drawn:
        return HttpResponse(drawn.read(), content_type=MEDIA_TYPE, headers=SHOWN)
