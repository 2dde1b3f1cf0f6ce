"""Looking through an application, sending it, and what stays of it."""

import secrets
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.applications import forms, phrases, selectors
from fondaco.applications.access import Purpose, application_for, is_applicant
from fondaco.applications.facts import told_to
from fondaco.applications.models import Application, Submission
from fondaco.applications.rules.eligibility import verdicts
from fondaco.applications.rules.submission import submission
from fondaco.applications.selectors import keeping
from fondaco.applications.services import sending, signing
from fondaco.applications.views import pages
from fondaco.calls.selectors import steps_of
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.directory.models import Person
from fondaco.kernel.decisions import Refused
from fondaco.questionnaires.selectors import form_of
from fondaco.web.refusals import refused

KEY_LENGTH = 64


@signed_in
@require_safe
def review(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Everything at once before it is sent: answers, problems, conditions."""
    application = application_for(request.user, code, to=Purpose.SUBMIT, call=call)
    copy, at = selectors.copy_of(application), request.received_at
    rules, terms = selectors.rules_of(application.call), selectors.terms_of(application)
    told = told_to(application, rules, copy, at=at)
    found = verdicts(rules, told)
    facts = selectors.submission_facts(application, copy, rules, found)
    decision = submission(facts, terms, at=at)
    uploads = selectors.uploads_in(application, copy)
    context = {
        "application": application,
        "trail": pages.way_to(application),
        "steps": pages.steps_of(application, copy, "review"),
        "progress": copy.progress,
        "parts": pages.parts_of(application, copy.form, copy.values, uploads, found=copy.wrong),
        "lacks": pages.lacks_of(application, copy),
        "conditions": pages.conditions_of(application.call.rules.all(), told, found),
        "reasons": phrases.reason_words(decision.reasons),
        "can_send": bool(decision),
        "key": secrets.token_hex(KEY_LENGTH // 4),
        "pass_text": keeping.pass_for(request.user, application, at=at),
        **pages.deadline_of(application, at=at),
    }
    return render(request, "applications/review.html", context)


@require_POST
def submit(request: HttpRequest, call: str, code: str) -> HttpResponse:
    """Send; pressed twice, it is sent once."""
    looked = reverse("applications:review", args=[call, code])
    if not isinstance(request.user, Person):
        return redirect_to_login(looked)
    at = cast(PersonRequest, request).received_at
    application = application_for(request.user, code, to=Purpose.SUBMIT, call=call)
    key = request.POST.get("key", "")[:KEY_LENGTH]
    if not key:
        return redirect(looked)
    try:
        sent = sending.submit_application(application.pk, key=key, by=request.user, at=at)
    except Refused as refusal:
        for words in phrases.reason_words(refusal.reasons):
            messages.error(request, words)
        return refused(redirect(looked), refusal.reasons)
    return redirect(pages.url_of("receipt", application, sent.number))


@signed_in
@require_safe
def receipt(request: PersonRequest, call: str, code: str, number: int) -> HttpResponse:
    """The receipt of one version: number, time, hash and files, and what happens next."""
    application = application_for(request.user, code, to=Purpose.READ_SENT, call=call)
    sent = selectors.submission_number(application, number)
    if sent is None:
        raise Http404
    context = _receipt(request, application, sent)
    if request.headers.get("HX-Request"):
        return render(request, "applications/_paper.html", context)
    return render(request, "applications/receipt.html", context)


def _receipt(
    request: PersonRequest, application: Application, sent: Submission
) -> dict[str, object]:
    call, form = application.call, form_of(application.form)
    uploads = selectors.uploads_of_submission(sent)
    return {
        "application": application,
        "submission": sent,
        "trail": pages.way_to(application),
        "files": sent.content["files"].values(),
        "parts": pages.frozen_parts(sent, form, uploads, application),
        "proof": signing.proof_of(sent),
        "keys_url": settings.ADDRESS + reverse("applications:keys"),
        "counts": sent.number == len(selectors.keys_sent(application)),
        "paper": selectors.paper_of(sent, get_language() or "en"),
        "paper_url": pages.url_of("paper", application, sent.number),
        "waits": "paper" in request.GET,
        "here": pages.url_of("receipt", application, sent.number),
        "closes_at": selectors.deadline_for(application, at=request.received_at),
        "steps_after": steps_of(call),
        "is_applicant": is_applicant(request.user, application),
    }


@signed_in
def withdraw(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """Take the application back, with a reason and a yes."""
    application = application_for(request.user, code, to=Purpose.WITHDRAW, call=call)
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = pages.who(request)
        try:
            sending.withdraw_application(application.pk, why=form.cleaned_data["why"], **who)
        except Refused as refusal:
            form.add_error(None, "\n".join(phrases.reason_words(refusal.reasons)))
        else:
            messages.success(request, _("The application is withdrawn."))
            return redirect(pages.url_of("detail", application))
    context = {
        "application": application,
        "form": form,
        "trail": pages.way_to(application),
        "back": pages.url_of("detail", application),
    }
    return render(request, "applications/withdraw.html", context)
