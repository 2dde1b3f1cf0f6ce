"""The questions about a call that were answered, and asking another one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from fondaco.calls.models import Call
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.directory.models import Person
from fondaco.enquiries import access, phrases, selectors
from fondaco.enquiries.forms import LONGEST_QUESTION, QuestionForm
from fondaco.enquiries.rules import asking
from fondaco.enquiries.selectors import Answered
from fondaco.enquiries.services import ask as take_question
from fondaco.enquiries.states import State
from fondaco.kernel.decisions import Refused
from fondaco.web import words
from fondaco.web.kept import kept_for_visitors
from fondaco.web.lists import Column, Plan, exported, listed

COLUMNS = {
    "number": Column(_l("Number"), lambda one: one.number, lambda one: one.number),
    "published": Column(_l("Published"), lambda one: one.at, lambda one: one.at),
    "question": Column(_l("Question"), cell=lambda one: words.say(one.question).text),
    "answer": Column(_l("Answer"), cell=lambda one: words.say(one.answer).text),
}


def _plan(call: Call) -> Plan:
    return Plan(f"{call.code}-answers", COLUMNS, _text, first="-published", has_head=False)


def _text(one: Answered) -> str:
    return " ".join([*one.question.values(), *one.answer.values()])


def _about(call: Call, request: HttpRequest) -> dict[str, object]:
    """What every page about asking says of the call: until when, how soon, and why not now."""
    at = request.received_at  # type: ignore[attr-defined]
    terms = selectors.terms_for(call, at=at)
    against = selectors.against_asking(call, None, at=at)
    return {
        "call": call,
        "trail": [
            (call.programme.acronym, reverse("desks:programme", args=[call.programme.code])),
            (words.say(call.title).text or call.code, reverse("desks:call", args=[call.code])),
        ],
        "ask_until": asking.last_day_to_ask(terms),
        "answers_until": asking.last_day_of_answers(terms) if terms.answer_until else None,
        "within": terms.answer_within,
        "counts_working_days": bool(terms.days_off),
        "refusal": selectors.refusal_of(call),
        "can_ask": not against,
        "barred": phrases.reason_words(against),
    }


@require_safe
@kept_for_visitors
def answers(request: HttpRequest, call: str) -> HttpResponse:
    """Every question that was answered, for all."""
    found = access.published_call(call)
    shown = listed(request, selectors.answered(found), _plan(found))
    if shown.wants_csv:
        return exported(shown)
    return render(request, "enquiries/answers.html", {**_about(found, request), "list": shown})


@signed_in
def ask(request: PersonRequest, call: str) -> HttpResponse:
    """Ask about the call; what was likely asked before is shown first."""
    found = access.published_call(call)
    language = get_language() or "en"
    watch = reverse("enquiries:alike", args=[call])
    form = QuestionForm(request.POST or None, watch=watch)
    alike: list[Answered] = []
    if request.method == "POST" and form.is_valid():
        alike = selectors.alike_answered(found, form.cleaned_data["text"], language)
        if alike:
            form.ask_again()
        if not form.errors and _asked(request, found, form, language):
            return redirect("enquiries:ask", call)
    context = {
        **_about(found, request),
        "form": form,
        "alike": alike,
        "own": _own(found, request.user),
    }
    return render(request, "enquiries/ask.html", context)


def _asked(request: PersonRequest, call: Call, form: QuestionForm, language: str) -> bool:
    """Whether the question was taken in; what stood in the way is told at its field."""
    said = {"text": form.cleaned_data["text"], "language": language}
    try:
        taken = take_question(call.pk, **said, by=request.user, at=request.received_at)
    except Refused as refused:
        for sentence in phrases.reason_words(refused.reasons):
            form.add_error("text", sentence)
        return False
    due = words.day(taken.due_on) if taken.due_on else ""
    told = _("Your question was received. It is answered until %(day)s, for all.") % {"day": due}
    messages.success(request, told if due else _("Your question was received."))
    return True


def _own(call: Call, person: Person) -> list[tuple[object, str, str]]:
    """What the reader asked about the call, and how it stands for them."""
    return [
        (one, str(phrases.FOR_ASKERS[State(one.state)]), phrases.TONES[State(one.state)])
        for one in selectors.asked_by(call, person)
    ]


@require_safe
@signed_in
def alike(request: PersonRequest, call: str) -> HttpResponse:
    """What was likely asked before, while somebody types."""
    found = access.published_call(call)
    text = request.GET.get("text", "").replace("\0", "")[:LONGEST_QUESTION]
    rows = selectors.alike_answered(found, text, get_language() or "en")
    return render(request, "enquiries/_alike.html", {"call": found, "alike": rows})
