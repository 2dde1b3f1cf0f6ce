"""What a page that saves itself is given, and how its requests are known again."""

from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from fondaco.applications.models import Application, SectionAnswers
from fondaco.applications.rules import passes
from fondaco.applications.rules.passes import LIFE, Pass
from fondaco.directory.models import Person
from fondaco.web.prepared import Prepared, number, text

OF_A_FORM = ("form__form", "form__number", "form__fingerprint")
OF_A_SAVE = (
    *("code", "state", "asked", "asked_until", "extended_until", "edited_at", "submitted_at"),
    *OF_A_FORM,
    *("call__intake", "call__published_at", "call__opens_at", "call__closes_at"),
    *("call__decided_at", "call__per_organisation", "call__cut_offs"),
    *("call__next_application", "call__per_organisation_in_programme"),
)
"""All that a save reads: neither the texts of a call nor the questions of a form kept already."""


def of_colleague(rows: QuerySet[Application]) -> QuerySet[Application]:
    """The application named by `code`, where `person` works for who applies."""
    posts = {"organisation__posts__person_id": number("person"), "organisation__posts__until": None}
    return rows.filter(code=text("code"), **posts)[:1]


def _locked() -> QuerySet[Application]:
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("call", "form").only(*OF_A_SAVE)


_LOCKED = Prepared(lambda: _locked().filter(pk=number("pk")))
_LOCKED_BY_COLLEAGUE = Prepared(lambda: of_colleague(_locked()))
_OF_COLLEAGUE = Prepared(
    lambda: of_colleague(Application.objects.select_related("form").only("code", *OF_A_FORM))
)
_SAVED_AT = Prepared(
    lambda: SectionAnswers.objects.filter(
        application_id=number("application"), section=text("section")
    ).values_list("saved_at")[:1]
)


def pass_key() -> bytes:
    """What passes are written with."""
    return salted_hmac("fondaco.pass", "", algorithm="sha256").digest()


def pass_for(person: Person, application: Application, *, at: datetime) -> str:
    """The pass of a person for the draft that they have open."""
    given = Pass(person.pk, application.code, application.form_id, at + LIFE)
    return passes.written(given, key=pass_key())


def read_pass(text: str, *, at: datetime) -> Pass | None:
    """The pass that a page sent, where it is one of ours and not over."""
    return passes.read(text, key=pass_key(), at=at)


def pass_once_given(text: str) -> Pass | None:
    """The pass that a page shows to say whose it is, also when it is over."""
    return passes.read(text, key=pass_key(), at=datetime.min.replace(tzinfo=UTC))


def application_of_colleague(person_id: int, code: str) -> Application | None:
    """The application, as small as a save needs it, where the person works for who applies."""
    return _OF_COLLEAGUE.first(person=person_id, code=code)


def locked_for_saving(pk: int) -> Application:
    """For services only: the row is ours until the transaction ends, and as small as can be."""
    return _LOCKED.one(pk=pk)


def locked_by_colleague(person_id: int, code: str) -> Application | None:
    """For services only: the same, where the person works for who applies."""
    return _LOCKED_BY_COLLEAGUE.first(person=person_id, code=code)


def saved_at(application: Application, section: str) -> datetime | None:
    """When the working copy of a section changed last."""
    found = _SAVED_AT.first(application=application.pk, section=section)
    return found[0] if found else None
