"""A section and a whole form with their answers: what is wrong, what lacks, what it all means.

`hidden` names the questions that are not asked: they lack nothing, and say nothing.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fondaco.kernel.plain import fingerprint
from fondaco.questionnaires.rules.answers import (
    Problem,
    Typed,
    Value,
    is_answered,
    lack_of,
    problems_of,
    value_of,
)
from fondaco.questionnaires.rules.groups import head_of
from fondaco.questionnaires.rules.rows import group_value, lacks_of_group, problems_of_group
from fondaco.questionnaires.rules.schema import Form, Kind, Section

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the questions that must be answered are."""

    done: int
    most: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left."""
        return self.done == self.most


def problems(
    section: Section,
    answers: Mapping[str, Typed],
    *,
    hidden: Container[str] = NONE,
    share: Decimal | None = None,
) -> list[Problem]:
    """Everything wrong with the typed answers of a section; `share` is what the call pays."""
    found = [
        problem
        for question in section.questions
        if question.code not in hidden
        for problem in problems_of(question, answers.get(question.code))
    ]
    for group in section.groups:
        if group.code not in hidden:
            found += problems_of_group(group, answers, share=share)
    return found


def missing(
    section: Section,
    answers: Mapping[str, Typed],
    *,
    signed: str = "",
    hidden: Container[str] = NONE,
) -> list[Problem]:
    """What a section still lacks; `signed` is the fingerprint that its signatures must bear."""
    found = [
        problem
        for question in section.questions
        if (question.is_required or question.kind == Kind.SIGNATURE)
        and question.code not in hidden
        and not question.columns
        for problem in lack_of(question, answers.get(question.code), signed)
    ]
    for group in section.groups:
        if group.code not in hidden:
            found += lacks_of_group(group, answers)
    return found


def progress(
    section: Section,
    answers: Mapping[str, Typed],
    *,
    signed: str = "",
    hidden: Container[str] = NONE,
    share: Decimal | None = None,
) -> Progress:
    """How much of what a section needs is there and right."""
    needed = [one for one in section.questions if one.is_required and one.code not in hidden]
    found = problems(section, answers, hidden=hidden, share=share)
    wrong = {problem.question for problem in found}
    lacking = missing(section, answers, signed=signed, hidden=hidden)
    wrong |= {problem.question for problem in lacking}
    return Progress(sum(question.code not in wrong for question in needed), len(needed))


def values(
    form: Form, answers: Mapping[str, Typed], *, hidden: Container[str] = NONE
) -> dict[str, Value]:
    """What every typed answer means, by question; unanswered and hidden ones are left out."""
    found: dict[str, Value] = {
        question.code: group_value(question, answers)
        if question.columns
        else value_of(question, answers.get(question.code))
        for question in form.questions
        if question.code not in hidden
    }
    return {code: value for code, value in found.items() if value is not None}


def signed_content(
    form: Form, answers: Mapping[str, Typed], *, hidden: Container[str] = NONE
) -> str:
    """The fingerprint of what a signature stands under: all answers but the signatures."""
    kept: dict[str, object] = {
        question.code: answers[question.code]
        for question in form.questions
        if question.kind != Kind.SIGNATURE
        and question.code not in hidden
        and is_answered(answers.get(question.code))
    }
    if form.has_groups:
        groups = {one.code for one in form.questions if one.columns and one.code not in hidden}
        kept |= {
            key: typed
            for key, typed in answers.items()
            if typed and head_of(key) in groups and head_of(key) != key
        }
    return fingerprint(kept)
