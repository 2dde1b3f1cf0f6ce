"""What people say of themselves and of their organisations, cleaned."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fondaco.directory.models import Person
from fondaco.directory.phrases import REASONS
from fondaco.directory.rules.names import Draft
from fondaco.directory.rules.numbers import compact, registration_problem, vat_problem
from fondaco.directory.services import people
from fondaco.web import reference
from fondaco.web.picture_fields import PictureField

NAME_LENGTH = 120
WORDS_LENGTH = 1000
DESCRIPTION_LENGTH = 3000
REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
Choices = list[tuple[str, str]]


def language_choices() -> Choices:
    """The languages of the interface, each in itself."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


@cache
def zone_choices() -> list[tuple[str, Choices]]:
    """The time zones by part of the world."""
    parts: dict[str, Choices] = {region: [] for region in REGIONS}
    for zone in sorted(available_timezones()):
        region, _slash, place = zone.partition("/")
        if region in parts:
            parts[region].append((zone, place.replace("_", " ").replace("/", ", ")))
    return list(parts.items())


class OneLineField(forms.CharField):
    """A text on one line: whatever parts its words becomes one blank."""

    def to_python(self, value: Any) -> str:
        """The words, each one blank apart."""
        return " ".join((super().to_python(value) or "").split())


class SignUpForm(forms.Form):
    """What the library's own form of signing up does not ask."""

    field_order = ["name", "email", "language", "password1"]
    name = OneLineField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("In which letters to you are written. You can change it at any time."),
        choices=language_choices,
        initial=get_language,
    )

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by the library once it has made the person."""
        name, language = self.cleaned_data["name"], self.cleaned_data["language"]
        at = getattr(request, "received_at", None) or timezone.now()
        people.complete_sign_up(user.pk, name=name, language=language, at=at)


class AddressForm(forms.Form):
    """Where to send a link."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PersonForm(forms.Form):
    """A person's own page."""

    name = OneLineField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Deadlines are shown on the clock of their call and, beside it, on yours."),
        choices=lambda: [("", gettext("As this site has it")), *zone_choices()],
        widget=forms.Select(attrs={"translate": "no"}),
    )


class ErasureForm(forms.Form):
    """The one tick before everything goes."""

    is_sure = forms.BooleanField(label=_("I have read this. Erase everything about me."))


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail address of your colleague"))
    is_admin = forms.BooleanField(
        label=_("Administrator: may change the organisation and invite others"), required=False
    )


class WordsForm(forms.Form):
    """A few words to those who decide."""

    words = forms.CharField(
        label=_("What should they know about you?"),
        help_text=_("For instance what you do in the organisation."),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _blank_and(pairs: Choices) -> Choices:
    return [("", gettext("Choose")), *pairs]


class OrganisationForm(forms.Form):
    """An organisation's description; the fields of names and texts follow the site's languages."""

    name = OneLineField(
        label=_("Name"),
        help_text=_("As the organisation writes it itself, as it stands in its register."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=lambda: _blank_and(reference.pairs(reference.organisation_kinds())),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: _blank_and(reference.sorted_pairs(reference.countries())),
    )
    region = forms.CharField(label=_("Region"), max_length=120, required=False)
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    registration_number = forms.CharField(
        label=_("Registration number"),
        help_text=_("The number in the national register, such as SIREN in France."),
        max_length=60,
        required=False,
    )
    vat_number = forms.CharField(label=_("VAT number"), max_length=30, required=False)
    nace = forms.ChoiceField(
        label=_("Main activity (NACE division)"),
        required=False,
        choices=lambda: _blank_and(
            [(code, f"{code} {name}") for code, name in reference.pairs(reference.nace())]
        ),
    )
    ecosystems = forms.MultipleChoiceField(
        label=_("Industrial ecosystems"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: reference.sorted_pairs(reference.ecosystems()),
    )
    size = forms.ChoiceField(
        label=_("Size"),
        help_text=_("For enterprises, together with those that it owns or that own it."),
        required=False,
        choices=lambda: _blank_and(reference.pairs(reference.sizes())),
    )
    staff = forms.IntegerField(
        label=_("Staff"), help_text=_("Annual work units."), required=False, min_value=0
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    def __init__(
        self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = OneLineField(
                label=_("Name in %(language)s") % {"language": language},
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )
        for code, language in settings.LANGUAGES:
            self.fields[f"description_{code}"] = forms.CharField(
                label=_("Description in %(language)s") % {"language": language},
                max_length=DESCRIPTION_LENGTH,
                required=False,
                widget=forms.Textarea(attrs={"lang": code, "dir": "auto", "rows": 5}),
            )

    def clean(self) -> dict[str, Any]:
        """Numbers must be able to be numbers of the country."""
        cleaned = super().clean() or self.cleaned_data
        country = cleaned.get("country", "")
        checks = {"vat_number": vat_problem, "registration_number": registration_problem}
        for field, problem_of in checks.items():
            number = cleaned.get(field, "")
            reason = problem_of(number, country) if number else None
            if reason:
                self.add_error(field, str(REASONS[reason]))
            else:
                cleaned[field] = compact(number)
        return cleaned

    def draft(self) -> Draft:
        """The organisation as it is described in a valid form."""
        kept = self.cleaned_data
        texts = ("name", "country", "kind", "region", "city", "nace", "size", "website")
        return Draft(
            **{field: kept[field] for field in (*texts, "registration_number", "vat_number")},
            names=self._in_languages("name"),
            description=self._in_languages("description"),
            ecosystems=tuple(kept["ecosystems"]),
            staff=kept["staff"],
        )

    def _in_languages(self, field: str) -> dict[str, str]:
        found = {code: self.cleaned_data[f"{field}_{code}"] for code, _name in settings.LANGUAGES}
        return {code: text for code, text in found.items() if text}


def answers_of(draft: Draft) -> dict[str, Any]:
    """What a form is filled with to change an organisation."""
    texts = ("name", "country", "kind", "region", "city", "nace", "size", "website", "staff")
    return {
        **{field: getattr(draft, field) for field in (*texts, "registration_number", "vat_number")},
        "ecosystems": list(draft.ecosystems),
        **{f"name_{code}": text for code, text in draft.names.items()},
        **{f"description_{code}": text for code, text in draft.description.items()},
    }


class LogoForm(forms.Form):
    """A logo, and words for those who do not see it."""

    logo = PictureField(label=_("Picture"))
    words = OneLineField(
        label=_("What the picture shows"),
        help_text=_("Read aloud to those who do not see it. Empty, it is the organisation's name."),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, is_kept: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["logo"].required = not is_kept
