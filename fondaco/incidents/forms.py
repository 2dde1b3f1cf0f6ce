"""What is written when something went wrong: reasons, more time, a claim."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondaco.web.clock_fields import WallClockField, moment_on


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=2000, widget=_area(3))


class MoreTimeForm(forms.Form):
    """A deadline for one application alone, and the reason that its applicant reads."""

    until = WallClockField(
        label=_("New deadline of this application"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("On the clock of the call's own zone."),
    )
    why = forms.CharField(label=_("Reason"), max_length=2000, widget=_area(3))

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone

    def clean_until(self) -> datetime:
        """The deadline as a moment."""
        return moment_on(self.cleaned_data["until"], self.zone)


class NumberedForm(MoreTimeForm):
    """More time for the application of a number."""

    number = forms.CharField(
        label=_("Number of the application"),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    field_order = ["number", "until", "why"]


class ClaimForm(forms.Form):
    """What kept somebody from sending, and a file that shows it."""

    text = forms.CharField(
        label=_("What you tried, when, and what the page answered"),
        max_length=5000,
        widget=_area(6),
    )
    file = forms.FileField(
        label=_("A picture of the screen, or another file"),
        required=False,
        help_text=_("PDF, PNG, JPG or DOCX, at most 10 MB."),
    )
