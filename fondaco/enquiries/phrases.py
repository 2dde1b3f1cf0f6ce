"""The words of questions about a call: where they stand, why not, and what the trail says."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fondaco.enquiries.rules import answering, asking
from fondaco.enquiries.states import State

STATES: Mapping[State, Promise] = {
    State.RECEIVED: pgettext_lazy("a question", "Received"),
    State.DUPLICATE: pgettext_lazy("a question", "Asked before"),
    State.DRAFTED: pgettext_lazy("a question", "Answer drafted"),
    State.APPROVED: pgettext_lazy("a question", "Answer approved"),
    State.TRANSLATED: pgettext_lazy("a question", "Answer translated"),
    State.PUBLISHED: pgettext_lazy("a question", "Answered"),
    State.REFUSED: pgettext_lazy("a question", "Cannot be answered"),
}
TONES: Mapping[State, str] = {
    State.RECEIVED: "soon",
    State.DUPLICATE: "closed",
    State.DRAFTED: "soon",
    State.APPROVED: "told",
    State.TRANSLATED: "told",
    State.PUBLISHED: "open",
    State.REFUSED: "closed",
}
FOR_ASKERS: Mapping[State, Promise] = {
    **dict.fromkeys(
        (State.RECEIVED, State.DRAFTED, State.APPROVED, State.TRANSLATED),
        pgettext_lazy("a question", "Waits for its answer"),
    ),
    State.DUPLICATE: pgettext_lazy("a question", "Answered with another question"),
    State.PUBLISHED: STATES[State.PUBLISHED],
    State.REFUSED: STATES[State.REFUSED],
}
"""How a question stands for whoever asked it; what two officers do with it is theirs."""
REASONS: Mapping[str, Promise] = {
    asking.Reason.NO_QUESTIONS: _("This call takes no questions here; ask its contact."),
    asking.Reason.NOT_PUBLISHED: _("The call has not been published."),
    asking.Reason.CALL_OVER: _("The call is over: nobody can ask about it any more."),
    asking.Reason.TOO_LATE: _("The last day to ask is over."),
    asking.Reason.NO_WORDS: _("Write your question."),
    asking.Reason.TOO_MANY: _(
        "Many of your questions wait already: ask again when they are answered."
    ),
    answering.Reason.NOTHING_WRITTEN: _("Write question and answer in one language at least."),
    answering.Reason.HALF_WRITTEN: _("One language has a question without its answer."),
    answering.Reason.SAME_PERSON: _("Another officer must approve what you drafted."),
    answering.Reason.NOT_TRANSLATED: _("Some languages are still missing."),
    answering.Reason.ANSWERED_BEFORE: _("It was answered publicly: write a new version."),
    answering.Reason.NO_WORDS_OF_RULE: _(
        "Neither the call nor its programme says with which words a question is refused."
    ),
    answering.Reason.ITSELF: _("A question is not a duplicate of itself."),
    answering.Reason.OF_ANOTHER_CALL: _("This call has no such question."),
    answering.Reason.JOINED_ITSELF: _("That question is joined with another one: choose that."),
    answering.Reason.HAS_JOINED: _("Other questions are joined with this one."),
    answering.Reason.MOVED_ON: _("Somebody has gone on with this question meanwhile."),
}
VERBS: dict[str, Promise] = {
    "enquiry.asked": _("A question about the call was asked"),
    "enquiry.drafted": _("The answer to a question was drafted"),
    "enquiry.approved": _("A second officer approved the answer to a question"),
    "enquiry.translated": _("The answer to a question was translated"),
    "enquiry.published": _("The answer to a question was published"),
    "enquiry.joined": _("A question was joined with another one that asks the same"),
    "enquiry.parted": _("A question was taken as one of its own again"),
    "enquiry.refused": _("A question was refused with the words of the rule"),
}
VERB_KINDS = {"enquiry": _("Questions and answers")}
NAMED = _("Question %(number)s")


def reason_words(reasons: Iterable[str]) -> list[str]:
    """Every reason in a sentence."""
    return [str(REASONS[reason]) for reason in reasons]


def is_late(due_on: date | None, today: date) -> bool:
    """Whether the day by which it should be answered is over."""
    return due_on is not None and due_on < today
