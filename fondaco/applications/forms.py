"""What the pages of an application send: answers as typed, and the officer's small forms."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fondaco.applications.phrases import REASONS
from fondaco.applications.rules import posted
from fondaco.applications.rules.posted import PREFIX
from fondaco.applications.rules.submission import Reason
from fondaco.applications.states import Verdict
from fondaco.directory.models import Organisation
from fondaco.questionnaires.rules.answers import Typed
from fondaco.questionnaires.rules.schema import Section
from fondaco.web.words import working_days

FINGERPRINT = re.compile(r"[0-9a-f]{64}")
NOT_TYPED = posted.NOT_TYPED


def typed_answers(section: Section, sent: QueryDict) -> dict[str, Typed]:
    """The answers of a section as they were typed; a control that was not sent is empty."""
    return posted.typed_answers(section, dict(sent.lists()))


def marks_shown(section: Section, sent: QueryDict) -> dict[str, str] | None:
    """The marks of what the page showed; None from a page that sent none."""
    return posted.marks_shown(section, dict(sent.lists()))


def files_sent(
    section: Section, sent: "MultiValueDict[str, UploadedFile[Any]]"
) -> "dict[str, UploadedFile[Any]]":
    """The files by question."""
    by_question = (
        (question.code, sent.get(PREFIX + question.code)) for question in section.questions
    )
    return {code: file for code, file in by_question if isinstance(file, UploadedFile)}


class StartForm(forms.Form):
    """For which organisation, and in which language."""

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        queryset=None,
        to_field_name="code",
        label=_("Who applies?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    language = forms.ChoiceField(label=_("In which language will you write?"))

    def __init__(
        self,
        posted: QueryDict | None = None,
        *,
        organisations: object,
        languages: list[tuple[str, str]],
        full: Collection[int] = (),
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(posted, initial=dict(initial or {}))
        self.full = full
        choice = self.fields["organisation"]
        choice.queryset = organisations  # type: ignore[attr-defined]
        choice.label_from_instance = Organisation.__str__  # type: ignore[attr-defined]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["language"].required = len(languages) > 1
        if len(languages) <= 1:
            del self.fields["language"]

    def clean_organisation(self) -> Organisation:
        """An organisation that may still send one."""
        organisation: Organisation = self.cleaned_data["organisation"]
        if organisation.pk in self.full:
            raise forms.ValidationError(str(REASONS[Reason.MOST_SENT]))
        return organisation


class SignForm(forms.Form):
    """The name that stands for a signature."""

    name = forms.CharField(label=_("Your name"), max_length=120)


class WithdrawForm(forms.Form):
    """Why, and the yes that it is meant."""

    why = forms.CharField(
        label=_("Why do you withdraw?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
    is_sure = forms.BooleanField(
        label=_("I know that a withdrawn application cannot be taken up again.")
    )


class RefuseForm(forms.Form):
    """The reason, beside the conditions that are not met."""

    why = forms.CharField(
        label=_("Reason"),
        help_text=_("Goes into the letter after the conditions that are not met."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )


class CheckForm(forms.Form):
    """What stands on a receipt, as somebody copies it from there."""

    number = forms.CharField(label=_("Number of the receipt"), max_length=70)
    fingerprint = forms.CharField(
        label=_("Fingerprint (SHA-256)"),
        help_text=_("64 digits and letters; spaces and line breaks do not matter."),
        max_length=200,
    )

    def clean_number(self) -> str:
        """The number without the spaces that copying brings."""
        return _without_spaces(self.cleaned_data["number"])

    def clean_fingerprint(self) -> str:
        """The fingerprint without the spaces that copying brings."""
        found = _without_spaces(self.cleaned_data["fingerprint"])
        if not FINGERPRINT.fullmatch(found):
            raise forms.ValidationError(
                _("A fingerprint has 64 signs: digits and the letters from a to f.")
            )
        return found


def _without_spaces(text: str) -> str:
    return "".join(text.split()).lower()


class OverruleForm(forms.Form):
    """An officer's own verdict."""

    rule = forms.SlugField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("What holds"))
    why = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )

    def __init__(
        self, posted: QueryDict | None = None, *, verdicts: list[tuple[str, str]], rule: str = ""
    ) -> None:
        super().__init__(
            posted, auto_id=f"{rule or 'rule'}-%s", initial={"rule": rule} if rule else None
        )
        self.fields["verdict"].choices = verdicts  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Verdict:
        """The verdict that was chosen."""
        return Verdict(self.cleaned_data["verdict"])


class CompletionForm(forms.Form):
    """What is opened again, what to say about it, and for how long."""

    questions = forms.MultipleChoiceField(
        label=_("Questions to be completed"), widget=forms.CheckboxSelectMultiple
    )
    says = forms.CharField(
        label=_("What is missing"),
        help_text=_("One thing a line; the letter lists them."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=90)

    def __init__(
        self,
        posted: QueryDict | None = None,
        *,
        questions: list[tuple[str, str]],
        days: int,
        days_off: Collection[str] = (),
    ) -> None:
        super().__init__(posted, auto_id="completion-%s", initial={"days": days})
        self.fields["questions"].choices = questions  # type: ignore[attr-defined]
        if days_off:
            said = gettext("Only working days are counted: %(days)s.")
            self.fields["days"].help_text = said % {"days": working_days(days_off)}

    @property
    def lines(self) -> list[str]:
        """What is said, line by line."""
        return [line.strip() for line in self.cleaned_data["says"].splitlines() if line.strip()]


class PartnerForm(forms.Form):
    """Which organisation or whose address is asked to be a partner, and for what."""

    organisation = forms.ChoiceField(
        label=_("Organisations found"), widget=forms.RadioSelect, required=False
    )
    email = forms.EmailField(
        label=_("Or an e-mail address"),
        help_text=_("For a partner that is not in the directory yet."),
        required=False,
    )
    task = forms.CharField(
        label=_("What you ask of the partner"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, posted: QueryDict | None = None, *, found: list[Organisation]) -> None:
        super().__init__(posted)
        self.found = {one.code: one for one in found}
        if found:
            self.fields["organisation"].choices = [  # type: ignore[attr-defined]
                (one.code, f"{one.name} ({one.city})" if one.city else one.name) for one in found
            ]
        else:
            del self.fields["organisation"]

    @property
    def chosen(self) -> Organisation | None:
        """The organisation that was chosen."""
        return self.found.get(self.cleaned_data.get("organisation", ""))


class ConfirmForm(forms.Form):
    """For which organisation somebody confirms, what it promises, and the yes that it is meant."""

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        queryset=None,
        to_field_name="code",
        label=_("For which organisation do you answer?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    promise = forms.CharField(
        label=_("What your organisation will do"),
        help_text=_("Stands in the application, and is sent with it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    is_sure = forms.BooleanField(
        label=_("I may speak for my organisation, and it takes part as the call says.")
    )

    def __init__(
        self, posted: QueryDict | None = None, *, organisations: QuerySet[Organisation]
    ) -> None:
        super().__init__(posted)
        choice = self.fields["organisation"]
        choice.queryset = organisations  # type: ignore[attr-defined]
        choice.label_from_instance = Organisation.__str__  # type: ignore[attr-defined]
        first = organisations[:2]
        self.initial["organisation"] = first[0].code if len(first) == 1 else None
