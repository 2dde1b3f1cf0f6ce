"""Redress: an applicant asks that a decision be looked at again, somebody else answers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from fondaco.applications.access import Purpose, application_for
from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.directory.access import PersonRequest, fresh, signed_in
from fondaco.evaluation import access, phrases
from fondaco.evaluation.access import OfficeAction
from fondaco.evaluation.forms import AnswerForm, RedressForm
from fondaco.evaluation.models import Redress
from fondaco.evaluation.rules.redress import is_late
from fondaco.evaluation.selectors import redress as kept
from fondaco.evaluation.selectors.reading import whole_file
from fondaco.evaluation.services import redress as services
from fondaco.evaluation.states import RedressState
from fondaco.evaluation.views.pages import attempt, office_page
from fondaco.questionnaires.rules.tables import Reader
from fondaco.web import words
from fondaco.web.lists import Column, Filter, Plan, exported, listed

COLUMNS = {
    "number": Column(_l("Number"), ["code"], lambda one: one.code),
    "organisation": Column(
        _l("Applicant"),
        ["outcome__application__organisation__name"],
        lambda one: one.outcome.application.organisation.name,
    ),
    "ground": Column(_l("Ground"), ["ground"], lambda one: one.ground),
    "asked": Column(_l("Received"), ["asked_at"], lambda one: one.asked_at),
    "late": Column(_l("Late"), cell=lambda one: one.is_late, is_shown=False),
    "until": Column(_l("Answer by"), ["answer_by"], lambda one: one.answer_by),
    "state": Column(_l("State"), ["state"], lambda one: one.state),
    "closed": Column(_l("Answered"), cell=lambda one: one.closed_at, is_shown=False),
}
STATES = Filter(
    "state",
    _l("State"),
    [(one.value, said) for one, said in phrases.REDRESS_STATES.items()],
    "state",
)


def _told(one: Redress) -> str:
    application = one.outcome.application
    return f"{one.code} {application.code} {application.organisation.name}"


def plan_of_redress(call: Call) -> Plan:
    """The requests for redress of a call, as its list and its export show them."""
    return Plan(f"{call.code}-redress", COLUMNS, _told, (STATES,))


@signed_in
def redress(request: PersonRequest, call: str, application: str) -> HttpResponse:
    """The applicant's page of redress: until when, who answers, the request and its answer."""
    found = application_for(request.user, application, to=Purpose.READ, call=call)
    grounds = [(one["code"], words.say(one["label"]).text) for one in found.call.redress_grounds]
    form = RedressForm(request.POST or None, grounds=grounds)
    if request.method == "POST" and form.is_valid() and _ask(request, found, form):
        return redirect("evaluation:redress", call, application)
    return render(request, "evaluation/redress.html", _own_page(request, found) | {"form": form})


def _ask(request: PersonRequest, application: Application, form: RedressForm) -> bool:
    said = form.cleaned_data

    def act() -> object:
        return services.ask_for_redress(
            application.pk,
            ground=said.get("ground", ""),
            text=said["text"],
            by=request.user,
            at=request.received_at,
        )

    return attempt(request, act, _("Your request for redress was received."))


def _own_page(request: PersonRequest, application: Application) -> dict[str, object]:
    call, desk = application.call, kept.redress_desk(application)
    is_over = desk.window is not None and is_late(desk.window, at=request.received_at)
    place = reverse("applications:detail", args=[call.code, application.code])
    public = reverse("desks:call", args=[call.code])
    return {
        "application": application,
        "call": call,
        "programme": call.programme,
        "trail": [(words.say(call.title).text, public), (application.code, place)],
        "desk": desk,
        "is_over": is_over,
        "can_ask": desk.window is not None and desk.redress is None and not is_over,
        "can_withdraw": bool(desk.redress and desk.redress.state == RedressState.ASKED),
        "ground": kept.ground_said(desk.redress) if desk.redress else {},
        "is_two": call.decided_by != "one",
        "back": place,
    }


@signed_in
@require_POST
def withdraw(request: PersonRequest, call: str, application: str) -> HttpResponse:
    """Take the request back, as long as nobody has answered."""
    found = application_for(request.user, application, to=Purpose.WITHDRAW, call=call)
    desk = kept.redress_desk(found)
    if desk.redress is not None:
        pk = desk.redress.pk

        def act() -> object:
            return services.withdraw_redress(pk, by_id=request.user.pk, at=request.received_at)

        attempt(request, act, _("Your request was taken back; the decision stands."))
    return redirect("evaluation:redress", call, application)


@signed_in
@require_safe
def listing(request: PersonRequest, call: str) -> HttpResponse:
    """Every request of the call, those that wait first."""
    found = access.call_for(request.user, call, to=OfficeAction.SEE_REDRESS)
    shown = listed(request, kept.redress_in(found), plan_of_redress(found))
    if shown.wants_csv:
        return exported(shown)
    page = office_page(request, found, "redress")
    context = {"list": shown, "today": words.local(request.received_at, found.zone).date()}
    return render(request, "evaluation/redress_list.html", page | context)


@signed_in
@require_safe
def request_page(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """One request beside the file and the decision that it is about."""
    found = access.redress_for(request.user, call, code, to=OfficeAction.SEE_REDRESS)
    return _answered(request, found, AnswerForm())


def _answered(request: PersonRequest, found: Redress, form: AnswerForm) -> HttpResponse:
    application, outcome = found.outcome.application, found.outcome
    call, speaker = application.call, phrases.Speaker.of(application.call)
    allowed = kept.may_answer(request.user, found)
    is_open = found.state == RedressState.ASKED
    context = {
        "redress": found,
        "outcome": outcome,
        "reasons": [phrases.step_in_words(step, speaker) for step in outcome.reasons],
        "ground": kept.ground_said(found),
        "parts": whole_file(application, reader=Reader.OFFICERS),
        "application": application,
        "form": form,
        "is_open": is_open,
        "can_answer": is_open and bool(allowed),
        "objections": [phrases.reason(code) for code in allowed.reasons],
        "deciders": kept.who_may_answer(found),
        "is_told": kept.is_answer_told(found),
    }
    page = office_page(request, call, "redress")
    return render(request, "evaluation/redress_answer.html", page | context)


@fresh
@require_POST
def answer(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Answer with reasons; only within five minutes of having proved who one is."""
    found = access.redress_for(request.user, call, code, to=OfficeAction.ANSWER_REDRESS)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data

        def act() -> object:
            return services.answer_redress(
                found.pk,
                action=said["action"],
                reasons=said["reasons"],
                by=request.user,
                at=request.received_at,
            )

        if attempt(request, act, _("The answer is kept; its letter waits in the outbox.")):
            return redirect("evaluation:redress-request", call, code)
    return _answered(request, found, form)
