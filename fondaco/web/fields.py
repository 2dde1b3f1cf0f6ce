"""Fields that several slices share."""

from typing import Any

from django.db import models


class TextsField(models.JSONField):
    """A text in several languages: `{"en": "…", "ar": "…"}`; a new language needs no migration."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("default", dict)
        options.setdefault("blank", True)
        super().__init__(**options)
