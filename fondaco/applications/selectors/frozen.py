"""What was sent: the frozen versions, their files, their receipts and papers."""

from collections.abc import Container, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from fondaco.applications.models import Application, Submission
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.selectors.copies import uploads_in
from fondaco.directory.models import Organisation
from fondaco.documents.models import Upload
from fondaco.documents.selectors import upload_called, uploads_named
from fondaco.questionnaires.rules.answers import Typed
from fondaco.questionnaires.rules.groups import head_of
from fondaco.questionnaires.rules.schema import Kind
from fondaco.web.prepared import Prepared
from fondaco.web.prepared import number as numbered

OF_ORGANISATION = (
    *("code", "name", "kind", "country", "region", "city"),
    *("registration_number", "vat_number", "nace", "size", "website"),
)


def organisation_now(organisation: Organisation) -> dict[str, object]:
    """What a frozen version keeps of the organisation."""
    return {field: getattr(organisation, field) for field in OF_ORGANISATION} | {
        "ecosystems": list(organisation.ecosystems)
    }


def frozen_content(
    application: Application,
    copy: Copy,
    *,
    number: int,
    at: datetime,
    partners: Sequence[Mapping[str, object]] = (),
) -> dict[str, object]:
    """The canonical content of a submission: everything that counts, and nothing that moves."""
    return (
        _hidden(copy)
        | ({"partners": list(partners)} if partners else {})
        | {
            "application": application.code,
            "number": number,
            "received": at.isoformat(),
            "call": application.call.code,
            "programme": application.call.programme.code,
            "language": application.language,
            "form": {
                "code": application.form.form,
                "version": application.form.number,
                "fingerprint": application.form.fingerprint,
            },
            "organisation": organisation_now(application.organisation),
            "answers": copy.values,
            "typed": _typed(copy),
            "texts": {
                question.code: dict(question.text)
                for question in copy.form.questions
                if question.kind in {Kind.DECLARATION, Kind.SIGNATURE}
                and question.code in copy.values
            },
            "files": _files(application, copy),
        }
    )


def _files(application: Application, copy: Copy) -> dict[str, dict[str, object]]:
    """The files of the questions that are asked."""
    uploads = uploads_in(application, copy)
    return {
        question: {
            "code": upload.code,
            "name": upload.name,
            "kind": upload.kind,
            "size": upload.size,
            "sha256": upload.sha256,
        }
        for question, code in copy.files.items()
        if question not in copy.hidden and (upload := uploads.get(code))
    }


def _typed(copy: Copy) -> Mapping[str, Typed]:
    """What was typed into what is asked."""
    if not copy.hidden:
        return copy.answers
    return {key: said for key, said in copy.answers.items() if head_of(key) not in copy.hidden}


def _hidden(copy: Copy) -> dict[str, object]:
    """The questions that were not asked, each with the answers because of which."""
    if not copy.hidden:
        return {}
    return {"hidden": {code: list(because) for code, because in copy.hidden.items()}}


def _sent() -> QuerySet[Submission]:
    return Submission.objects.filter(application_id=numbered("application"))


_KEYS = Prepared(lambda: _sent().order_by("number").values_list("key"))
_LAST = Prepared(lambda: _sent().order_by("-number")[:1])
_NUMBERED = Prepared(
    lambda: _sent().select_related("by", "signed_with").filter(number=numbered("number"))[:1]
)


def keys_sent(application: Application) -> list[str]:
    """The keys of everything that was sent: what was sent already, and how often."""
    return [key for (key,) in _KEYS.all(application=application.pk)]


def submission_with(application: Application, key: str) -> Submission | None:
    """The submission that was made with this key."""
    return application.submissions.filter(key=key).first()


def submission_number(application: Application, number: int) -> Submission | None:
    """One frozen version."""
    found = _NUMBERED.first(application=application.pk, number=number)
    if found is not None:
        found.application = application
    return found


def last_submission(application: Application) -> Submission | None:
    """The version that counts."""
    return _LAST.first(application=application.pk)


def submissions_of(application: Application) -> QuerySet[Submission]:
    """The frozen versions, the last one first."""
    return application.submissions.select_related("by").order_by("-number")


def submission_of_receipt(receipt: str) -> Submission | None:
    """The frozen version of a receipt, with all that its paper says."""
    rows = Submission.objects.select_related(
        "application__call__programme", "application__form", "by", "signed_with"
    )
    return rows.filter(receipt=receipt).first()


def locked_submission(pk: int) -> Submission:
    """For services only: the frozen version is ours until the transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).get(pk=pk)


def received_moment(number: str, fingerprint: str) -> datetime | None:
    """When the receipt with this number and this fingerprint was given; one question for all."""
    rows = Submission.objects.filter(receipt=number, fingerprint=fingerprint)
    return rows.values_list("at", flat=True).first()


def is_frozen(application: Application, upload: str, *, but: Container[str] = ()) -> bool:
    """Whether a frozen version names the file as the answer to a question that is not in `but`."""
    contents = application.submissions.values_list("content", flat=True)
    return any(
        file["code"] == upload and question not in but
        for content in contents
        for question, file in content["files"].items()
    )


def uploads_of_submission(submission: Submission) -> dict[str, Upload]:
    """The files that a frozen version names, by code."""
    codes = [file["code"] for file in submission.content["files"].values()]
    return uploads_named(submission.application.code, codes)


def paper_of(submission: Submission, language: str) -> Upload | None:
    """The receipt on paper in a language, once the worker has made it."""
    return upload_called(submission.receipt, paper_name(submission, language))


def paper_name(submission: Submission, language: str) -> str:
    """The name of the file of a receipt."""
    return f"{submission.receipt}-{language}.pdf"
