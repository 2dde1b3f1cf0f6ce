"""Partners of an application: the lead's page, and the page of who was asked to be one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fondaco.applications import phrases, selectors
from fondaco.applications.access import Purpose, application_for
from fondaco.applications.forms import ConfirmForm, PartnerForm
from fondaco.applications.models import Application, Member
from fondaco.applications.rules import partners as rules
from fondaco.applications.rules.submission import editing
from fondaco.applications.selectors import partners as kept
from fondaco.applications.services import partners as services
from fondaco.applications.states import TAKING_PART, Standing, State
from fondaco.applications.views import pages, together
from fondaco.calls.phrases import consortium_words
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.directory.models import Person
from fondaco.directory.selectors import organisations_of
from fondaco.kernel.decisions import Refused
from fondaco.web.refusals import refused

LONGEST_SEARCH = 100


def _of_lead(request: PersonRequest, call: str, code: str, to: Purpose) -> Application:
    application = application_for(request.user, code, to=to, call=call)
    if application.call.consortium_most is None:
        raise Http404
    return application


def _done(
    request: PersonRequest, act: Callable[[], object], said: str, back: HttpResponse
) -> HttpResponse:
    """Say that it is done, or every reason why it is not."""
    try:
        act()
    except Refused as refusal:
        for words in phrases.reason_words(refusal.reasons):
            messages.error(request, words)
        return refused(back, refusal.reasons)
    messages.success(request, said)
    return back


def _can_change(application: Application, request: PersonRequest) -> bool:
    state, terms = State(application.state), selectors.terms_of(application)
    is_open = bool(editing(state, terms, at=request.received_at))
    return is_open and bool(rules.changing(state))


@signed_in
def partners(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Who is asked and who has confirmed; posting asks one more."""
    application = _of_lead(request, call, code, Purpose.EDIT)
    search = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH]
    found = kept.organisations_to_ask(application, search)
    form = PartnerForm(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid() and _invited(request, application, form):
        return redirect(pages.url_of("partners", application))
    context = {
        "application": application,
        "trail": pages.way_to(application),
        "members": together.of_lead(application),
        "words": consortium_words(application.call),
        "can_change": _can_change(application, request),
        "form": form,
        "search": search,
        "found": found,
    }
    return render(request, "applications/partners.html", context)


def _invited(request: PersonRequest, application: Application, form: PartnerForm) -> bool:
    said = form.cleaned_data
    try:
        services.invite_partner(
            application.pk,
            organisation=form.chosen,
            email=said["email"],
            task=said["task"],
            **pages.who(request),
        )
    except Refused as refusal:
        for words in phrases.reason_words(refusal.reasons):
            form.add_error(None, words)
        return False
    messages.success(request, _("The partner is asked by letter."))
    return True


@signed_in
@require_POST
def again(request: PersonRequest, call: str, code: str, member: int) -> HttpResponse:
    """Send the letter to a partner once more."""
    application = _of_lead(request, call, code, Purpose.EDIT)
    found = _there(application, member)
    back = redirect(pages.url_of("partners", application))
    who = pages.who(request)
    said = _("The letter was sent again.")
    return _done(request, lambda: services.ask_again(found.pk, **who), said, back)


@signed_in
@require_POST
def out(request: PersonRequest, call: str, code: str, member: int) -> HttpResponse:
    """Take an invitation back, or a partner out."""
    application = _of_lead(request, call, code, Purpose.EDIT)
    found = _there(application, member)
    back = redirect(pages.url_of("partners", application))
    who = pages.who(request)
    said = _("The partner was taken out.")
    return _done(request, lambda: services.take_out(found.pk, **who), said, back)


def _there(application: Application, member: int) -> Member:
    found = kept.member_in(application, member)
    if found is None:
        raise Http404
    return found


@signed_in
def partner(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """What somebody was asked to take part in; posting confirms."""
    member = _own(request.user, call, code)
    own = organisations_of(request.user)
    if member.organisation_id is not None:
        own = own.filter(pk=member.organisation_id)
    form = ConfirmForm(request.POST or None, organisations=own)
    if request.method == "POST" and form.is_valid() and _confirmed(request, member, form):
        return redirect("applications:partner", call, code)
    context = _for_partner(request, member) | {"organisations": own, "form": form}
    return render(request, "applications/partner.html", context)


def _own(person: Person, call: str, code: str) -> Member:
    """What the person was asked as a partner, or answered; else 404."""
    member = kept.member_of(person, call, code)
    if member is None:
        raise Http404
    return member


def _for_partner(request: PersonRequest, member: Member) -> dict[str, object]:
    """Which application it is, where the partner stands, and what it can still do."""
    application, standing = member.application, Standing(member.standing)
    return {
        "application": application,
        "member": member,
        "badge": together.standing_badge(standing),
        "trail": pages.way_to_call(application.call),
        "is_asked": standing == Standing.INVITED,
        "is_partner": standing == Standing.CONFIRMED,
        "takes_part": standing in TAKING_PART,
        "can_change": _can_change(application, request),
        "words": consortium_words(application.call),
        "submissions": selectors.submissions_of(application),
        "closes_at": selectors.deadline_for(application, at=request.received_at),
    }


def _confirmed(request: PersonRequest, member: Member, form: ConfirmForm) -> bool:
    said = form.cleaned_data
    try:
        services.confirm(
            member.pk,
            organisation=said["organisation"],
            promise=said["promise"],
            **pages.who(request),
        )
    except Refused as refusal:
        for words in phrases.reason_words(refusal.reasons):
            form.add_error(None, words)
        return False
    messages.success(request, _("Your organisation has confirmed."))
    return True


@signed_in
@require_POST
def decline(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Say no to the lead."""
    member, who = _own(request.user, call, code), pages.who(request)
    back = redirect("applications:partner", call, code)
    said = _("Your organisation has declined.")
    return _done(request, lambda: services.decline(member.pk, **who), said, back)


@signed_in
@require_POST
def leave(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Leave an application that was not sent."""
    member, who = _own(request.user, call, code), pages.who(request)
    back = redirect("applications:partner", call, code)
    said = _("Your organisation has left.")
    return _done(request, lambda: services.leave(member.pk, **who), said, back)
