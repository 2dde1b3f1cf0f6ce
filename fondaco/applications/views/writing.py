"""Writing an application: one section a page, saved by itself, useful without script."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fondaco.applications import forms, phrases, selectors
from fondaco.applications.access import Purpose, application_for
from fondaco.applications.models import Application
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.saving import Clash, Merged
from fondaco.applications.rules.submission import editing, open_questions
from fondaco.applications.services import writing
from fondaco.applications.states import State
from fondaco.applications.views import pages
from fondaco.applications.views.autosave import keep_of
from fondaco.applications.views.keeping import given_back, kept_for_later
from fondaco.calls.selectors import fetch_acts
from fondaco.directory.access import PersonRequest, fresh
from fondaco.directory.models import Person
from fondaco.documents.phrases import refusal as file_words
from fondaco.documents.selectors import megabytes_allowed
from fondaco.kernel.decisions import Refused
from fondaco.questionnaires.phrases import Field, answered, fields_of
from fondaco.questionnaires.rules.answers import Typed, Value, mark, value_of
from fondaco.questionnaires.rules.schema import Kind, Question, Section
from fondaco.web.refusals import refused

Said = dict[str, list[str]]


@never_cache
def section(request: HttpRequest, call: str, code: str, section: str) -> HttpResponse:
    """One section of the form."""
    asking = cast(PersonRequest, request)
    if not isinstance(request.user, Person):
        return kept_for_later(request, code, at=asking.received_at)
    application = application_for(request.user, code, to=Purpose.EDIT, call=call)
    copy = selectors.copy_of(application)
    asked = copy.form.section(section)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _saved(asking, application, asked)
    before = given_back(request, at=asking.received_at)
    if before is None:
        return _shown(asking, application, asked, copy)
    typed = forms.typed_answers(asked, before)
    marks = _marks_before(asked, copy, before)
    return _shown(asking, application, asked, copy, typed=typed, is_given_back=True, marks=marks)


def _saved(request: PersonRequest, application: Application, asked: Section) -> HttpResponse:
    typed = forms.typed_answers(asked, request.POST)
    was = forms.marks_shown(asked, request.POST)
    try:
        kept = writing.save_section(
            application.pk,
            section=asked.code,
            answers=typed,
            was=was,
            by=request.user,
            at=request.received_at,
        )
    except Refused as refusal:
        return _not_saved(request, application, asked, typed, refusal)
    return _after(request, application, asked, kept)


def _after(
    request: PersonRequest, application: Application, asked: Section, kept: Merged
) -> HttpResponse:
    """Where a saved page leads: to the choice between two answers, to its problems, or on."""
    said = _files(request, application, asked)
    if kept.clashes:
        return _choice(request, application, asked, kept.clashes)
    copy = selectors.copy_of(application)
    if said or copy.wrong_in(asked):
        return _shown(request, application, asked, copy, said=said, status=422)
    if kept.theirs:
        messages.info(request, _("A colleague changed other answers here; both were kept."))
    if "stay" in request.POST or "remove" in request.POST:
        return redirect(pages.url_of("section", application, asked.code))
    return redirect(_next(application, copy, asked))


def _next(application: Application, copy: Copy, asked: Section) -> str:
    later = copy.form.sections[copy.form.sections.index(asked) + 1 :]
    if not later:
        return pages.url_of("review", application)
    return pages.url_of("section", application, later[0].code)


def _files(request: PersonRequest, application: Application, asked: Section) -> Said:
    """Keep the files that were sent; what was said of those that were not kept."""
    said: Said = {}
    who = pages.who(request)
    removed = asked_file(asked, request.POST.get("remove", ""))
    if removed:
        try:
            writing.detach_file(application.pk, question=removed.code, **who)
        except Refused as refusal:
            said[removed.code] = phrases.reason_words(refusal.reasons)
    for code, sent in forms.files_sent(asked, request.FILES).items():
        question, name = asked_file(asked, code), sent.name or "file"
        try:
            writing.attach_file(application.pk, question=code, name=name, content=sent, **who)
        except Refused as refusal:
            said[code] = [_file_words(reason, name, question) for reason in refusal.reasons]
    return said


def _file_words(reason: str, name: str, question: Question | None) -> str:
    if question is None or not reason.startswith("file-"):
        return phrases.reason_words([reason])[0]
    return file_words(
        reason, name=name, accepts=question.accepts, megabytes=megabytes_allowed(question.megabytes)
    )


def asked_file(section: Section, code: str) -> Question | None:
    """The question of that code, where it asks for a file."""
    return next(
        (asked for asked in section.questions if asked.code == code and asked.kind == Kind.FILE),
        None,
    )


def _not_saved(
    request: PersonRequest,
    application: Application,
    asked: Section,
    typed: Mapping[str, Typed],
    refusal: Refused,
) -> HttpResponse:
    """Nothing is lost: the page comes back with what was typed and the reason."""
    reasons = phrases.reason_words(refusal.reasons)
    copy = selectors.copy_of(application)
    marks = _marks_before(asked, copy, request.POST)
    more: dict[str, Any] = {"reasons": reasons, "marks": marks}
    page = _shown(request, application, asked, copy, typed=typed, status=409, **more)
    return refused(page, refusal.reasons)


def _shown(
    request: PersonRequest,
    application: Application,
    asked: Section,
    copy: Copy,
    *,
    typed: Mapping[str, Typed] | None = None,
    said: Said | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    fields = fields_of(
        asked,
        {**copy.answers, **(typed or {})},
        uploads=selectors.uploads_in(application, copy),
        found=copy.lacks_in(asked) if "check" in request.GET else (),
        said=said,
        currency=application.call.currency,
        open_questions=open_questions(State(application.state), application.asked),
    )
    context = _around(request, application, asked, copy) | more
    context["fields"] = [_placed(application, field) for field in fields]
    context["wrong"] = [field for field in fields if field.problems]
    return render(request, "applications/section.html", context, status=status)


def _around(
    request: PersonRequest, application: Application, asked: Section, copy: Copy
) -> dict[str, object]:
    """What stands around the questions: the way, the steps, the deadline, what forbids changes."""
    at = request.received_at
    fetch_acts(application.call)
    decision = editing(State(application.state), selectors.terms_of(application), at=at)
    closes_at = selectors.deadline_for(application, at=at)
    return {
        "application": application,
        "asked": asked,
        "trail": pages.way_to(application),
        "steps": pages.steps_of(application, copy, asked.code),
        "marks": _marks(asked, copy),
        "reasons": phrases.reason_words(decision.reasons),
        "can_edit": bool(decision),
        "closes_at": closes_at,
        "is_late": closes_at is not None and closes_at < at,
        "action": pages.url_of("section", application, asked.code),
        "review_url": pages.url_of("review", application),
        "keep": keep_of(request, application, asked) if decision else None,
    }


def _placed(application: Application, field: Field) -> tuple[Field, str, str]:
    """A field with the addresses it may lead to: of its file, of its signing."""
    asked = field.question
    file_url = pages.url_of("file", application, field.upload.code) if field.upload else ""
    is_signed = asked.kind == Kind.SIGNATURE
    return field, file_url, pages.url_of("sign", application, asked.code) if is_signed else ""


def _marks(asked: Section, copy: Copy) -> dict[str, str]:
    return {
        question.code: mark(copy.answers.get(question.code))
        for question in asked.questions
        if question.kind not in forms.NOT_TYPED
    }


def _marks_before(asked: Section, copy: Copy, posted: QueryDict) -> dict[str, str]:
    """The marks of what the page showed when this was typed: a colleague's change is not lost."""
    return _marks(asked, copy) | (forms.marks_shown(asked, posted) or {})


def _choice(
    request: PersonRequest, application: Application, asked: Section, clashes: tuple[Clash, ...]
) -> HttpResponse:
    """Both answers side by side where two colleagues changed the same one."""
    known = {question.code: question for question in asked.questions}
    context = {
        "application": application,
        "trail": pages.way_to(application),
        "action": pages.url_of("section", application, asked.code),
        "rows": [
            {
                "question": known[clash.question],
                "mine": answered(known[clash.question], _readable(known, clash, clash.mine)),
                "theirs": answered(known[clash.question], _readable(known, clash, clash.theirs)),
                "typed": clash.mine if isinstance(clash.mine, list) else [clash.mine],
                "mark": mark(clash.theirs),
            }
            for clash in clashes
        ],
    }
    return render(request, "applications/clash.html", context, status=409)


def _readable(known: Mapping[str, Question], clash: Clash, typed: Typed) -> Value:
    return value_of(known[clash.question], typed) or (typed if isinstance(typed, str) else None)


@fresh
def sign(request: PersonRequest, call: str, code: str, question: str) -> HttpResponse:
    """Sign by name, after having proved within the last minutes who one is."""
    application = application_for(request.user, code, to=Purpose.EDIT, call=call)
    copy = selectors.copy_of(application)
    asked, section = copy.form.question(question), copy.form.section_of(question)
    if asked is None or section is None or asked.kind != Kind.SIGNATURE:
        raise Http404
    form = forms.SignForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            writing.sign(application.pk, question=question, name=name, **pages.who(request))
        except Refused as refusal:
            form.add_error(None, "\n".join(phrases.reason_words(refusal.reasons)))
        else:
            messages.success(request, _("Signed."))
            return redirect(pages.url_of("review", application))
    context = {"application": application, "asked": asked, "form": form}
    context["back"] = pages.url_of("section", application, section.code)
    return render(request, "applications/sign.html", context | {"trail": pages.way_to(application)})
