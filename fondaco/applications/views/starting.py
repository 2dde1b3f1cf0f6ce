"""Starting an application, and its own page."""

from datetime import datetime
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fondaco.applications import phrases, selectors
from fondaco.applications.access import Purpose, application_for
from fondaco.applications.forms import StartForm
from fondaco.applications.models import Application
from fondaco.applications.rules import submission
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.selectors import keeping
from fondaco.applications.services import writing
from fondaco.applications.states import TABLE as MOVES
from fondaco.applications.states import Action, State
from fondaco.applications.views import pages, together
from fondaco.calls.models import Call
from fondaco.calls.phrases import number_words
from fondaco.calls.selectors import call_with_details, deadline_of, opening_terms, stage_of
from fondaco.calls.states import Stage
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.directory.models import Person
from fondaco.directory.selectors import organisations_of
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import is_possible
from fondaco.questionnaires.rules.schema import Section
from fondaco.questionnaires.rules.sections import Progress
from fondaco.web import reference


def _call(code: str, request: HttpRequest) -> Call:
    call = call_with_details(code)
    at = cast(PersonRequest, request).received_at
    if call is None or stage_of(call, at=at) == Stage.DRAFT:
        raise Http404
    return call


def _form(request: PersonRequest, call: Call, full: set[int]) -> StartForm:
    codes = call.form_languages or ["en"]
    names = [(code, reference.name_of(reference.languages(), code)) for code in codes]
    reads = get_language()
    language = reads if reads in codes else codes[0]
    return StartForm(
        request.POST if request.method == "POST" else None,
        organisations=organisations_of(request.user),
        languages=names,
        full=full,
        initial={"organisation": getattr(request, "acting_for", None), "language": language},
    )


def _barred(call: Call, at: datetime) -> list[str]:
    terms = submission.Terms(opening_terms(call))
    decision = submission.start(terms, has_form=call.form is not None, at=at)
    return phrases.reason_words(decision.reasons)


def start(request: HttpRequest, call: str) -> HttpResponse:
    """Begin an application, or learn what is missing for it."""
    found = _call(call, request)
    at = cast(PersonRequest, request).received_at
    context: dict[str, object] = {
        "call": found,
        "trail": pages.way_to_call(found),
        "reasons": _barred(found, at),
        "closes_at": deadline_of(found, at=at),
        "number_words": number_words(found),
    }
    if not isinstance(request.user, Person):
        if request.method == "POST":
            return redirect_to_login(request.get_full_path())
        return render(request, "applications/start.html", context)
    return _start(cast(PersonRequest, request), found, context)


def _start(request: PersonRequest, call: Call, context: dict[str, object]) -> HttpResponse:
    organisations = list(organisations_of(request.user))
    full = selectors.full_organisations(call, organisations)
    form = _form(request, call, full)
    if request.method == "POST" and form.is_valid():
        try:
            application = writing.start_application(
                call,
                organisation=form.cleaned_data["organisation"],
                by=request.user,
                at=request.received_at,
                language=form.cleaned_data.get("language", ""),
            )
        except Refused as refusal:
            context["reasons"] = phrases.reason_words(refusal.reasons)
        else:
            return redirect(pages.url_of("detail", application))
    context |= {
        "form": form,
        "organisations": organisations,
        "has_room": len(full) < len(organisations),
        "meters": pages.meters_by_organisation(call, organisations),
        "applications": selectors.applications_to(call, organisations),
    }
    return render(request, "applications/start.html", context)


@signed_in
@require_safe
def detail(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """The application's own page: where it stands, what is next, what was sent."""
    application = application_for(request.user, code, to=Purpose.READ_SENT, call=call)
    if application.is_partner:
        return redirect(pages.url_of("partner", application))
    if not application.is_own:
        return redirect(pages.url_of("admission", application))
    copy, state = selectors.copy_of(application), State(application.state)
    terms, at = selectors.terms_of(application), request.received_at
    context = {
        "application": application,
        "trail": pages.way_to_call(application.call),
        "badge": pages.badge_of(application),
        "sections": _sections(application, copy),
        "progress": copy.progress,
        **together.on_own_page(application),
        "asked": asked_of(application.asked, copy),
        "can_edit": bool(submission.editing(state, terms, at=at)),
        "can_send": bool(submission.in_time(state, terms, at=at)),
        "pass_text": keeping.pass_for(request.user, application, at=at),
        "can_withdraw": is_possible(MOVES, Action.WITHDRAW, state),
        **pages.deadline_of(application, at=at),
        **pages.moved_of(application, copy),
    }
    return render(request, "applications/detail.html", context)


def _sections(application: Application, copy: Copy) -> list[tuple[Section, str, Progress]]:
    """The parts in which anything is asked, where they are and how far they are done."""
    return [
        (section, pages.url_of("section", application, section.code), copy.progress_of(section))
        for section in copy.sections
    ]


def asked_of(asked: list[dict[str, str]], copy: Copy) -> dict[str, list[object]]:
    """What is to be completed: sentences, and questions with their labels."""
    codes = {one["question"] for one in asked if "question" in one}
    return {
        "says": [one["says"] for one in asked if "says" in one],
        "questions": [question for question in copy.form.questions if question.code in codes],
    }
