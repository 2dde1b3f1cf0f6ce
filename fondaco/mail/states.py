"""The life of a letter: written, read by an officer, sent, or come back."""

from collections.abc import Mapping
from enum import StrEnum

from fondaco.kernel.states import Move


class State(StrEnum):
    """Where a letter stands."""

    WRITTEN = "written"
    RELEASED = "released"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    DISCARDED = "discarded"


class Action(StrEnum):
    """What can happen to a letter."""

    RELEASE = "release"
    SEND = "send"
    FAIL = "fail"
    BOUNCE = "bounce"
    RETRY = "retry"
    DISCARD = "discard"


INITIAL = State.WRITTEN
TOLD = (State.RELEASED, State.SENT, State.FAILED, State.BOUNCED)
"""The states of a letter that stands in the portal, whatever became of its e-mail."""
TABLE: Mapping[str, Move] = {
    Action.RELEASE: Move(frozenset({State.WRITTEN}), State.RELEASED),
    Action.SEND: Move(frozenset({State.RELEASED}), State.SENT),
    Action.FAIL: Move(frozenset({State.RELEASED}), State.FAILED),
    Action.BOUNCE: Move(frozenset({State.SENT, State.RELEASED}), State.BOUNCED),
    Action.RETRY: Move(frozenset({State.FAILED, State.BOUNCED}), State.RELEASED),
    Action.DISCARD: Move(frozenset({State.WRITTEN}), State.DISCARDED),
}


class Occasion(StrEnum):
    """What a letter is about."""

    APPLICATION_RECEIVED = "application-received"
    COMPLETION_ASKED = "completion-asked"
    NOT_ELIGIBLE = "not-eligible"
    AWARDED = "awarded"
    RESERVE = "reserve"
    NOT_AWARDED_SCORE = "not-awarded-score"
    NOT_AWARDED_BUDGET = "not-awarded-budget"
    REDRESS_RECEIVED = "redress-received"
    REDRESS_INADMISSIBLE = "redress-inadmissible"
    REDRESS_DISMISSED = "redress-dismissed"
    REDRESS_UPHELD = "redress-upheld"
    FILE_INFECTED = "file-infected"
    CALL_CANCELLED = "call-cancelled"
    DEADLINE_MOVED = "deadline-moved"
    OWN_EXTENSION = "own-extension"
    CLAIM_RECEIVED = "claim-received"
    CLAIM_REFUSED = "claim-refused"
    INVITED = "invited"
    CUT_OFF_MISSED = "cut-off-missed"
    ANSWER_PUBLISHED = "answer-published"
    QUESTION_REFUSED = "question-refused"
    CALL_NEWS = "call-news"
    FOLLOWING = "following"
    NEWS_OF_THE_WEEK = "news-of-the-week"
    EXPORT_READY = "export-ready"
    DRAFT_REMINDER = "draft-reminder"
    PARTNER_INVITED = "partner-invited"


class HeldBack(StrEnum):
    """Why a letter was discarded by itself before an officer released it."""

    APPLICATION_WITHDRAWN = "application-withdrawn"
    DECISION_REOPENED = "decision-reopened"
