"""What a page that saves itself is given, and how its requests are known again."""

from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from fondaco.applications.models import Application
from fondaco.applications.rules import passes
from fondaco.applications.rules.passes import LIFE, Pass
from fondaco.directory.models import Person

OF_A_FORM = ("form__form", "form__number", "form__fingerprint")
OF_A_SAVE = (
    *("code", "state", "asked", "asked_until", "extended_until", "edited_at", *OF_A_FORM),
    *("call__intake", "call__published_at", "call__opens_at", "call__closes_at"),
    *("call__decided_at", "call__per_organisation"),
)
"""All that a save reads: neither the texts of a call nor the questions of a form kept already."""


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
    rows = Application.objects.select_related("form").only("code", *OF_A_FORM)
    posts = {"organisation__posts__person_id": person_id, "organisation__posts__until": None}
    return next(iter(rows.filter(code=code, **posts)[:1]), None)


def locked_for_saving(pk: int) -> Application:
    """For services only: the row is ours until the transaction ends, and as small as can be."""
    return _locked().get(pk=pk)


def locked_by_colleague(person_id: int, code: str) -> Application | None:
    """For services only: the same, where the person works for who applies."""
    posts = {"organisation__posts__person_id": person_id, "organisation__posts__until": None}
    return next(iter(_locked().filter(code=code, **posts)[:1]), None)


def _locked() -> QuerySet[Application]:
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("call", "form").only(*OF_A_SAVE)


def saved_at(application: Application, section: str) -> datetime | None:
    """When the working copy of a section changed last."""
    rows = application.section_answers.filter(section=section)
    return rows.values_list("saved_at", flat=True).first()
