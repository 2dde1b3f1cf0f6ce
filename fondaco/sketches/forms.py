"""What an officer types to begin a call, to correct one, or to bring one from files."""

import json
from collections.abc import Mapping
from typing import Any
from zipfile import BadZipFile, ZipFile

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fondaco.calls.models import Call
from fondaco.calls.phrases import KINDS
from fondaco.files.selectors.plain import default_at
from fondaco.questionnaires.rules.pasting import MOST_TEXT
from fondaco.sketches.phrases.steps import FIELDS
from fondaco.sketches.rules.places import pattern_of
from fondaco.sketches.rules.typed import value_of
from fondaco.sketches.states import Kind
from fondaco.web import words

UNTICKED = frozenset({Kind.YES, Kind.WORDS, Kind.WANTED})
"""Kinds of fields that a browser does not send when nothing is ticked."""
Pairs = list[tuple[str, str]]
LARGEST_MARKS = 400_000
LARGEST_FILE = 2 * 1024 * 1024
"""The largest file, and the most that a ZIP may hold, in bytes."""
MOST_FILES = 100


def typed_in(post: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a page that was sent, by place, and the marks of what it showed.

    A field that is not among those that the builder asks for is left out; so is one that shows
    what holds anyway.
    """
    shown = _marks(post.get("marks", ""))
    values: dict[str, Any] = {}
    for place in shown:
        kind = _kind_at(place)
        if kind is None or (place not in post and kind not in UNTICKED):
            continue
        value = value_of(kind, post.getlist(place))
        stays = default_at(pattern_of(place))
        values[place] = None if value == stays else value
    return values, shown


def _marks(text: str) -> dict[str, str]:
    try:
        marks = json.loads(text[:LARGEST_MARKS])
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in marks.items()} if isinstance(marks, Mapping) else {}


def _kind_at(place: str) -> Kind | None:
    pattern = pattern_of(place)
    field = FIELDS.get(pattern) or FIELDS.get(pattern.rpartition(".")[0])
    return field.kind if field else None


class BeginForm(forms.Form):
    """A new call: its name, and from where it starts."""

    title = forms.CharField(label=_("Title"), max_length=200)
    code = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        required=False,
        help_text=_(
            "It stands in the address of the call for ever: small letters, digits and hyphens. "
            "Empty: made from the title."
        ),
    )
    kind = forms.ChoiceField(label=_("What an award is"), choices=list(KINDS.items()))
    copied = forms.ChoiceField(label=_("Copy from an earlier call"), required=False)
    folder = forms.FileField(
        label=_("Or from files"),
        required=False,
        help_text=_("A ZIP of the call's folder, or its call.toml."),
    )

    def __init__(self, *args: Any, calls: list[Call], **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(call.code, words.say(call.title).text or call.code) for call in calls]
        self.fields["copied"].choices = [("", _("No, an empty one")), *named]  # type: ignore[attr-defined]

    def clean_folder(self) -> dict[str, str]:
        """The texts of the files that were given, by their names; none where none was."""
        given = self.cleaned_data["folder"]
        if not given:
            return {}
        try:
            texts = texts_in(given)
            if "call.toml" not in texts:
                raise ValueError(given.name)
        except (ValueError, BadZipFile, NotImplementedError, RuntimeError) as fault:
            raise forms.ValidationError(
                _("This is no folder of a call that can be read: a ZIP with a call.toml in it.")
            ) from fault
        return texts


class ReadyForm(forms.Form):
    """A question or a block that is ready, and the section where it goes."""

    section = forms.ChoiceField(label=_("Into which section"))
    ready = forms.ChoiceField(label=_("What is ready"))

    def __init__(self, *args: Any, sections: Pairs, ready: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["section"].choices = sections  # type: ignore[attr-defined]
        self.fields["ready"].choices = ready  # type: ignore[attr-defined]


class PastedForm(forms.Form):
    """Questions as they stand in a document."""

    text = forms.CharField(
        label=_("Questions from a document"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=_(
            "Paste them with their numbers, bullets, limits and answers. They become questions "
            "that you correct; one undo takes them out again."
        ),
    )


class SheetForm(forms.Form):
    """From which language into which, and the spreadsheet where one comes back."""

    source = forms.ChoiceField(label=_("From"), choices=settings.LANGUAGES)
    target = forms.ChoiceField(label=_("Into"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, needs_file: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if needs_file:
            self.fields["sheet"] = forms.FileField(label=_("Spreadsheet (XLSX)"))

    def clean(self) -> dict[str, Any]:
        """A language is translated into another one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("source") == said.get("target"):
            self.add_error("target", _("Choose two different languages."))
        return said


def texts_in(given: UploadedFile[Any]) -> dict[str, str]:
    """The texts of a ZIP, or of one file, by their names; raises `ValueError` where too large."""
    if (given.size or 0) > LARGEST_FILE:
        raise ValueError(given.size)
    if not (given.name or "").endswith(".zip"):
        return {"call.toml": given.read().decode("utf-8")}
    with ZipFile(given) as package:
        inside = [one for one in package.infolist() if one.filename.endswith((".toml", ".md"))]
        if len(inside) > MOST_FILES or sum(one.file_size for one in inside) > LARGEST_FILE:
            raise ValueError(len(inside))
        return {
            one.filename.rpartition("/")[2]: package.read(one).decode("utf-8") for one in inside
        }


class CorrectionForm(forms.Form):
    """Why a published call changes, in every language of the house."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for language, own in settings.LANGUAGES:
            self.fields[f"reason_{language}"] = forms.CharField(
                label=_("Reason, in %(language)s") % {"language": own},
                required=language == settings.LANGUAGE_CODE,
                widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
                max_length=2000,
            )

    def reason(self) -> dict[str, str]:
        """The reason by language; empty ones are left out."""
        return {
            language: text
            for language, _own in settings.LANGUAGES
            if (text := self.cleaned_data[f"reason_{language}"].strip())
        }
