"""The people of an organisation: posts, invitations, requests."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fondaco.directory import access, selectors
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.directory.forms import InvitationForm, WordsForm
from fondaco.directory.models import Invitation, JoinRequest, Organisation, Person, Post
from fondaco.directory.phrases import POSTS, REASONS, REQUEST_STATES
from fondaco.directory.rules.links import joining, masked
from fondaco.directory.rules.reasons import Reason
from fondaco.directory.services import organisations
from fondaco.directory.states import Action, RequestState
from fondaco.directory.views.organisations import tell
from fondaco.kernel.decisions import Refused
from fondaco.web.lists import Column, Plan, exported, listed

COLLEAGUES = {
    "name": Column(gettext_lazy("Name"), ["person__name"], lambda post: post.person.name),
    "email": Column(gettext_lazy("E-mail"), ["person__email"], lambda post: post.person.email),
    "role": Column(gettext_lazy("Role"), ["is_admin"], lambda post: POSTS[post.is_admin]),
    "since": Column(gettext_lazy("Since"), ["since"], lambda post: post.since.date()),
}
REQUESTS = {
    "organisation": Column(
        gettext_lazy("Organisation"), ["organisation__name"], lambda asked: asked.organisation.name
    ),
    "person": Column(gettext_lazy("Person"), ["person__name"], lambda asked: asked.person.name),
    "at": Column(gettext_lazy("Asked on"), ["at"], lambda asked: asked.at.date()),
    "state": Column(
        gettext_lazy("State"),
        ["state"],
        lambda asked: REQUEST_STATES[RequestState(asked.state)],
    ),
    "answer": Column(gettext_lazy("Answer")),
}


def _columns(*, runs: bool) -> dict[str, Column]:
    """The columns of the colleagues; the last one is for those who run the organisation."""
    return COLLEAGUES | {"change": Column(gettext_lazy("Change"))} if runs else COLLEAGUES


def _person_told(post: Post) -> str:
    return f"{post.person.name} {post.person.email}"


def _request_told(asked: JoinRequest) -> str:
    return f"{asked.organisation.name} {asked.person.name} {asked.person.email}"


class Answer(Protocol):
    """A service that changes one row on somebody's word."""

    def __call__(self, pk: int, /, *, by: Person, at: datetime) -> object:
        """Change it."""


@signed_in
def colleagues(request: PersonRequest, code: str) -> HttpResponse:
    """Who works here; its administrators also see invitations and requests."""
    found = access.organisation_for(request.user, code, to=Action.SEE)
    runs = access.can(request.user, Action.RUN, found)
    plan = Plan(f"colleagues-{code}", _columns(runs=runs), _person_told, first="name")
    shown = listed(request, selectors.colleagues_of(found), plan)
    if shown.wants_csv:
        return exported(shown)
    words = {
        "organisation": found,
        "list": shown,
        "roles": POSTS,
        "runs": runs,
        "form": InvitationForm(),
        "invitations": selectors.open_invitations(found, at=request.received_at) if runs else [],
        "waiting": selectors.waiting_requests(found) if runs else [],
        "recovery": WordsForm(),
    }
    return render(request, "directory/colleagues.html", words)


@signed_in
@require_POST
def invite(request: PersonRequest, code: str) -> HttpResponse:
    """Invite a colleague by mail."""
    found = access.organisation_for(request.user, code, to=Action.RUN)
    form = InvitationForm(request.POST)
    if form.is_valid() and not consume(request, action="invite", user=request.user):
        messages.error(request, _("You have invited many colleagues. Go on in an hour."))
    elif form.is_valid():
        organisations.invite(found, **form.cleaned_data, by=request.user, at=request.received_at)
        messages.success(request, _("The invitation is on its way."))
    else:
        messages.error(request, _("This is not an e-mail address; nobody was invited."))
    return redirect("directory:colleagues", code=code)


def _posted(request: PersonRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdecimal():
        raise Http404
    return int(value)


def _post_in(request: PersonRequest, organisation: Organisation) -> Post:
    """The colleague's post that a form names; it must be of this organisation."""
    post = selectors.post_in(organisation, _posted(request, "post"))
    if post is None:
        raise Http404
    return post


def _invitation_in(request: PersonRequest, organisation: Organisation) -> Invitation:
    invitation = selectors.invitation(_posted(request, "invitation"))
    if invitation is None or invitation.organisation_id != organisation.pk:
        raise Http404
    return invitation


def _do(request: PersonRequest, service: Answer, pk: int, said: str) -> None:
    try:
        service(pk, by=request.user, at=request.received_at)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, said)


@signed_in
@require_POST
def change_post(request: PersonRequest, code: str) -> HttpResponse:
    """Make a colleague administrator or member, or end the post."""
    found = access.organisation_for(request.user, code, to=Action.RUN)
    acts: dict[str, Callable[..., object]] = {
        "raise": organisations.make_admin,
        "lower": organisations.make_member,
        "end": organisations.leave_post,
    }
    service = acts.get(request.POST.get("act", ""))
    if service is None:
        raise Http404
    _do(request, service, _post_in(request, found).pk, _("The change is made."))
    return redirect("directory:colleagues", code=code)


@signed_in
@require_POST
def leave(request: PersonRequest, code: str) -> HttpResponse:
    """Leave the organisation oneself."""
    found = access.organisation_for(request.user, code, to=Action.SEE)
    post = selectors.post_at(request.user, found)
    if post is None:
        raise Http404
    said = _("You have left %(name)s.") % {"name": found.name}
    _do(request, organisations.leave_post, post.pk, said)
    return redirect("directory:organisations")


@signed_in
@require_POST
def withdraw(request: PersonRequest, code: str) -> HttpResponse:
    """Take an invitation back."""
    found = access.organisation_for(request.user, code, to=Action.RUN)
    kept = _invitation_in(request, found)
    _do(request, organisations.withdraw_invitation, kept.pk, _("The invitation is withdrawn."))
    return redirect("directory:colleagues", code=code)


@signed_in
def invitation(request: PersonRequest, secret: str) -> HttpResponse:
    """The page behind a mailed invitation; its button joins."""
    kept = selectors.invitation_of(secret)
    decision = joining(selectors.invitation_facts(kept, request.user), at=request.received_at)
    if decision and kept and request.method == "POST":
        said = _("You now work for %(name)s.") % {"name": kept.organisation.name}
        _do(request, organisations.accept_invitation, kept.pk, said)
        return redirect("directory:organisations")
    words = {
        "invitation": kept,
        "reasons": [REASONS[Reason(reason)] for reason in decision.reasons],
        "sent_to": masked(kept.email) if kept else "",
    }
    status = 200 if decision else 410
    return render(request, "directory/invitation.html", words, status=status)


@signed_in
def requests(request: PersonRequest) -> HttpResponse:
    """Requests to run an organisation that nobody runs, or whose administrators are silent."""
    access.require_installation_admin(request.user)
    plan = Plan("requests", REQUESTS, _request_told, first="-at")
    shown = listed(request, selectors.requests_to_run(), plan)
    if shown.wants_csv:
        return exported(shown)
    rows = [(asked, REQUEST_STATES[RequestState(asked.state)]) for asked in shown.page]
    return render(request, "directory/requests.html", {"list": shown, "rows": rows})


@signed_in
@require_POST
def answer(request: PersonRequest) -> HttpResponse:
    """Grant or refuse a request."""
    asked = selectors.join_request(_posted(request, "request"))
    if asked is None:
        raise Http404
    access.require_reviewer(request.user, asked.organisation, asks_to_run=asked.asks_to_run)
    acts = {"grant": organisations.grant_request, "refuse": organisations.refuse_request}
    service = acts.get(request.POST.get("act", ""))
    if service is None:
        raise Http404
    _do(request, service, asked.pk, _("The answer is given and mailed."))
    if asked.asks_to_run:
        return redirect("directory:requests")
    return redirect("directory:colleagues", code=asked.organisation.code)
