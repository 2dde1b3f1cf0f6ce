"""The availability log of a call's last day, and the extension that it proposes."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from fondaco.calls.models import Call
from fondaco.calls.selectors import deadline_of
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.incidents import access, phrases, selectors
from fondaco.incidents.forms import WhyForm
from fondaco.incidents.models import Minute, Proposal
from fondaco.incidents.rules.giving_back import Log, outages
from fondaco.incidents.rules.minutes import Status
from fondaco.incidents.services import outages as services
from fondaco.incidents.views import pages
from fondaco.web import words
from fondaco.web.lists import Column, Filter, Plan, exported, listed

DAY = timedelta(days=1)
COLUMNS = {
    "minute": Column(_l("Minute"), ["at"], lambda one: one.at),
    "status": Column(_l("How it was"), ["status"], lambda one: one.status),
    "took": Column(
        _l("Milliseconds"), ["milliseconds"], lambda one: one.milliseconds, is_number=True
    ),
    "waiting": Column(_l("In the spool"), ["waiting"], lambda one: one.waiting, is_number=True),
    "free": Column(_l("Free on disk"), ["free"], lambda one: one.free, is_number=True),
    "why": Column(_l("What was wrong"), cell=lambda one: one.why),
}
STATUSES = Filter(
    "status",
    _l("How it was"),
    [(one.value, phrases.STATUSES[one]) for one in (Status.UP, Status.AWAY, Status.DOWN)],
    "status",
)


def plan_of_log(call: Call) -> Plan:
    """The minutes of the log, as their list and its export show them."""
    return Plan(
        f"{call.code}-availability",
        COLUMNS,
        lambda one: f"{one.at:%Y-%m-%d %H:%M} {one.why}",
        (STATUSES,),
        first="-minute",
    )


def _window(call: Call, at: datetime) -> tuple[datetime, datetime]:
    """The day before the deadline and the one after it, as far as they have been; else today."""
    deadline = deadline_of(call, at=at)
    if deadline is None or deadline > at:
        return at - DAY, at - selectors.LAG
    return deadline - DAY, min(at - selectors.LAG, deadline + DAY)


@signed_in
@require_safe
def availability(request: PersonRequest, call: str) -> HttpResponse:
    """What was seen from outside, the outages, the rule, and what was proposed."""
    found = access.call_for_office(request.user, call)
    begins, ends = _window(found, request.received_at)
    shown = listed(request, selectors.minutes_between(begins, ends), plan_of_log(found))
    if shown.wants_csv:
        return exported(shown)
    log, counts = selectors.log_between(begins, ends), selectors.terms_of(found.programme).counts
    first = selectors.log_begins()
    context = {
        "call": found,
        "trail": pages.way_to(found),
        "list": shown,
        "rows": [(row, *_badge(row)) for row in shown.page],
        "by_hour": _pictured(log, found, begins, ends),
        "series": [_("Lost"), _("Not known")],
        "outages": outages(log, counts, begins=max(begins, first or ends), ends=ends),
        "proposals": [_proposed(one) for one in selectors.proposals_of(found)],
        "rule": pages.rule_said(found),
        "closes_at": deadline_of(found, at=request.received_at),
        "has_log": first is not None,
    }
    return render(request, "incidents/availability.html", context)


def _badge(row: Minute) -> tuple[str, str]:
    status = Status(row.status)
    return str(phrases.STATUSES[status]), phrases.STATUS_TONES[status]


def _proposed(one: Proposal) -> tuple[Proposal, str, str]:
    return one, *pages.badge_of(one.state)


def _pictured(
    log: Log, call: Call, begins: datetime, ends: datetime
) -> list[tuple[str, list[float]]]:
    return [
        (words.clock(hour, call.zone), [float(one) for one in lost])
        for hour, lost in selectors.by_hour(log, begins=begins, ends=ends)
    ]


@signed_in
@require_safe
def proposal(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """What was lost, what the rule gives back, what will be published; one button confirms it."""
    found = access.proposal_for_office(request.user, call, code)
    return _page(request, found, WhyForm())


def _page(
    request: PersonRequest, found: Proposal, form: WhyForm, status: int = 200
) -> HttpResponse:
    at = request.received_at
    context = {
        "call": found.call,
        "trail": pages.way_to(found.call),
        "proposal": found,
        "badge": pages.badge_of(found.state),
        "outages": selectors.outages_of(found),
        "rule": pages.rule_said(found.call),
        "soonest": services.soonest_deadline(found, at=at),
        "reason": services.reason_of(found),
        "concerned": selectors.number_concerned(found.call),
        "can_answer": found.state == "waiting"
        and deadline_of(found.call) == found.before
        and access.is_officer(request.user, found.call),
        "form": form,
    }
    return render(request, "incidents/proposal.html", context, status=status)


@signed_in
@require_POST
def confirm(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Publish the new deadline and tell everybody."""
    found = access.proposal_for_officer(request.user, call, code)
    done = _("The deadline is moved; everybody concerned is being told.")
    by, at = request.user, request.received_at
    pages.attempt(request, lambda: services.confirm_extension(found.pk, by=by, at=at), done=done)
    return redirect("incidents:proposal", call, code)


@signed_in
@require_POST
def decline(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Leave the deadline where it is, with a reason."""
    found = access.proposal_for_officer(request.user, call, code)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    told = {"why": form.cleaned_data["why"], "by": request.user, "at": request.received_at}
    done = _("The deadline stays; your reason is on record.")
    pages.attempt(request, lambda: services.decline_extension(found.pk, **told), done=done)
    return redirect("incidents:proposal", call, code)
