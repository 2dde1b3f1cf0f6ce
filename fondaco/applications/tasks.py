"""What the worker does for applications: the receipt on paper."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone, translation

from fondaco.applications import selectors
from fondaco.applications.models import Submission
from fondaco.applications.services import sending
from fondaco.kernel.texts import direction_of
from fondaco.questionnaires.phrases import answered
from fondaco.questionnaires.rules.schema import Kind
from fondaco.questionnaires.selectors import form_of
from fondaco.web.jobs import job
from fondaco.web.papers import pdf_of

STYLE = Path(__file__).parent / "static" / "applications" / "paper.css"


@job()
def make_paper(receipt: str, language: str) -> None:
    """Make the PDF of a receipt in a language; once it is there, nothing more is done."""
    submission = selectors.submission_of_receipt(receipt)
    if submission is None or selectors.paper_of(submission, language):
        return
    with translation.override(language):
        html = render_to_string("applications/paper.html", _words(submission, language))
    given = {"paper.css": ("text/css", STYLE.read_bytes())}
    pdf = pdf_of(html, given=given)
    sending.keep_paper(submission, pdf=pdf, language=language, at=timezone.now())


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
