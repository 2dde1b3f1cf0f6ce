"""Freezing forms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from fondaco.kernel.plain import fingerprint
from fondaco.programmes.models import Programme
from fondaco.questionnaires.models import FormVersion
from fondaco.questionnaires.rules.schema import form_from
from fondaco.questionnaires.selectors import last_version, version_like
from fondaco.web.rows import align


@transaction.atomic
def freeze_form(form_code: str, schema: Mapping[str, Any], *, at: datetime) -> FormVersion:
    """The version of the form with this content: the one there is, else a new one.

    Raises `SchemaMistake` where the content is no form.
    """
    form_from(schema)
    mark = fingerprint(schema)
    if same := version_like(form_code, mark):
        return same
    last = last_version(form_code)
    return FormVersion.objects.create(
        form=form_code,
        number=last.number + 1 if last else 1,
        schema=schema,
        fingerprint=mark,
        made_at=at,
    )


@transaction.atomic
def forget_unused(form_code: str) -> None:
    """Take away the versions that no call and no application has, as a builder leaves behind."""
    unused = FormVersion.objects.filter(
        form=form_code, calls__isnull=True, applications__isnull=True
    )
    unused.delete()


@transaction.atomic
def keep_bank(programme: Programme, questions: Sequence[Mapping[str, Any]]) -> None:
    """Make the question bank of a programme say exactly these questions, in this order.

    Raises `SchemaMistake` where they could stand in no form.
    """
    if questions:
        form_from({"section": [{"code": "bank", "question": questions}]})
    align(
        programme.bank_questions,
        "code",
        [
            {"position": position, "code": question["code"], "data": dict(question)}
            for position, question in enumerate(questions, 1)
        ],
    )
