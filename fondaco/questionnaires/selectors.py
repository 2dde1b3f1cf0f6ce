"""Reading forms, and the questions that stand ready for them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings

from fondaco.programmes.models import Programme
from fondaco.questionnaires.models import FormVersion
from fondaco.questionnaires.rules.schema import Form, form_from

_FORMS: dict[tuple[str, int, str], Form] = {}
MOST_KEPT = 256


def form_of(version: FormVersion) -> Form:
    """The form of a version; kept in memory, because a version never changes."""
    key = (version.form, version.number, version.fingerprint)
    if key not in _FORMS:
        if len(_FORMS) >= MOST_KEPT:
            _FORMS.clear()
        _FORMS[key] = form_from(version.schema)
    return _FORMS[key]


def version_like(form: str, fingerprint: str) -> FormVersion | None:
    """The version of the form that has exactly this content."""
    return FormVersion.objects.filter(form=form, fingerprint=fingerprint).order_by("number").first()


def last_version(form: str) -> FormVersion | None:
    """The newest version of the form."""
    return FormVersion.objects.filter(form=form).order_by("-number").first()


def bank_of(programme: Programme) -> list[dict[str, Any]]:
    """The questions that a programme keeps ready, as a form's data says them."""
    return [row.data for row in programme.bank_questions.all()]


@cache
def blocks() -> Mapping[str, Mapping[str, Any]]:
    """The standard blocks of `reference/blocks/`, by code: name, source, and their questions."""
    files = sorted((settings.ROOT / "reference" / "blocks").glob("*.toml"))
    read = [tomllib.loads(file.read_text("utf-8")) for file in files]
    return {block["code"]: block for block in read}


def block_questions(code: str) -> list[dict[str, Any]]:
    """The questions of a standard block, each with the mark of where it came from."""
    return [{**question, "block": code} for question in blocks()[code]["question"]]
