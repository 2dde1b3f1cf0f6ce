"""The life of an application, as far as this slice knows it: written, sent, admitted or not."""

from collections.abc import Mapping
from enum import StrEnum

from fondaco.kernel.states import Move


class State(StrEnum):
    """Where an application stands; ranking and award belong to evaluation."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    COMPLETION = "completion"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What can happen to an application."""

    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ADMIT = "admit"
    REFUSE = "refuse"
    ASK = "ask"
    COMPLETE = "complete"


INITIAL = State.DRAFT
_SENT = frozenset({State.SUBMITTED, State.COMPLETION, State.ELIGIBLE, State.INELIGIBLE})
TABLE: Mapping[str, Move] = {
    Action.SUBMIT: Move(frozenset({State.DRAFT, State.SUBMITTED}), State.SUBMITTED),
    Action.WITHDRAW: Move(frozenset({State.DRAFT}) | _SENT, State.WITHDRAWN),
    Action.ADMIT: Move(_SENT, State.ELIGIBLE),
    Action.REFUSE: Move(_SENT, State.INELIGIBLE),
    Action.ASK: Move(frozenset({State.SUBMITTED, State.INELIGIBLE}), State.COMPLETION),
    Action.COMPLETE: Move(frozenset({State.COMPLETION}), State.SUBMITTED),
}
EDITABLE = frozenset({State.DRAFT, State.SUBMITTED, State.COMPLETION})
SENT = _SENT


class Verdict(StrEnum):
    """What a rule says of an application."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"
