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
from fondaco.applications.rules.posted import marks_of
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
from fondaco.questionnaires.phrases import answered
from fondaco.questionnaires.phrases.fields import Field, fields_of
from fondaco.questionnaires.rules.answers import Typed, Value, mark, value_of
from fondaco.questionnaires.rules.groups import Move, keys_of
from fondaco.questionnaires.rules.schema import Kind, Question, Section
from fondaco.questionnaires.rules.visibility import Known, hidden_in, known_in
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
    if "row" in request.POST:
        return _rows_changed(request, application, asked)
    copy = selectors.copy_of(application)
    if said or copy.wrong_in(asked):
        return _shown(request, application, asked, copy, said=said, status=422)
    if kept.theirs:
        messages.info(request, _("A colleague changed other answers here; both were kept."))
    if "stay" in request.POST or "remove" in request.POST:
        return redirect(pages.url_of("section", application, asked.code))
    asked_now = _asked_since(request, asked, copy)
    if asked_now:
        messages.info(request, _("Because of your answers, more is asked on this page."))
        return redirect(f"{pages.url_of('section', application, asked.code)}#q-{asked_now[0]}")
    return redirect(_next(application, copy, asked))


def _asked_since(request: PersonRequest, asked: Section, copy: Copy) -> list[str]:
    """The questions that this save brought up, where the page had not shown them."""
    if not copy.form.is_conditional:
        return []
    shown = set(request.POST.getlist("showed"))
    conditional = [one.code for one in asked.questions if one.shown_when or asked.shown_when]
    return [code for code in conditional if code not in copy.hidden and code not in shown]


def _rows_changed(request: PersonRequest, application: Application, asked: Section) -> HttpResponse:
    """Without script: a row is added, moved, taken away or put back once the page is saved."""
    here = pages.url_of("section", application, asked.code)
    move, _gap, rest = request.POST["row"].partition(" ")
    group, _gap, row = rest.partition(" ")
    if move not in set(Move) or group not in {one.code for one in asked.groups}:
        return redirect(here)
    who = pages.who(request)
    try:
        row = writing.change_rows(application.pk, question=group, move=Move(move), row=row, **who)
    except Refused as refusal:
        for reason in phrases.reason_words(refusal.reasons):
            messages.error(request, reason)
        return refused(redirect(here), refusal.reasons)
    return redirect(f"{here}#q-{group}.{row}-row")


def _next(application: Application, copy: Copy, asked: Section) -> str:
    sections = copy.form.sections
    later = [one for one in sections[sections.index(asked) + 1 :] if copy.is_asked(one)]
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
        known=known_of(copy, typed or {}),
    )
    context = _around(request, application, asked, copy) | more
    context["fields"] = [_placed(application, field) for field in fields]
    context["wrong"] = _wrong(fields, copy)
    return render(request, "applications/section.html", context, status=status)


def _wrong(fields: list[Field], copy: Copy) -> list[Field]:
    """What has to be put right: questions that are asked, and cells of groups."""
    if copy.form.is_conditional or copy.form.has_groups:
        return [wrong for field in fields for wrong in field.wrong]
    return [field for field in fields if field.problems]


def known_of(copy: Copy, typed: Mapping[str, Typed]) -> Known | None:
    """What the page is told of all answers, where its questions depend on any."""
    form = copy.form
    if not form.is_conditional and not form.has_groups:
        return None
    answers = {**copy.answers, **typed}
    found = known_in(form, answers, copy.facts)
    return Known(hidden_in(form, answers, copy.facts), found, copy.share)


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
        "marks": marks_of(asked, copy.answers),
        "reasons": phrases.reason_words(decision.reasons),
        "can_edit": bool(decision),
        "closes_at": closes_at,
        "is_late": closes_at is not None and closes_at < at,
        "action": pages.url_of("section", application, asked.code),
        "review_url": pages.url_of("review", application),
        "is_growing": copy.form.is_conditional or copy.form.has_groups,
        **pages.moved_of(application, copy),
        "keep": keep_of(request, application, asked) if decision else None,
    }


def _placed(application: Application, field: Field) -> tuple[Field, str, str]:
    """A field with the addresses it may lead to: of its file, of its signing."""
    asked = field.question
    file_url = pages.url_of("file", application, field.upload.code) if field.upload else ""
    is_signed = asked.kind == Kind.SIGNATURE
    return field, file_url, pages.url_of("sign", application, asked.code) if is_signed else ""


def _marks_before(asked: Section, copy: Copy, posted: QueryDict) -> dict[str, str]:
    """The marks of what the page showed when this was typed: a colleague's change is not lost."""
    return marks_of(asked, copy.answers) | (forms.marks_shown(asked, posted) or {})


def _choice(
    request: PersonRequest, application: Application, asked: Section, clashes: tuple[Clash, ...]
) -> HttpResponse:
    """Both answers side by side where two colleagues changed the same one."""
    known: dict[str, Question] = {question.code: question for question in asked.questions}
    for group in asked.groups:
        cells = keys_of(group, [clash.question for clash in clashes])
        known |= {key: column for key, column in cells.items() if column}
    context = {
        "application": application,
        "trail": pages.way_to(application),
        "action": pages.url_of("section", application, asked.code),
        "rows": [_clash_row(known[clash.question], clash) for clash in clashes],
    }
    return render(request, "applications/clash.html", context, status=409)


def _clash_row(question: Question, clash: Clash) -> dict[str, object]:
    return {
        "question": question,
        "key": clash.question,
        "mine": answered(question, _readable(question, clash.mine)),
        "theirs": answered(question, _readable(question, clash.theirs)),
        "typed": clash.mine if isinstance(clash.mine, list) else [clash.mine],
        "mark": mark(clash.theirs),
    }


def _readable(question: Question, typed: Typed) -> Value:
    return value_of(question, typed) or (typed if isinstance(typed, str) else None)


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
