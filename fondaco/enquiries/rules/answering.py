"""What must be so before an answer is approved, published, refused or joined with another."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from fondaco.kernel.decisions import Decision
from fondaco.kernel.texts import missing_languages

Texts = Mapping[str, str]


class Reason(StrEnum):
    """Why something is not done with a question."""

    NOTHING_WRITTEN = "nothing-written"
    HALF_WRITTEN = "half-written"
    SAME_PERSON = "same-person"
    NOT_TRANSLATED = "not-translated"
    ANSWERED_BEFORE = "answered-before"
    NO_WORDS_OF_RULE = "no-words-of-rule"
    ITSELF = "joins-itself"
    OF_ANOTHER_CALL = "of-another-call"
    JOINED_ITSELF = "joined-itself"
    HAS_JOINED = "has-joined"
    MOVED_ON = "moved-on"


def missing(question: Texts, answer: Texts, languages: Sequence[str]) -> list[str]:
    """The languages in which the question or its answer is not there."""
    lacks = {*missing_languages(question, languages), *missing_languages(answer, languages)}
    return [language for language in languages if language in lacks]


def written(question: Texts, answer: Texts, languages: Sequence[str]) -> Decision:
    """Whether there is an answer in some language, and none without its question."""
    lacks = missing(question, answer, languages)
    one_alone = [code for code in lacks if question.get(code) or answer.get(code)]
    failed = {
        Reason.NOTHING_WRITTEN: len(lacks) == len(languages),
        Reason.HALF_WRITTEN: bool(one_alone) and len(lacks) < len(languages),
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def approval(drafted_by: int | None, approved_by: int) -> Decision:
    """Whoever drafted an answer does not approve it."""
    return Decision((Reason.SAME_PERSON,) if drafted_by == approved_by else ())


def publication(lacks: Sequence[str]) -> Decision:
    """An answer is published in every language of the call at once."""
    return Decision((Reason.NOT_TRANSLATED,) if lacks else ())


def refusal(*, is_public: bool, has_words: bool) -> Decision:
    """What was answered publicly stays; a refusal is said in the words of the rule."""
    failed = {Reason.ANSWERED_BEFORE: is_public, Reason.NO_WORDS_OF_RULE: not has_words}
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def joining(
    *, is_itself: bool, is_of_call: bool, is_joined: bool, has_joined: bool, is_public: bool
) -> Decision:
    """Whether a question is taken as the same as another one of its call.

    `is_joined` is the other one; `has_joined` says that others are joined to this one.
    """
    failed = {
        Reason.ITSELF: is_itself,
        Reason.OF_ANOTHER_CALL: not is_of_call,
        Reason.JOINED_ITSELF: is_joined,
        Reason.HAS_JOINED: has_joined,
        Reason.ANSWERED_BEFORE: is_public,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))
