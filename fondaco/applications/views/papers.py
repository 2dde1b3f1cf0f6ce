"""Files to take away: uploads, the receipt on paper, copies of one's own application."""

import json
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fondaco.applications import selectors
from fondaco.applications.access import Purpose, application_for, reader_of
from fondaco.applications.models import Application, Submission
from fondaco.applications.services import sending
from fondaco.applications.views import pages
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.documents.access import require_open, require_there
from fondaco.documents.models import Upload
from fondaco.documents.rules import MEDIA_TYPES
from fondaco.documents.selectors import opened, upload_named
from fondaco.kernel.plain import plain
from fondaco.questionnaires.rules.readers import withheld
from fondaco.questionnaires.selectors import form_of
from fondaco.web.downloads import attachment, text_attachment


def _given(upload: Upload) -> HttpResponse:
    return attachment(opened(upload), upload.name, MEDIA_TYPES[upload.kind], upload.size)


@signed_in
@require_safe
def file(request: PersonRequest, call: str, code: str, upload: str) -> HttpResponse:
    """One file; the office and evaluators get only what was sent, once it was searched."""
    application = application_for(request.user, code, to=Purpose.READ_SENT, call=call)
    found = upload_named(application.code, upload)
    if found is None:
        raise Http404
    if application.is_own:
        require_there(found)
        return _given(found)
    form = form_of(application.form)
    kept_back = withheld(form, reader_of(request.user, application))
    is_theirs = application.is_partner and _stands_in(application, upload, kept_back)
    if not is_theirs and not selectors.is_frozen(application, upload, but=kept_back):
        raise Http404
    require_open(found)
    return _given(found)


def _stands_in(application: Application, upload: str, kept_back: Collection[str]) -> bool:
    """Whether a file answers a question of the working copy that this reader may read."""
    files = selectors.copy_of(application).files
    return any(upload == code for asked, code in files.items() if asked not in kept_back)


@signed_in
def paper(request: PersonRequest, call: str, code: str, number: int) -> HttpResponse:
    """The receipt on paper: asked for, then given."""
    application = application_for(request.user, code, to=Purpose.READ_SENT, call=call)
    sent = selectors.submission_number(application, number)
    if sent is None:
        raise Http404
    if withheld(form_of(application.form), reader_of(request.user, application)):
        raise PermissionDenied
    language = get_language() or "en"
    made = selectors.paper_of(sent, language)
    if request.method == "POST":
        if made is None:
            sending.ask_for_paper(sent, language=language)
        return redirect(f"{pages.url_of('receipt', application, number)}?paper=asked")
    if made is None:
        raise Http404
    return _given(made)


@signed_in
@require_safe
def copy(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """The whole application on one page, to keep or to print; partners read it here."""
    application = application_for(request.user, code, to=Purpose.READ_COPY, call=call)
    kept = selectors.copy_of(application)
    kept_back = withheld(kept.form, reader_of(request.user, application))
    hidden = {**kept.hidden, **dict.fromkeys(kept_back, ())}
    uploads = selectors.uploads_in(application, kept)
    context = {
        "application": application,
        "trail": pages.way_to(application),
        "parts": pages.parts_of(
            application, kept.form, kept.values, uploads, found=kept.wrong, hidden=hidden
        ),
        "at": request.received_at,
    }
    return render(request, "applications/copy.html", context)


@signed_in
@require_safe
def copy_as_data(request: PersonRequest, call: str, code: str) -> HttpResponse:
    """The whole application as JSON: what was typed, what it means, what was sent."""
    application = application_for(request.user, code, to=Purpose.READ, call=call)
    kept = selectors.copy_of(application)
    told = {
        "application": application.code,
        "call": application.call.code,
        "organisation": selectors.organisation_now(application.organisation),
        "state": application.state,
        "language": application.language,
        "typed": kept.answers,
        "answers": kept.values,
        "aside": application.aside,
        "submissions": [_frozen(sent) for sent in selectors.submissions_of(application)],
    }
    text = json.dumps(plain(told), ensure_ascii=False, indent=2)
    return text_attachment(text, f"{application.code}.json", "application/json")


def _frozen(sent: Submission) -> dict[str, object]:
    """A frozen version with everything that its receipt is checked with."""
    return {
        "receipt": sent.receipt,
        "sha256": sent.fingerprint,
        "salt": sent.salt,
        "signature": sent.signature,
        "key": sent.signed_with_id or "",
        **sent.content,
    }
