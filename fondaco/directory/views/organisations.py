"""Organisations: mine, a new one, one's page, and changing it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fondaco.directory import access, selectors
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.directory.forms import OrganisationForm, WordsForm, answers_of
from fondaco.directory.models import JoinRequest, Organisation
from fondaco.directory.phrases import POSTS, REASONS, REQUEST_STATES
from fondaco.directory.rules.posts import JOIN_DAYS, is_unanswered
from fondaco.directory.rules.reasons import Reason
from fondaco.directory.services import organisations as services
from fondaco.directory.states import Action, RequestState
from fondaco.directory.views.entry import way_on
from fondaco.kernel.decisions import Refused
from fondaco.web import reference


def tell(request: PersonRequest, refusal: Refused) -> None:
    """Every reason of a refusal, as messages."""
    for reason in refusal.reasons:
        messages.error(request, str(REASONS[Reason(reason)]))


Pairs = list[tuple[str, Any]]


def identified(organisation: Organisation) -> Pairs:
    """What tells an organisation from another, word by word; what is empty is left out."""
    return _told(
        [
            (_("Kind"), reference.name_of(reference.organisation_kinds(), organisation.kind)),
            (_("Country"), reference.name_of(reference.countries(), organisation.country)),
            (_("Region"), organisation.region),
            (_("City"), organisation.city),
            (_("Registration number"), organisation.registration_number),
            (_("VAT number"), organisation.vat_number),
        ]
    )


def described(organisation: Organisation) -> Pairs:
    """What colleagues know of their organisation."""
    names = [reference.name_of(reference.ecosystems(), code) for code in organisation.ecosystems]
    return identified(organisation) + _told(
        [
            (_("Main activity"), reference.name_of(reference.nace(), organisation.nace)),
            (_("Ecosystems"), " · ".join(names)),
            (_("Size"), reference.name_of(reference.sizes(), organisation.size)),
            (_("Staff"), organisation.staff),
        ]
    )


def _told(pairs: Pairs) -> Pairs:
    return [(word, meaning) for word, meaning in pairs if meaning not in ("", None)]


@signed_in
def organisations(request: PersonRequest) -> HttpResponse:
    """The organisations somebody works for, and what they wait for."""
    posts = [(post, POSTS[post.is_admin]) for post in selectors.posts_of(request.user)]
    waiting = [
        (
            asked,
            REQUEST_STATES[RequestState(asked.state)],
            is_unanswered(asked.at, asks_to_run=asked.asks_to_run, at=request.received_at),
        )
        for asked in selectors.requests_of(request.user)
    ]
    words = {"posts": posts, "waiting": waiting, "acting_for": request.acting_for}
    words["days"] = JOIN_DAYS
    return render(request, "directory/organisations.html", words | {"next": way_on(request)})


@signed_in
def new(request: PersonRequest) -> HttpResponse:
    """Add an organisation; those that are probably the same are shown first."""
    form, wanted = OrganisationForm(request.POST or None), way_on(request)
    if not form.is_valid():
        return render(request, "directory/organisation_new.html", {"form": form, "next": wanted})
    draft, others = form.draft(), frozenset(request.POST.getlist("apart_from"))
    try:
        organisation = services.add_organisation(
            draft, by=request.user, at=request.received_at, apart_from=others
        )
    except Refused:
        found = selectors.likely_duplicates(draft)
        words = {
            "form": form,
            "draft": draft,
            "country": reference.name_of(reference.countries(), draft.country),
            "found": [(one, identified(one)) for one in found],
            "next": wanted,
        }
        return render(request, "directory/organisation_duplicates.html", words)
    messages.success(request, _("The organisation is added. You are its administrator."))
    return redirect(wanted or reverse("directory:organisation", args=[organisation.code]))


@signed_in
def organisation(request: PersonRequest, code: str) -> HttpResponse:
    """What colleagues see of their organisation."""
    found = access.organisation_for(request.user, code, to=Action.SEE)
    post = selectors.post_at(request.user, found)
    untold = access.untold_bonds(found.pk)
    words = {
        "organisation": found,
        "pairs": described(found),
        "bonds": [one for one in selectors.bonds_of_id(found.pk) if one.evidence not in untold],
        "post": post,
        "runs": bool(post and post.is_admin),
        "admins": selectors.admins_of(found),
    }
    return render(request, "directory/organisation.html", words)


@signed_in
def edit(request: PersonRequest, code: str) -> HttpResponse:
    """Describe the organisation anew."""
    found = access.organisation_for(request.user, code, to=Action.RUN)
    form = OrganisationForm(request.POST or None, initial=answers_of(selectors.draft_of(found)))
    if form.is_valid():
        services.change_organisation(
            found.pk, form.draft(), by=request.user, at=request.received_at
        )
        messages.success(request, _("The organisation is saved."))
        return redirect("directory:organisation", code=code)
    words = {"form": form, "organisation": found}
    return render(request, "directory/organisation_edit.html", words)


@signed_in
@require_POST
def join(request: PersonRequest, code: str) -> HttpResponse:
    """Ask to join an organisation that is here already."""
    return _ask(request, code, services.ask_to_join)


@signed_in
@require_POST
def recover(request: PersonRequest, code: str) -> HttpResponse:
    """Ask to run one's organisation, because nobody who can is left."""
    access.organisation_for(request.user, code, to=Action.SEE)
    return _ask(request, code, services.ask_to_run)


def _ask(request: PersonRequest, code: str, ask: Callable[..., JoinRequest]) -> HttpResponse:
    found, form = selectors.organisation_of(code), WordsForm(request.POST)
    if found is None:
        raise Http404
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        ask(found, words=words, by=request.user, at=request.received_at)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Your request is on its way. You get the answer by mail."))
    return redirect("directory:organisations")
