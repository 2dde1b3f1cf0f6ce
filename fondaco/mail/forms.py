"""What an officer types about letters."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WordsForm(forms.Form):
    """The words of a letter that waits."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Letter"),
        help_text=_("Markdown: an empty line begins a paragraph, two asterisks make **strong**."),
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=20_000,
    )


class BounceForm(forms.Form):
    """What came back."""

    said = forms.CharField(
        label=_("What the answer said"),
        help_text=_("For example: mailbox unknown."),
        max_length=300,
    )


class AddressForm(forms.Form):
    """Where a letter goes the next time."""

    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The address is changed for this letter only."),
    )
