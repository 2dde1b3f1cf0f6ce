"""What somebody types who wants to follow calls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondaco.calls.phrases import KINDS
from fondaco.news.phrases import PACES
from fondaco.news.rules.following import Pace
from fondaco.programmes.selectors import all_programmes
from fondaco.web import reference


class FollowForm(forms.Form):
    """How soon one is told; of calls in general also of which; of a visitor also where."""

    def __init__(self, *args: Any, is_visitor: bool, is_general: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_general:
            self._choose("country", _("Country"), reference.sorted_pairs(reference.countries()))
            self._choose("ecosystem", _("Ecosystem"), reference.pairs(reference.ecosystems()))
            self._choose("kind", _("Kind"), [(kind.value, said) for kind, said in KINDS.items()])
            programmes = [(one.code, one.acronym) for one in all_programmes()]
            self._choose("programme", _("Programme"), programmes)
        self.fields["pace"] = forms.ChoiceField(
            label=_("How soon"),
            choices=[(pace.value, said) for pace, said in PACES.items()],
            initial=Pace.WEEKLY if is_general else Pace.AT_ONCE,
            widget=forms.RadioSelect,
        )
        if is_visitor:
            self.fields["email"] = forms.EmailField(
                label=_("E-mail address"),
                help_text=_("We write to it once, to ask whether it wants this."),
                widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
            )

    def _choose(self, name: str, label: object, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,  # type: ignore[arg-type]
            required=False,
            choices=[("", _("All")), *choices],
        )

    def filters(self) -> dict[str, object]:
        """What a call must have; the programme by its code."""
        said = self.cleaned_data
        named = {"kinds": "kind", "countries": "country", "ecosystems": "ecosystem"}
        return {many: [said[one]] if said.get(one) else [] for many, one in named.items()}
