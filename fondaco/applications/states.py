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
REPLACED = frozenset({State.SUBMITTED, State.COMPLETION})
"""In which states the next application can still take the place of an earlier one."""


class Standing(StrEnum):
    """Where a partner stands who was invited to a draft."""

    INVITED = "invited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LEFT = "left"
    TAKEN_OUT = "taken-out"


class PartnerAct(StrEnum):
    """What can happen to a partner before the application is sent."""

    SEND_AGAIN = "send-again"
    CONFIRM = "confirm"
    DECLINE = "decline"
    LEAVE = "leave"
    TAKE_OUT = "take-out"


_ASKED = frozenset({Standing.INVITED})
PARTNERS: Mapping[str, Move] = {
    PartnerAct.SEND_AGAIN: Move(_ASKED, Standing.INVITED),
    PartnerAct.CONFIRM: Move(_ASKED, Standing.CONFIRMED),
    PartnerAct.DECLINE: Move(_ASKED, Standing.DECLINED),
    PartnerAct.LEAVE: Move(frozenset({Standing.CONFIRMED}), Standing.LEFT),
    PartnerAct.TAKE_OUT: Move(
        frozenset({Standing.INVITED, Standing.CONFIRMED}), Standing.TAKEN_OUT
    ),
}
TAKING_PART = frozenset({Standing.INVITED, Standing.CONFIRMED})
"""Who is counted among the partners that a call allows."""


class Sheet(StrEnum):
    """As what an export is written."""

    CSV = "csv"
    XLSX = "xlsx"


class Verdict(StrEnum):
    """What a rule says of an application."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"
