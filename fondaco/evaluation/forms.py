"""The shape of what officers, deciders and evaluators type."""

from collections.abc import Iterable

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from fondaco.applications.phrases import GUEST_BARS
from fondaco.applications.rules.guests import Bar
from fondaco.directory.models import Organisation, Person
from fondaco.directory.selectors import organisation_of
from fondaco.evaluation.phrases import GROUPS, REDRESS_ACTIONS
from fondaco.evaluation.rules.decisions import SINGLE
from fondaco.evaluation.rules.redress import LONGEST_TEXT
from fondaco.evaluation.states import ANSWERS, Group, RedressAction

MOST_FILES = 200


class DayInput(forms.DateInput):
    """A day, by the browser's own control."""

    input_type = "date"


class SeatForm(forms.Form):
    """Who sits on the panel, with how many files at most, tied to whom."""

    person = forms.IntegerField(widget=forms.HiddenInput)
    most = forms.IntegerField(
        label=_("Files at most"), min_value=1, max_value=MOST_FILES, required=False
    )
    tied_to = forms.TypedMultipleChoiceField(
        label=_("Known ties to applicants"),
        help_text=_("Posts, past posts and e-mail addresses are compared without being told."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, applicants: Iterable[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["tied_to"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101
        field.choices = [(one.pk, one.name) for one in applicants]


class DueForm(forms.Form):
    """Until when."""

    due_on = forms.DateField(
        label=_("To be finished by"), required=False, widget=DayInput(format="%Y-%m-%d")
    )


class GiveForm(DueForm):
    """Which evaluator gets the file, and until when."""

    application = forms.CharField(widget=forms.HiddenInput)
    person = forms.TypedChoiceField(label=_("Evaluator"), coerce=int)
    field_order = ["application", "person", "due_on"]

    def __init__(self, *args: object, people: Iterable[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = [(one.pk, str(one)) for one in people]


class WhyForm(forms.Form):
    """A reason in the person's own words."""

    why = forms.CharField(
        label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class CutOffForm(forms.Form):
    """Which cut-off is meant, where the call has several."""

    cut_off = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class SeedForm(forms.Form):
    """The seed of the draw, as it was published."""

    seed = forms.CharField(
        label=_("Published seed of the draw"),
        help_text=_("For example the numbers of a public lottery drawn after the deadline."),
        max_length=100,
        required=False,
    )


class FreezeForm(forms.Form):
    """Where the seed will come from, said before anybody can know it."""

    seed_from = forms.CharField(
        label=_("Where the seed will come from"),
        help_text=_(
            "A public number that nobody knows yet: for example the winning numbers of a national "
            "lottery on a named day."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TakeSeedForm(forms.Form):
    """The seed, letter by letter as it was published."""

    seed = forms.CharField(label=_("The seed, exactly as it was published"), max_length=100)


class GuestForm(forms.Form):
    """Who is invited: an organisation of the directory, or whoever owns an address."""

    who = forms.CharField(
        label=_("Organisation or e-mail address"),
        help_text=_("The code of an organisation as its page has it, or an address."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    organisation: Organisation | None = None
    email: str = ""

    def clean_who(self) -> str:
        """An address that is one, or an organisation that is there."""
        typed: str = self.cleaned_data["who"].strip()
        if "@" in typed:
            validate_email(typed)
            self.email = typed
            return typed
        self.organisation = organisation_of(typed)
        if self.organisation is None:
            raise forms.ValidationError(str(GUEST_BARS[Bar.NOBODY_NAMED]))
        return typed


class ProposeForm(forms.Form):
    """How long the reserve list is to be, and of which cut-off."""

    cut_off = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    reserve = forms.IntegerField(
        label=_("Places on the reserve list"),
        help_text=_("Left empty, everybody who met the thresholds waits on the list."),
        min_value=0,
        max_value=1000,
        required=False,
    )


class SingleForm(forms.Form):
    """What is decided of one application by itself."""

    group = forms.TypedChoiceField(
        label=_("Decision"),
        coerce=Group,
        choices=[(group.value, GROUPS[group]) for group in SINGLE],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Reasons, as the applicant reads them"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, groups: Iterable[Group] = SINGLE, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["group"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = [(group.value, GROUPS[group]) for group in groups]


class RedressForm(forms.Form):
    """On what ground, and what went wrong."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What went wrong"),
        help_text=_("Name the rule or the fact, and where it stands in your application."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: object, grounds: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not grounds:
            del self.fields["ground"]
            return
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = grounds
        self.fields["text"].required = False


class AnswerForm(forms.Form):
    """What is answered, and why."""

    action = forms.TypedChoiceField(
        label=_("Answer"),
        coerce=RedressAction,
        choices=[(action.value, REDRESS_ACTIONS[action]) for action in ANSWERS],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons, as the applicant reads them"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
