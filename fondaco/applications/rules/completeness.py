"""How far a working copy has come, section by section."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from fondaco.questionnaires.rules.answers import Problem, Typed, Value
from fondaco.questionnaires.rules.schema import Form, Kind, Section
from fondaco.questionnaires.rules.sections import (
    Progress,
    missing,
    problems,
    progress,
    signed_content,
    values,
)
from fondaco.questionnaires.rules.visibility import NOTHING, Because, hidden_in


@dataclass(frozen=True)
class Copy:
    """A form and what was typed into it; the facts that its conditions ask for.

    `share` is the share of the costs that the call pays at most, in per cent.
    """

    form: Form
    answers: Mapping[str, Typed]
    facts: Mapping[str, object] = field(default_factory=dict)
    share: Decimal | None = None

    @cached_property
    def hidden(self) -> Because:
        """The questions that are not asked, and because of what."""
        if not self.form.is_conditional:
            return NOTHING
        return hidden_in(self.form, self.answers, self.facts)

    def is_asked(self, section: Section) -> bool:
        """Whether anything is asked in the section."""
        return not self.hidden or any(one.code not in self.hidden for one in section.questions)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in which anything is asked."""
        return tuple(section for section in self.form.sections if self.is_asked(section))

    @cached_property
    def signed(self) -> str:
        """What a signature given now would stand under."""
        return signed_content(self.form, self.answers, hidden=self.hidden)

    @cached_property
    def values(self) -> dict[str, Value]:
        """What the answers mean."""
        return values(self.form, self.answers, hidden=self.hidden)

    def lacks_in(self, section: Section) -> list[Problem]:
        """What the section still needs."""
        return missing(section, self.answers, signed=self.signed, hidden=self.hidden)

    def wrong_in(self, section: Section) -> list[Problem]:
        """What is wrong in the section."""
        return problems(section, self.answers, hidden=self.hidden, share=self.share)

    @property
    def lacks(self) -> list[Problem]:
        """What the whole form still needs."""
        return [found for section in self.form.sections for found in self.lacks_in(section)]

    @property
    def wrong(self) -> list[Problem]:
        """What is wrong anywhere."""
        return [found for section in self.form.sections for found in self.wrong_in(section)]

    def progress_of(self, section: Section) -> Progress:
        """How much of the section is done."""
        return progress(
            section, self.answers, signed=self.signed, hidden=self.hidden, share=self.share
        )

    @property
    def progress(self) -> Progress:
        """How much of everything is done."""
        parts = [self.progress_of(section) for section in self.form.sections]
        return Progress(sum(part.done for part in parts), sum(part.most for part in parts))

    @property
    def files(self) -> dict[str, str]:
        """The code of the upload by question."""
        return {
            question.code: typed
            for question in self.form.questions
            if question.kind == Kind.FILE
            and isinstance(typed := self.answers.get(question.code), str)
            and typed
        }
