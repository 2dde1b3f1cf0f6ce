"""The shape of what an officer types about a place."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """A day, by the browser's own control."""

    input_type = "date"


class CompletionForm(forms.Form):
    """The day of completion and what proves it."""

    completed_on = forms.DateField(label=_("Completed on"), widget=DayInput(format="%Y-%m-%d"))
    proof = forms.FileField(
        label=_("Proof"),
        help_text=_("A certificate or a list of presence: PDF, PNG, JPG or DOCX, at most 10 MB."),
    )
