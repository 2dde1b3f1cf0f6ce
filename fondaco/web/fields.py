"""Fields that several slices share."""

from typing import Any

from django.db import models

from fondaco.web.words import folded, in_order


class TextsField(models.JSONField):
    """A text in several languages: `{"en": "…", "ar": "…"}`; a new language needs no migration."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("default", dict)
        options.setdefault("blank", True)
        super().__init__(**options)


class OrderField(models.BinaryField):  # type: ignore[type-arg]
    """What a text sorts by, kept beside it: bytes, which every database puts in one order."""

    def __init__(self, *, of: str, **options: Any) -> None:
        self.of = of
        options.setdefault("default", b"")
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """With the name of its text."""
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:  # noqa: FBT001
        """Told anew by the text whenever the row is written with it."""
        letters, accents = in_order(getattr(model_instance, self.of))
        kept = f"{letters}\0{accents}".encode()
        setattr(model_instance, self.attname, kept)
        return kept


class FoldedField(models.TextField):  # type: ignore[type-arg]
    """Texts as they are searched, kept beside them: without capitals and accents."""

    def __init__(self, *, of: tuple[str, ...], **options: Any) -> None:
        self.of = tuple(of)
        options.setdefault("default", "")
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """With the names of its texts."""
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001
        """Told anew by the texts whenever the row is written with it."""
        kept = "\n".join(folded(getattr(model_instance, one)) for one in self.of)
        setattr(model_instance, self.attname, kept)
        return kept
