"""The questions about a call as its office answers them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from fondaco.calls.models import Call
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.enquiries import access, phrases, selectors, services
from fondaco.enquiries.forms import AnswerForm, JoinForm
from fondaco.enquiries.models import Enquiry
from fondaco.enquiries.rules.answering import missing
from fondaco.enquiries.states import TABLE, UNANSWERED, Action, State
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import is_possible
from fondaco.kernel.texts import direction_of
from fondaco.web import reference, words
from fondaco.web.lists import Column, Filter, Plan, exported, listed

COLUMNS = {
    "number": Column(_l("Number"), ["number"], lambda one: one.number),
    "question": Column(_l("Question"), cell=lambda one: one.asked),
    "asked": Column(_l("Asked"), ["at"], lambda one: one.at),
    "until": Column(_l("Answer until"), ["due_on"], lambda one: one.due_on),
    "state": Column(_l("State"), ["state"], lambda one: one.state),
    "published": Column(_l("Published"), cell=lambda one: one.published_at, is_shown=False),
}
STATES = Filter("state", _l("State"), list(phrases.STATES.items()), "state")


def _text(one: Enquiry) -> str:
    return " ".join([one.code, one.asked, *one.question.values(), *one.answer.values()])


def _way(call: Call) -> list[tuple[str, str]]:
    return [
        (_("My desk"), reverse("desks:home")),
        (call.programme.acronym, reverse("desks:run", args=[call.programme.code])),
        (words.say(call.title).text or call.code, reverse("desks:office", args=[call.code])),
    ]


@require_safe
@signed_in
def enquiries(request: PersonRequest, call: str) -> HttpResponse:
    """Every question about the call, and until when it is to be answered."""
    found = access.call_for_office(request.user, call)
    plan = Plan(f"{found.code}-questions", COLUMNS, _text, (STATES,), first="number")
    shown = listed(request, selectors.enquiries_about(found), plan)
    if shown.wants_csv:
        return exported(shown)
    today = words.local(request.received_at, found.zone).date()
    rows = [(one, *_badge(one), _is_late(one, today)) for one in shown.page]
    context = {"call": found, "trail": _way(found), "list": shown, "rows": rows}
    return render(request, "enquiries/enquiries.html", context)


def _badge(one: Enquiry) -> tuple[str, str]:
    state = State(one.state)
    return str(phrases.STATES[state]), phrases.TONES[state]


def _is_late(one: Enquiry, today: object) -> bool:
    return State(one.state) in UNANSWERED and phrases.is_late(one.due_on, today)  # type: ignore[arg-type]


@require_safe
@signed_in
def enquiry(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """One question: what was asked, what is alike, the answer, and what comes next."""
    return _shown(request, access.enquiry_for_office(request.user, call, code))


def _shown(request: PersonRequest, found: Enquiry, form: AnswerForm | None = None) -> HttpResponse:
    languages = selectors.languages_of(found.call)
    is_officer = access.is_officer(request.user, found.call)
    acts = {one.value: is_officer and is_possible(TABLE, one, found.state) for one in Action}
    context = {
        "call": found.call,
        "enquiry": found,
        "badge": _badge(found),
        "trail": _way(found.call),
        "acts": acts,
        "is_own_draft": found.drafted_by_id == request.user.pk,
        "can_translate": is_officer and found.state in (State.APPROVED, State.TRANSLATED),
        "lacks": _names(missing(found.question, found.answer, languages)),
        "sides": _sides(found, languages),
        "alike": selectors.alike_in_office(found) if found.state in UNANSWERED else [],
        "refusal": selectors.refusal_of(found.call),
        "versions": sorted(found.versions.all(), key=lambda one: -one.number),
        "form": form or _form(found),
        "join": JoinForm(),
    }
    return render(request, "enquiries/enquiry.html", context, status=422 if form else 200)


def _names(languages: list[str]) -> list[str]:
    return [reference.name_of(reference.languages(), one) for one in languages]


def _sides(found: Enquiry, languages: object) -> list[dict[str, object]]:
    """What two officers have read, language by language, to be translated from."""
    return [
        {
            "language": one,
            "name": reference.name_of(reference.languages(), one),
            "direction": direction_of(one),
            "question": found.question.get(one, ""),
            "answer": found.answer.get(one, ""),
        }
        for one in found.approved_in
    ]


def _form(found: Enquiry, request: HttpRequest | None = None) -> AnswerForm:
    """The fields of the answer; in a translation those that two officers read stay as they are.

    A new question begins with the words of whoever asked.
    """
    question = found.question or {found.language: found.asked}
    is_translated = found.state in (State.APPROVED, State.TRANSLATED)
    return AnswerForm(
        request.POST if request else None,
        languages=selectors.languages_of(found.call),
        kept={"question": question, "answer": found.answer},
        without=found.approved_in if is_translated else (),
    )


def _typed(
    request: PersonRequest, found: Enquiry, act: Callable[..., object], done: str
) -> HttpResponse:
    """Do what was typed; what speaks against it is told above the form, and nothing is lost."""
    form = _form(found, request)
    if not form.is_valid():
        return _shown(request, found, form)
    said = {"question": form.texts("question"), "answer": form.texts("answer")}
    try:
        act(found.pk, **said, by=request.user, at=request.received_at)
    except Refused as refused:
        for sentence in phrases.reason_words(refused.reasons):
            form.add_error(None, sentence)
        return _shown(request, found, form)
    messages.success(request, done)
    return redirect("enquiries:enquiry", found.call.code, found.code)


@require_POST
@signed_in
def draft(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Write the answer; of one that is published a new version."""
    found = access.enquiry_for_officer(request.user, call, code)
    if found.state in (State.APPROVED, State.TRANSLATED):
        done = _("The answer can be changed again; another officer approves it anew.")
        return _pressed(request, found, services.reopen_answer, done)
    done = _("The answer is drafted. Another officer approves it.")
    return _typed(request, found, services.draft_answer, done)


@require_POST
@signed_in
def translate(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Add the languages that are missing."""
    found = access.enquiry_for_officer(request.user, call, code)
    return _typed(request, found, services.translate_answer, _("The translations are saved."))


def _pressed(
    request: PersonRequest, found: Enquiry, act: Callable[..., object], done: str, **said: str
) -> HttpResponse:
    """Do what a button says; what speaks against it is told."""
    try:
        act(found.pk, **said, by=request.user, at=request.received_at)
    except Refused as refused:
        for sentence in phrases.reason_words(refused.reasons):
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return redirect("enquiries:enquiry", found.call.code, found.code)


@require_POST
@signed_in
def approve(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Say yes to an answer that another officer drafted."""
    found = access.enquiry_for_officer(request.user, call, code)
    return _pressed(request, found, services.approve_answer, _("The answer is approved."))


@require_POST
@signed_in
def publish(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Let everybody read the answer."""
    found = access.enquiry_for_officer(request.user, call, code)
    done = _("The answer is published; whoever asked is being told.")
    return _pressed(request, found, services.publish_answer, done)


@require_POST
@signed_in
def refuse(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Answer with the words of the rule alone."""
    found = access.enquiry_for_officer(request.user, call, code)
    done = _("The question is refused; whoever asked is being told the rule.")
    return _pressed(request, found, services.refuse_enquiry, done)


@require_POST
@signed_in
def join(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Take the question as the same as another one."""
    found = access.enquiry_for_officer(request.user, call, code)
    form = JoinForm(request.POST)
    said = form.cleaned_data["same_as"] if form.is_valid() else ""
    done = _("The two questions have one answer.")
    return _pressed(request, found, services.join_enquiry, done, same_as=said)


@require_POST
@signed_in
def part(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Take the question as one of its own again."""
    found = access.enquiry_for_officer(request.user, call, code)
    return _pressed(request, found, services.part_enquiry, _("The question stands by itself."))
