"""The officer's pages: the list of a call's applications, and the admission of each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.applications import forms, phrases, selectors
from fondaco.applications.access import Purpose, application_for, call_for_office, can_assess
from fondaco.applications.models import Application
from fondaco.applications.selectors.listing import plan_of
from fondaco.applications.services import assessing
from fondaco.applications.states import TABLE, Action, State, Verdict
from fondaco.applications.views import pages, together
from fondaco.applications.views.listing import rows_of
from fondaco.calls.selectors import assessed_from, call_with_details, days_not_counted
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import is_possible
from fondaco.questionnaires.rules.tables import Reader
from fondaco.questionnaires.selectors import form_of
from fondaco.web.lists import exported, listed
from fondaco.web.words import say

DAYS = 7


@signed_in
@require_safe
def listing(request: PersonRequest, call: str) -> HttpResponse:
    """Every application that was sent; drafts are only counted."""
    found = call_for_office(request.user, call)
    shown = listed(request, selectors.office_list(found), plan_of(found))
    if shown.wants_csv:
        return exported(shown)
    context = {
        "call": found,
        "trail": pages.way_to_call(found),
        "list": shown,
        "rows": rows_of(shown.page),
        "drafts": selectors.draft_count(found),
        "asked": shown.query.lstrip("&"),
    }
    return render(request, "applications/office.html", context)


def _assessed(request: PersonRequest, call: str, code: str) -> Application:
    return application_for(request.user, code, to=Purpose.ASSESS, call=call)


@signed_in
@require_safe
def admission(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """What the rules found, with what was told, and what an officer can do about it."""
    application = application_for(request.user, code, to=Purpose.OVERSEE, call=call)
    return _page(request, application)


def _page(
    request: PersonRequest, application: Application, status: int = 200, **bound: Any
) -> HttpResponse:
    sent = selectors.last_submission(application)
    form = form_of(application.form)
    barred = assessing.assessing_barred(application, at=request.received_at)
    context = {
        "application": application,
        **together.on_office_page(application, sent),
        "parts": pages.frozen_parts(
            sent, form, selectors.uploads_of_submission(sent), application, Reader.OFFICERS
        )
        if sent
        else [],
        "findings": _findings(application, bound.get("overrule_form")),
        "can": _possible(request, application, barred),
        "barred": phrases.reason_words(barred),
        "open_until": assessed_from(
            application.call, at=request.received_at, received_at=application.submitted_at
        ),
        "refuse_form": bound.get("refuse_form") or forms.RefuseForm(auto_id="refuse-%s"),
        "completion_form": bound.get("completion_form") or _completion_form(application),
        **pages.counted(application),
    }
    return render(request, "applications/admission.html", context, status=status)


def _completion_form(
    application: Application, sent: QueryDict | None = None
) -> forms.CompletionForm:
    questions = form_of(application.form).questions
    return forms.CompletionForm(
        sent,
        questions=[(one.code, say(one.label).text or one.code) for one in questions],
        days=application.call.completion_days or DAYS,
        days_off=days_not_counted(application.call),
    )


def _possible(
    request: PersonRequest, application: Application, barred: tuple[str, ...]
) -> dict[Action, bool]:
    """What the officer can do now."""
    may = not barred and can_assess(request.user, application)
    state = State(application.state)
    acts = (Action.ADMIT, Action.REFUSE, Action.ASK)
    return {action: may and is_possible(TABLE, action, state) for action in acts}


def _findings(application: Application, bound: forms.OverruleForm | None) -> list[dict[str, Any]]:
    call = call_with_details(application.call.code)
    rules = {rule.code: rule for rule in call.rules.all()} if call else {}
    return [
        {
            "finding": finding,
            "rule": rules.get(finding.rule),
            "told": phrases.told_words(
                rules[finding.rule].fact if finding.rule in rules else "", finding.told
            ),
            "source": phrases.source_words(finding.source),
            "verdict": phrases.VERDICTS[Verdict(finding.verdict)],
            "holds": phrases.VERDICTS[Verdict(finding.overruled or finding.verdict)],
            "tone": phrases.VERDICT_TONES[Verdict(finding.overruled or finding.verdict)],
            "form": bound
            if bound and bound.data.get("rule") == finding.rule
            else forms.OverruleForm(verdicts=_verdicts(), rule=finding.rule),
        }
        for finding in selectors.findings_of(application)
    ]


def _verdicts() -> list[tuple[str, str]]:
    return [(verdict.value, str(words)) for verdict, words in phrases.VERDICTS.items()]


def _done(request: PersonRequest, application: Application, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(pages.url_of("admission", application))


def _refused(request: PersonRequest, application: Application, refusal: Refused) -> HttpResponse:
    for words in phrases.reason_words(refusal.reasons):
        messages.error(request, words)
    return redirect(pages.url_of("admission", application))


@signed_in
@require_POST
def admit(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Confirm as eligible."""
    application = _assessed(request, call, code)
    try:
        assessing.admit_application(application.pk, by=request.user, at=request.received_at)
    except Refused as refusal:
        return _refused(request, application, refusal)
    return _done(request, application, _("The application is confirmed as eligible."))


@signed_in
@require_POST
def refuse(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Find not eligible; the letter waits in the outbox."""
    application, form = _assessed(request, call, code), forms.RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, application, 422, refuse_form=form)
    who = pages.who(request)
    try:
        assessing.refuse_application(application.pk, why=form.cleaned_data["why"], **who)
    except Refused as refusal:
        return _refused(request, application, refusal)
    return _done(request, application, _("Not eligible. The letter waits in the outbox."))


@signed_in
@require_POST
def overrule(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Put one's own word, with a reason, in the place of a finding."""
    application = _assessed(request, call, code)
    form = forms.OverruleForm(request.POST, verdicts=_verdicts())
    if not form.is_valid():
        return _page(request, application, 422, overrule_form=form)
    kept = form.cleaned_data
    who = pages.who(request)
    try:
        assessing.overrule_finding(
            application.pk, rule=kept["rule"], verdict=form.wanted, why=kept["why"], **who
        )
    except Refused as refusal:
        return _refused(request, application, refusal)
    return _done(request, application, _("The finding was changed, with your reason."))


@signed_in
@require_POST
def ask(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Ask for what is missing; the letter waits in the outbox."""
    application = _assessed(request, call, code)
    form = _completion_form(application, request.POST)
    if not form.is_valid():
        return _page(request, application, 422, completion_form=form)
    try:
        assessing.ask_completion(
            application.pk,
            questions=form.cleaned_data["questions"],
            says=form.lines,
            days=form.cleaned_data["days"],
            by=request.user,
            at=request.received_at,
        )
    except Refused as refusal:
        return _refused(request, application, refusal)
    return _done(
        request, application, _("Asked. The letter goes out now, and the days count from now.")
    )
