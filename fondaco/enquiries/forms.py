"""What is typed when somebody asks about a call, and when an officer answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondaco.kernel.texts import direction_of
from fondaco.web import reference

LONGEST_QUESTION, LONGEST_ANSWER = 2_000, 10_000


def _area(rows: int, direction: str = "auto", **more: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": direction, **more})


class QuestionForm(forms.Form):
    """A question about a call; what was likely asked before is looked at first."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=_area(6),
        help_text=_("Question and answer are published for all, without your name."),
    )

    def __init__(self, *args: Any, watch: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs.update(
            {
                "data-hx-get": watch,
                "data-hx-trigger": "input changed delay:500ms",
                "data-hx-target": "#alike",
                "data-hx-swap": "innerHTML",
            }
        )

    def ask_again(self) -> None:
        """What was likely asked before is shown: whoever goes on says that it is something else."""
        self.fields["is_other"] = forms.BooleanField(
            label=_("My question is another one"), required=False
        )
        if not self.data.get("is_other"):
            self.add_error("text", _("This was likely asked before: read the answers below."))


class AnswerForm(forms.Form):
    """A question and its answer in the languages of the call."""

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        kept: Mapping[str, Mapping[str, str]],
        without: Iterable[str] = (),
        **options: Any,
    ) -> None:
        initial = {
            f"{name}_{language}": texts.get(language, "")
            for name, texts in kept.items()
            for language in languages
        }
        options["initial"] = initial
        super().__init__(*args, **options)
        self.languages = [one for one in languages if one not in set(without)]
        for language in self.languages:
            self._add("question", _("Question"), language, LONGEST_QUESTION, 4)
            self._add("answer", _("Answer"), language, LONGEST_ANSWER, 8)

    def _add(self, name: str, label: object, language: str, longest: int, rows: int) -> None:
        said = reference.name_of(reference.languages(), language)
        self.fields[f"{name}_{language}"] = forms.CharField(
            label=f"{label} ({said})",
            required=False,
            max_length=longest,
            widget=_area(rows, direction_of(language), lang=language),
        )

    def texts(self, name: str) -> dict[str, str]:
        """What was typed, by language."""
        return {one: self.cleaned_data[f"{name}_{one}"] for one in self.languages}


class JoinForm(forms.Form):
    """The question that asks the same."""

    same_as = forms.CharField(
        label=_("Number of the other question"),
        max_length=24,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
