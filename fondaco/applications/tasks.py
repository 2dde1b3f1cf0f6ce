"""What the worker does for applications: receipts on paper, signatures of earlier receipts."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from fondaco.applications import selectors
from fondaco.applications.models import Submission
from fondaco.applications.services import sending, signing
from fondaco.kernel.texts import direction_of
from fondaco.questionnaires.phrases import answered
from fondaco.questionnaires.rules.schema import Kind
from fondaco.questionnaires.selectors import form_of
from fondaco.web.jobs import every, job
from fondaco.web.papers import pdf_of

STYLE = Path(__file__).parent / "static" / "applications" / "paper.css"


@job()
def make_paper(receipt: str, language: str) -> None:
    """Make the PDF of a receipt in a language; once it is there, nothing more is done."""
    submission = selectors.submission_of_receipt(receipt)
    if submission is None or selectors.paper_of(submission, language):
        return
    signed = signing.sign_submission(submission.pk, at=timezone.now())
    submission.signature, submission.signed_with = signed.signature, signed.signed_with
    with translation.override(language):
        words = _words(submission, language) | _proof(submission)
        html = render_to_string("applications/paper.html", words)
    given = {
        "paper.css": ("text/css", STYLE.read_bytes()),
        "check.svg": ("image/svg+xml", code_of(str(words["check_url"]))),
    }
    pdf = pdf_of(html, given=given)
    sending.keep_paper(submission, pdf=pdf, language=language, at=timezone.now())


@every(seconds=3600)
@job(retries=0)
def sign_earlier() -> None:
    """Sign receipts of the time before receipts were signed."""
    signing.sign_earlier(at=timezone.now())


def code_of(address: str) -> bytes:
    """The address as a QR code."""
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", scale=4, xmldecl=False)
    return drawn.getvalue()


def _proof(submission: Submission) -> dict[str, object]:
    """What the paper says of its signature, and where it is checked."""
    check_page = settings.ADDRESS + reverse("applications:check")
    told = {"number": submission.receipt, "fingerprint": submission.fingerprint}
    return {
        "proof": signing.proof_of(submission),
        "keys_url": settings.ADDRESS + reverse("applications:keys"),
        "check_page": check_page,
        "check_url": f"{check_page}?{urlencode(told)}",
    }


def _words(submission: Submission, language: str) -> dict[str, object]:
    """What the paper says: the frozen version, question by question."""
    application = submission.application
    values = submission.content["answers"]
    uploads = selectors.uploads_of_submission(submission)
    return {
        "submission": submission,
        "application": application,
        "language": language,
        "direction": direction_of(language),
        "files": submission.content["files"].values(),
        "sections": [
            (
                section,
                [
                    answered(
                        question,
                        values.get(question.code),
                        uploads=uploads if question.kind == Kind.FILE else None,
                        currency=application.call.currency,
                    )
                    for question in section.questions
                ],
            )
            for section in form_of(application.form).sections
        ],
    }
