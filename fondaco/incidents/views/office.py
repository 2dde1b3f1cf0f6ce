"""What the officer answers: claims and attempts, each with its evidence; more time for one."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from fondaco.applications.models import Application
from fondaco.applications.services.extending import extend_application
from fondaco.calls.models import Call
from fondaco.calls.selectors import deadline_of
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.incidents import access, phrases, selectors
from fondaco.incidents.forms import MoreTimeForm, NumberedForm, WhyForm
from fondaco.incidents.models import Attempt, Claim
from fondaco.incidents.rules.claims import Reason
from fondaco.incidents.services import claims as services
from fondaco.incidents.tasks import take_in_attempts
from fondaco.incidents.views import pages
from fondaco.web.lists import Column, Filter, Plan, exported, listed

APPLICANT = ["application__organisation__name"]
CLAIMS = {
    "number": Column(_l("Number"), ["code"], lambda one: one.code),
    "organisation": Column(
        _l("Applicant"), APPLICANT, lambda one: one.application.organisation.name
    ),
    "received": Column(_l("Received"), ["at"], lambda one: one.at),
    "late": Column(_l("Late"), cell=lambda one: one.is_late, is_shown=False),
    "attempts": Column(_l("Attempts"), cell=lambda one: len(one.attempts), is_number=True),
    "text": Column(_l("What happened"), cell=lambda one: one.text, is_shown=False),
    "state": Column(_l("State"), ["state"], lambda one: one.state),
    "until": Column(_l("New deadline"), cell=lambda one: one.until, is_shown=False),
    "reasons": Column(_l("Reason"), cell=lambda one: one.reasons, is_shown=False),
}
ATTEMPTS = {
    "received": Column(_l("Received"), ["at"], lambda one: one.at),
    "application": Column(
        _l("Application"), ["application__code"], lambda one: one.application.code
    ),
    "organisation": Column(
        _l("Applicant"), APPLICANT, lambda one: one.application.organisation.name
    ),
    "kind": Column(_l("What was tried"), ["kind"], lambda one: one.kind),
    "result": Column(_l("Answer"), ["result"], lambda one: one.result),
    "status": Column(_l("Status"), cell=lambda one: one.status, is_shown=False),
    "reasons": Column(_l("Reasons"), cell=lambda one: " ".join(one.reasons), is_shown=False),
    "person": Column(_l("Person"), cell=lambda one: one.person_id, is_shown=False),
    "request": Column(_l("Request"), cell=lambda one: one.request),
}
STATES = Filter("state", _l("State"), list(phrases.STATES.items()), "state")
RESULTS = Filter("result", _l("Answer"), list(phrases.RESULTS.items()), "result")
KINDS = Filter("kind", _l("What was tried"), list(phrases.KINDS.items()), "kind")


def plan_of_claims(call: Call) -> Plan:
    """The claims, as their list and its export show them."""
    return Plan(f"{call.code}-claims", CLAIMS, _words_of_claim, (STATES,), first="-received")


def _words_of_claim(one: Claim) -> str:
    return f"{one.code} {one.application.organisation.name} {one.text}"


def plan_of_attempts(call: Call) -> Plan:
    """The attempts, as their list and its export show them."""
    plan = f"{call.code}-attempts"
    return Plan(plan, ATTEMPTS, _words_of_attempt, (RESULTS, KINDS), first="-received")


def _words_of_attempt(one: Attempt) -> str:
    return f"{one.application.code} {one.application.organisation.name} {one.request}"


@signed_in
@require_safe
def claims(request: PersonRequest, call: str) -> HttpResponse:
    """Everybody who says that they were kept from sending."""
    found = access.call_for_office(request.user, call)
    shown = listed(request, selectors.claims_at(found), plan_of_claims(found))
    if shown.wants_csv:
        return exported(shown)
    rows = [(one, *pages.badge_of(one.state)) for one in shown.page]
    return _list(request, found, "claims", list=shown, rows=rows)


@signed_in
@require_safe
def attempts(request: PersonRequest, call: str) -> HttpResponse:
    """Everything that was tried in vain, also by those who made no claim."""
    found = access.call_for_office(request.user, call)
    take_in_attempts()
    shown = listed(request, selectors.attempts_at(found), plan_of_attempts(found))
    if shown.wants_csv:
        return exported(shown)
    return _list(request, found, "attempts", list=shown, rows=[pages.tried(o) for o in shown.page])


def _list(request: PersonRequest, call: Call, page: str, **more: object) -> HttpResponse:
    context = {"call": call, "trail": pages.way_to(call), **more}
    return render(request, f"incidents/{page}.html", context)


@signed_in
@require_safe
def claim(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """A claim with all its evidence, and the two answers."""
    found = access.claim_for_office(request.user, call, code)
    return _claim(request, found)


def _claim(
    request: PersonRequest,
    found: Claim,
    *,
    grant: MoreTimeForm | None = None,
    refuse: WhyForm | None = None,
) -> HttpResponse:
    call = found.application.call
    is_officer = access.is_officer(request.user, call)
    context = {
        "call": call,
        "claim": found,
        "application": found.application,
        "trail": pages.way_to(call),
        "badge": pages.badge_of(found.state),
        "attempts": [pages.frozen(one) for one in found.attempts],
        "outages": selectors.outages_in(found.outages),
        "closes_at": deadline_of(call),
        "can_answer": found.state == "waiting" and is_officer,
        "grant": grant or MoreTimeForm(zone=call.zone, auto_id="grant-%s"),
        "refuse": refuse or WhyForm(auto_id="refuse-%s"),
    }
    status = 422 if grant or refuse else 200
    return render(request, "incidents/claim.html", context, status=status)


@signed_in
@require_POST
def grant(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Give the application more time."""
    found = access.claim_for_officer(request.user, call, code)
    form = MoreTimeForm(request.POST, zone=found.application.call.zone, auto_id="grant-%s")
    if not form.is_valid():
        return _claim(request, found, grant=form)
    done = _("The application has more time; its applicant is being told.")
    return _answered(request, found, services.grant_claim, form, done)


@signed_in
@require_POST
def refuse(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Leave the application late."""
    found = access.claim_for_officer(request.user, call, code)
    form = WhyForm(request.POST, auto_id="refuse-%s")
    if not form.is_valid():
        return _claim(request, found, refuse=form)
    done = _("The claim is refused; whoever made it is being told.")
    return _answered(request, found, services.refuse_claim, form, done)


def _answered(
    request: PersonRequest, found: Claim, answer: Callable[..., object], form: Form, done: str
) -> HttpResponse:
    """Give the answer that was typed, and lead back to the claim."""
    told = {**form.cleaned_data, "by": request.user, "at": request.received_at}
    pages.attempt(request, lambda: answer(found.pk, **told), done=done)
    return redirect("incidents:claim", found.application.call.code, found.code)


@signed_in
def extensions(request: PersonRequest, call: str) -> HttpResponse:
    """The applications with a deadline of their own; another one by its number."""
    found = access.call_for_officer(request.user, call)
    form = NumberedForm(request.POST or None, zone=found.zone)
    if request.method == "POST" and form.is_valid() and _extended(request, found, form):
        return redirect("incidents:extensions", call)
    rows = selectors.extended_applications(found)
    return _list(request, found, "extensions", rows=rows, form=form, closes_at=deadline_of(found))


def _extended(request: PersonRequest, call: Call, form: NumberedForm) -> bool:
    said = form.cleaned_data
    application: Application | None = selectors.application_numbered(call, said["number"])
    if application is None:
        messages.error(request, str(phrases.REASONS[Reason.NO_SUCH_APPLICATION]))
        return False
    who = {"by": request.user, "at": request.received_at}
    more = {"until": said["until"], "why": said["why"], **who}
    done = _("The application has more time; its applicant is being told.")
    return pages.attempt(request, lambda: extend_application(application.pk, **more), done=done)
