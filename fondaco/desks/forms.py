"""What an officer types on the pages that join several slices."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fondaco.calls.phrases import ACTS_TO_RECORD
from fondaco.calls.rules.acts import possible
from fondaco.calls.states import ActKind, Stage
from fondaco.directory.models import Person
from fondaco.directory.phrases import REASONS as DIRECTORY_REASONS
from fondaco.directory.selectors import person_of_address, why_nobody
from fondaco.kernel.clock import is_day_off
from fondaco.programmes.models import Partner, Programme
from fondaco.programmes.phrases import REASONS, ROLES
from fondaco.programmes.selectors import partner_of, partners_named, role_now
from fondaco.programmes.states import ACTS_FOR_PARTNER, NEEDS_PARTNER, RoleKind
from fondaco.web import words
from fondaco.web.clock_fields import WallClockField, moment_on
from fondaco.web.picture_fields import PictureField

PUBLICATION = "publication"
RECORDED = frozenset(ActKind) - {ActKind.EXTENSION}
"""What the page of acts records; the deadline has a page of its own."""
LONGEST = {"title": 200, "summary": 600}
MARKDOWN = frozenset({"about"})


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
        self.kept = kept
        for name, label in self.names.items():
            for language, own in settings.LANGUAGES:
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=f"{label} ({own})",
                    required=False,
                    max_length=LONGEST.get(name, 20000),
                    widget=_area(2 if name == "title" else 4 if name == "summary" else 12),
                )

    def texts(self) -> dict[str, dict[str, str]]:
        """What was typed, by name and language; empty texts are left out.

        Texts in languages that the form does not ask for stay as they are.
        """
        asked = dict(settings.LANGUAGES)
        return {
            name: {
                **{lang: text for lang, text in self.kept[name].items() if lang not in asked},
                **{lang: text for lang in asked if (text := self._typed(name, lang))},
            }
            for name in self.names
        }

    def _typed(self, name: str, language: str) -> str:
        """A text with the line ends of the house; Markdown ends with one, as files do."""
        typed: str = self.cleaned_data[f"{name}_{language}"]
        lines = "\n".join(typed.strip().splitlines())
        return f"{lines}\n" if lines and name in MARKDOWN else lines


class ProgrammeForm(TextsForm):
    """The texts of a programme."""

    names = {"title": _("Full name"), "summary": _("Summary"), "about": _("About, in Markdown")}


class MarkForm(forms.Form):
    """The mark of a programme, as a small picture."""

    mark = PictureField(label=_("Picture"), longest=256)


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

    closes = WallClockField(
        label=_("New deadline"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("On the clock of the call's own zone."),
    )

    def __init__(
        self, *args: Any, zone: str, weekend: Collection[str] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.zone, self.weekend = zone, weekend
        for language, own in settings.LANGUAGES:
            self.fields[f"reason_{language}"] = forms.CharField(
                label=f"{_('Reason')} ({own})", required=language == "en", widget=_area(3)
            )

    def clean_closes(self) -> datetime:
        """The deadline as a moment; a time that the clock skips does not exist."""
        return moment_on(self.cleaned_data["closes"], self.zone)

    def clean(self) -> dict[str, Any]:
        """A day on which nobody works is asked about once more."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        closes: datetime | None = cleaned.get("closes")
        day = words.local(closes, self.zone).date() if closes else None
        if day is None or not is_day_off(day, self.weekend):
            return cleaned
        self.fields["is_sure"] = forms.BooleanField(
            label=_("Yes, the deadline shall be on this day"), required=False
        )
        if not self.data.get("is_sure"):
            asked = _("%(day)s is no working day of this programme. Tick the box below to keep it.")
            self.add_error("closes", asked % {"day": words.day_off(day, self.weekend)})
        return cleaned

    def reason(self) -> dict[str, str]:
        """The reason by language; empty ones are left out."""
        return reason_in(self.cleaned_data)


class ActForm(forms.Form):
    """What is recorded about a call, why, and that the officer means it."""

    act = forms.ChoiceField(
        label=_("What happens to the call"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happens to the call.")},
    )

    def __init__(self, *args: Any, stage: Stage, **options: Any) -> None:
        super().__init__(*args, **options)
        is_draft = stage == Stage.DRAFT
        acts = [(kind.value, ACTS_TO_RECORD[kind]) for kind in possible(stage) if kind in RECORDED]
        first = [(PUBLICATION, _("Publish the call: everybody can read it"))] if is_draft else []
        self.fields["act"].choices = [*first, *acts]  # type: ignore[attr-defined]
        if not is_draft:
            for language, own in settings.LANGUAGES:
                self.fields[f"reason_{language}"] = forms.CharField(
                    label=f"{_('Reason')} ({own})",
                    required=language == "en",
                    max_length=2000,
                    widget=_area(3),
                )
        self.fields["is_sure"] = forms.BooleanField(
            label=_("Yes, this shall stand on the public page"),
            error_messages={"required": _("Tick the box to confirm.")},
        )

    def reason(self) -> dict[str, str]:
        """The reason by language; empty ones are left out."""
        return reason_in(self.cleaned_data)


def reason_in(cleaned: Mapping[str, Any]) -> dict[str, str]:
    """The reason that a form was told, by language; empty ones are left out."""
    return {
        language: typed
        for language, _own in settings.LANGUAGES
        if (typed := cleaned.get(f"reason_{language}", "").strip())
    }


class RoleForm(forms.Form):
    """Who gets which role, and for which partner they act."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The address with which the person is registered here, and which they proved."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    kind = forms.ChoiceField(label=_("Role"))
    partner = forms.ChoiceField(
        label=_("For which partner"),
        required=False,
        help_text=_("For partners, and for deciders where each of several partners must agree."),
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.programme = programme
        self.person: Person | None = None
        self.acts_for: Partner | None = None
        kinds, partners = self.fields["kind"], self.fields["partner"]
        kinds.choices = [("", _("Choose")), *((k.value, ROLES[k]) for k in RoleKind)]  # type: ignore[attr-defined]
        partners.choices = [("", _("For none")), *partners_named(programme)]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """An address that somebody proved to own."""
        address: str = self.cleaned_data["email"]
        self.person = person_of_address(address)
        if self.person is None:
            raise forms.ValidationError(str(DIRECTORY_REASONS[why_nobody(address)]))
        return address

    def clean(self) -> dict[str, Any]:
        """A partner where the role acts for one; a role that the person does not have yet."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind"):
            self._clean_role(RoleKind(cleaned["kind"]), cleaned.get("partner", ""))
        return cleaned

    def _clean_role(self, kind: RoleKind, code: str) -> None:
        if kind in NEEDS_PARTNER and not code and "partner" not in self.errors:
            self.add_error("partner", str(REASONS["needs-partner"]))
        if code and kind not in ACTS_FOR_PARTNER:
            self.add_error("partner", str(REASONS["acts-for-no-partner"]))
        if self.person and role_now(self.programme, self.person, kind):
            self.add_error("kind", str(REASONS["has-it-already"]))
        self.acts_for = partner_of(self.programme, code) if code else None
