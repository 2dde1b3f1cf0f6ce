"""What an officer types on the pages that join several slices."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fondaco.kernel.clock import moment_of

LONGEST = {"title": 200, "summary": 600}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TextsForm(forms.Form):
    """Texts in every language of the house: one field for each name and language."""

    names: dict[str, Any] = {}

    def __init__(self, *args: Any, kept: dict[str, dict[str, str]], **options: Any) -> None:
        initial = {
            f"{name}_{language}": texts.get(language, "")
            for name, texts in kept.items()
            for language, _label in settings.LANGUAGES
        }
        options["initial"] = initial
        super().__init__(*args, **options)
        for name, label in self.names.items():
            for language, own in settings.LANGUAGES:
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=f"{label} ({own})",
                    required=False,
                    max_length=LONGEST.get(name, 20000),
                    widget=_area(2 if name == "title" else 4 if name == "summary" else 12),
                )

    def texts(self) -> dict[str, dict[str, str]]:
        """What was typed, by name and language; empty texts are left out."""
        return {
            name: {
                language: typed
                for language, _own in settings.LANGUAGES
                if (typed := self.cleaned_data[f"{name}_{language}"].strip())
            }
            for name in self.names
        }


class ProgrammeForm(TextsForm):
    """The texts of a programme."""

    names = {"title": _("Full name"), "summary": _("Summary"), "about": _("About, in Markdown")}


class CallForm(TextsForm):
    """The texts of a call; what its rules use is changed by an act, with a reason."""

    names = {
        "title": _("Title"),
        "summary": _("Summary"),
        "about": _("What it is for, in Markdown"),
        "who": _("Who may apply, in words"),
        "contact": _("Contact"),
    }


class ExtensionForm(forms.Form):
    """A later deadline and the reason that everybody reads."""

    closes = forms.DateTimeField(
        label=_("New deadline"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("On the clock of the call's own zone."),
    )

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        for language, own in settings.LANGUAGES:
            self.fields[f"reason_{language}"] = forms.CharField(
                label=f"{_('Reason')} ({own})", required=language == "en", widget=_area(3)
            )

    def clean_closes(self) -> datetime:
        """The deadline as a moment; a time that the clock skips does not exist."""
        local: datetime = self.cleaned_data["closes"].replace(tzinfo=None)
        try:
            return moment_of(local, self.zone)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def reason(self) -> dict[str, str]:
        """The reason by language; empty ones are left out."""
        return {
            language: typed
            for language, _own in settings.LANGUAGES
            if (typed := self.cleaned_data[f"reason_{language}"].strip())
        }
