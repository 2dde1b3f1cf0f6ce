"""How far a working copy has come, section by section."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fondaco.questionnaires.rules.answers import (
    Problem,
    Progress,
    Typed,
    Value,
    missing,
    problems,
    progress,
    signed_content,
    values,
)
from fondaco.questionnaires.rules.schema import Form, Kind, Section


@dataclass(frozen=True)
class Copy:
    """A form and what was typed into it."""

    form: Form
    answers: Mapping[str, Typed]

    @cached_property
    def signed(self) -> str:
        """What a signature given now would stand under."""
        return signed_content(self.form, self.answers)

    @cached_property
    def values(self) -> dict[str, Value]:
        """What the answers mean."""
        return values(self.form, self.answers)

    def lacks_in(self, section: Section) -> list[Problem]:
        """What the section still needs."""
        return missing(section, self.answers, signed=self.signed)

    def wrong_in(self, section: Section) -> list[Problem]:
        """What is wrong in the section."""
        return problems(section, self.answers)

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
        return progress(section, self.answers, signed=self.signed)

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
