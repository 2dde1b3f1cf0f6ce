"""Bringing in what was received: by whom, on which form, and what a page's own saves make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fondaco.kernel.decisions import Decision

Step = tuple[str, str]
"""The marks of an answer before and after one save."""


class Outcome(StrEnum):
    """What became of a record."""

    TAKEN = "taken"
    CLASHED = "clashed"
    REFUSED = "refused"


TOLD = frozenset({Outcome.CLASHED, Outcome.REFUSED})
"""What the person who sent it is told of."""


class Reason(StrEnum):
    """Why this slice does not take a record in; the slices below have reasons of their own."""

    NO_APPLICATION = "no-application"
    NO_PERSON = "no-person"
    NO_RIGHT = "no-right-then"
    OTHER_FORM = "other-form"
    NO_SECTION = "no-such-section"
    FAULT = "fault-of-ours"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a record's sender and application."""

    is_person_active: bool
    had_right: bool
    form: int
    has_section: bool = True


def admission(facts: Facts, *, form: int) -> Decision:
    """Whether a record may be brought in: its sender had the right when it was received."""
    failed = {
        Reason.NO_PERSON: not facts.is_person_active,
        Reason.NO_RIGHT: facts.is_person_active and not facts.had_right,
        Reason.OTHER_FORM: facts.form != form,
        Reason.NO_SECTION: not facts.has_section,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def carried(
    was: Mapping[str, str], *, stands: Mapping[str, str], steps: Mapping[str, Sequence[Step]]
) -> dict[str, str]:
    """What a page showed, and what its own earlier saves made of it without its hearing so.

    Where the answer was lost a page knows nothing of a save; what stands now was then typed there,
    and is no colleague's. `stands` has the marks of now, `steps` what this person's saves did.
    """
    return {
        question: f"{shown} {stands[question]}"
        if (first_of(shown), stands.get(question)) in steps.get(question, ())
        else shown
        for question, shown in was.items()
    }


def first_of(shown: str) -> str:
    """What a page showed first; marks of what it sent since then may follow."""
    return shown.partition(" ")[0]
