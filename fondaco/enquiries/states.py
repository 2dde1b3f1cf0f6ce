"""The life of a question about a call: asked, answered by two officers, published for all."""

from collections.abc import Mapping
from enum import StrEnum

from fondaco.kernel.states import Move


class State(StrEnum):
    """Where a question stands."""

    RECEIVED = "received"
    DUPLICATE = "duplicate"
    DRAFTED = "drafted"
    APPROVED = "approved"
    TRANSLATED = "translated"
    PUBLISHED = "published"
    REFUSED = "refused"


class Action(StrEnum):
    """What can happen to a question."""

    DRAFT = "draft"
    JOIN = "join"
    PART = "part"
    APPROVE = "approve"
    TRANSLATE = "translate"
    PUBLISH = "publish"
    REFUSE = "refuse"


INITIAL = State.RECEIVED
UNANSWERED = (State.RECEIVED, State.DRAFTED, State.APPROVED, State.TRANSLATED)
"""The states in which a question waits for its office."""
TABLE: Mapping[str, Move] = {
    Action.DRAFT: Move(frozenset({*UNANSWERED, State.PUBLISHED}), State.DRAFTED),
    Action.JOIN: Move(frozenset(UNANSWERED), State.DUPLICATE),
    Action.PART: Move(frozenset({State.DUPLICATE}), State.RECEIVED),
    Action.APPROVE: Move(frozenset({State.DRAFTED}), State.APPROVED),
    Action.TRANSLATE: Move(frozenset({State.APPROVED}), State.TRANSLATED),
    Action.PUBLISH: Move(frozenset({State.TRANSLATED}), State.PUBLISHED),
    Action.REFUSE: Move(frozenset({State.RECEIVED, State.DRAFTED}), State.REFUSED),
}
"""What is published stays to be read while a new version of it is drafted."""
