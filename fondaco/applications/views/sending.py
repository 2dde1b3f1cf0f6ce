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
from fondaco.applications.access import Purpose, application_for, reader_of
from fondaco.applications.facts import told_of_partners, told_to
from fondaco.applications.models import Application, Submission
from fondaco.applications.rules.eligibility import joined, verdicts
from fondaco.applications.rules.submission import submission
from fondaco.applications.selectors import keeping
from fondaco.applications.selectors.arriving import application_that_takes_files
from fondaco.applications.services import sending, signing
from fondaco.applications.views import pages, together
from fondaco.calls.phrases import number_words
from fondaco.calls.selectors import steps_of
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.directory.models import Person
from fondaco.kernel.decisions import Refused
from fondaco.questionnaires.rules.readers import withheld
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
    told, partners = told_to(application, rules, copy, at=at), told_of_partners(application, rules)
    found = joined(verdicts(rules, told), [one.found for one in partners])
    facts = selectors.submission_facts(application, copy, rules, found)
    decision = submission(facts, terms, at=at)
    uploads = selectors.uploads_in(application, copy)
    context = {
        "application": application,
        "trail": pages.way_to(application),
        "parts": pages.parts_of(
            application, copy.form, copy.values, uploads, found=copy.wrong, hidden=copy.hidden
        ),
        "conditions": pages.conditions_of(application.call.rules.all(), told, found),
        "partners": together.before_sending(application, application.call.rules.all(), partners),
        "reasons": phrases.reason_words(decision.reasons),
        "can_send": bool(decision),
        "key": secrets.token_hex(KEY_LENGTH // 4),
        "pass_text": keeping.pass_for(request.user, application, at=at),
        **pages.before_sending(application, copy, at=at),
    }
    return render(request, "applications/review.html", context)


def _to_send(person: Person, code: str, call: str) -> Application:
    """The application in one question where a colleague sends it; who may not is told why."""
    small = application_that_takes_files(person.pk, code)
    if small is not None and small.call.code == call:
        return small
    return application_for(person, code, to=Purpose.SUBMIT, call=call)


@require_POST
def submit(request: HttpRequest, call: str, code: str) -> HttpResponse:
    """Send; pressed twice, it is sent once."""
    looked = reverse("applications:review", args=[call, code])
    if not isinstance(request.user, Person):
        return redirect_to_login(looked)
    at = cast(PersonRequest, request).received_at
    application = _to_send(request.user, code, call)
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


def _shown_of(
    request: PersonRequest, application: Application, sent: Submission
) -> dict[str, object]:
    """What was sent, as far as this reader sees it; the paper shows everything or is not given."""
    form, uploads = form_of(application.form), selectors.uploads_of_submission(sent)
    reader = reader_of(request.user, application) if form.is_restricted else None
    kept_back, files = withheld(form, reader), sent.content["files"]
    return {
        "files": [one for code, one in files.items() if one["code"] and code not in kept_back],
        "has_paper": not kept_back,
        "parts": pages.frozen_parts(sent, form, uploads, application, reader),
    }


def _receipt(
    request: PersonRequest, application: Application, sent: Submission
) -> dict[str, object]:
    call = application.call
    return _shown_of(request, application, sent) | {
        "application": application,
        "submission": sent,
        "partners": together.as_sent(sent),
        "trail": pages.way_to(application),
        "proof": signing.proof_of(sent),
        "keys_url": settings.ADDRESS + reverse("applications:keys"),
        "counts": sent.number == len(selectors.keys_sent(application)),
        "paper": selectors.paper_of(sent, get_language() or "en"),
        "paper_url": pages.url_of("paper", application, sent.number),
        "waits": "paper" in request.GET,
        "here": pages.url_of("receipt", application, sent.number),
        "closes_at": selectors.deadline_for(application, at=request.received_at),
        "steps_after": steps_of(call),
        "number_words": number_words(call),
        "is_applicant": application.is_own,
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
