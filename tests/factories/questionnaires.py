"""Forms; their content is invented."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from fondaco.kernel.plain import fingerprint
from fondaco.questionnaires.models import FormVersion
from tests.factories.directory import AT


def question(code: str, kind: str = "short-text", **more: Any) -> dict[str, Any]:
    """One question as it stands in a form's data."""
    label = {"en": code.replace("-", " ").capitalize()}
    return {"code": code, "kind": kind, "label": label, **more}


def option(code: str) -> dict[str, Any]:
    """One option."""
    return {"code": code, "label": {"en": code.capitalize()}}


def section(code: str, *questions: dict[str, Any]) -> dict[str, Any]:
    """One section."""
    return {"code": code, "title": {"en": code.capitalize()}, "question": list(questions)}


def schema(*sections: dict[str, Any]) -> dict[str, Any]:
    """A form's data."""
    return {"section": list(sections)}


SMALL = schema(
    section("project", question("title", required=True, limit=20)),
    section("end", question("members", "number", required=True)),
)


class FormVersionFactory(DjangoModelFactory[FormVersion]):
    """A small form of two questions that must be answered."""

    class Meta:
        model = FormVersion

    form = factory.Sequence(lambda number: f"form-{number}")
    number = 1
    schema = SMALL
    fingerprint = factory.LazyAttribute(lambda made: fingerprint(made.schema))
    made_at = AT
