"""Freezing forms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from fondaco.kernel.plain import fingerprint
from fondaco.questionnaires.models import FormVersion
from fondaco.questionnaires.rules.schema import form_from
from fondaco.questionnaires.selectors import last_version, version_like


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
