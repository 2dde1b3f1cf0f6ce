"""What an officer types about letters."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.mail.phrases import OCCASIONS, STATES
from fondaco.mail.selectors import ORDERS

Choices = list[tuple[str, str | Promise]]
ALL: tuple[str, Promise] = ("", _("All"))


class OutboxForm(forms.Form):
    """Which letters are shown, and in which order."""

    occasion = forms.ChoiceField(label=_("Occasion"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    search = forms.CharField(max_length=100, required=False)
    sort = forms.ChoiceField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        occasions: Choices = [ALL, *((key.value, word) for key, word in OCCASIONS.items())]
        states: Choices = [ALL, *((key.value, word) for key, word in STATES.items())]
        orders: Choices = [(name, name) for name in ORDERS]
        for name, choices in (("occasion", occasions), ("state", states), ("sort", orders)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """What was asked for; what cannot be read is as good as not asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


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
