"""Who is invited to a call that nobody else can answer, and what is carried over for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fondaco.kernel.decisions import Decision
from fondaco.questionnaires.rules.schema import WITH_OPTIONS, Form, Kind, Question


class Bar(StrEnum):
    """Why somebody is not invited, or an invitation not taken back."""

    NOT_BY_INVITATION = "not-by-invitation"
    FROM_FIRST_STAGE = "from-first-stage"
    INVITED_ALREADY = "invited-already"
    NOBODY_NAMED = "nobody-named"
    CALL_OVER = "call-over-for-guests"
    BEGUN_ALREADY = "begun-already"
    WITHDRAWN_ALREADY = "invitation-withdrawn-already"


@dataclass(frozen=True, slots=True)
class GuestFacts:
    """What stands when somebody is to be invited."""

    is_by_invitation: bool
    is_second_stage: bool
    is_from_first_stage: bool
    is_invited: bool
    is_named: bool
    is_over: bool


NOT_CARRIED = frozenset({Kind.FILE, Kind.SIGNATURE, Kind.DECLARATION})
"""What is said anew: a signature and a declaration stand under one text, a file in one place."""


def inviting(facts: GuestFacts) -> Decision:
    """Whether somebody can be invited: to a second stage only from the ranking of the first."""
    failed = {
        Bar.NOT_BY_INVITATION: not facts.is_by_invitation,
        Bar.FROM_FIRST_STAGE: facts.is_second_stage and not facts.is_from_first_stage,
        Bar.NOBODY_NAMED: not facts.is_named,
        Bar.INVITED_ALREADY: facts.is_invited,
        Bar.CALL_OVER: facts.is_over,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def taking_back(*, is_withdrawn: bool, has_begun: bool) -> Decision:
    """Whether an invitation can be taken back: not once an application was begun on it."""
    failed = {Bar.WITHDRAWN_ALREADY: is_withdrawn, Bar.BEGUN_ALREADY: has_begun}
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def carried(form: Form, earlier: Form, said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What an earlier form was told and this one asks too, by section and question."""
    before = {question.code: question for question in earlier.questions}
    found = {
        section.code: {
            asked.code: said[asked.code]
            for asked in section.questions
            if asked.code in said and _is_same(asked, before.get(asked.code), said[asked.code])
        }
        for section in form.sections
    }
    return {section: answers for section, answers in found.items() if answers}


def _is_same(asked: Question, before: Question | None, typed: object) -> bool:
    """Whether the answer to the one answers the other: same kind, and every choice is offered."""
    if before is None or asked.kind != before.kind or asked.kind in NOT_CARRIED:
        return False
    if asked.kind not in WITH_OPTIONS:
        return True
    chosen = typed if isinstance(typed, list) else [typed]
    return set(chosen) <= set(asked.option_codes)
