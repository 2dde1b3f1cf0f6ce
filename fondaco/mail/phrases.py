"""The words of letters: occasions, states, reasons, and what the trail says of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fondaco.mail.rules import Reason
from fondaco.mail.states import Action, HeldBack, Occasion, State
from fondaco.web import words

OCCASIONS: dict[Occasion, Promise] = {
    Occasion.APPLICATION_RECEIVED: _("Application received"),
    Occasion.COMPLETION_ASKED: _("Completion asked for"),
    Occasion.NOT_ELIGIBLE: _("Not eligible"),
    Occasion.AWARDED: _("Awarded"),
    Occasion.RESERVE: _("On the reserve list"),
    Occasion.NOT_AWARDED_SCORE: _("Not awarded: below the threshold"),
    Occasion.NOT_AWARDED_BUDGET: _("Not awarded: the budget is used up"),
    Occasion.REDRESS_RECEIVED: _("Request for redress received"),
    Occasion.REDRESS_INADMISSIBLE: _("Request for redress: not admissible"),
    Occasion.REDRESS_DISMISSED: _("Request for redress: the decision stands"),
    Occasion.REDRESS_UPHELD: _("Request for redress: decided anew"),
    Occasion.FILE_INFECTED: _("A file with a virus was removed"),
    Occasion.CALL_CANCELLED: _("The call was cancelled"),
    Occasion.DEADLINE_MOVED: _("The deadline was moved"),
    Occasion.OWN_EXTENSION: _("More time for one application"),
    Occasion.CLAIM_RECEIVED: _("Claim of a prevented applicant received"),
    Occasion.CLAIM_REFUSED: _("Claim of a prevented applicant: refused"),
    Occasion.INVITED: _("Invited to apply"),
    Occasion.CUT_OFF_MISSED: _("A cut-off has passed"),
    Occasion.ANSWER_PUBLISHED: _("A question was answered"),
    Occasion.QUESTION_REFUSED: _("A question that nobody may answer"),
    Occasion.CALL_NEWS: _("News of a call"),
    Occasion.FOLLOWING: _("Following by e-mail, to be confirmed"),
    Occasion.NEWS_OF_THE_WEEK: _("News of the week"),
    Occasion.EXPORT_READY: _("A table of applications is ready"),
    Occasion.DRAFT_REMINDER: _("Reminder of the deadline"),
    Occasion.PARTNER_INVITED: _("Invited as a partner"),
}
HELD_BACK: dict[HeldBack, Promise] = {
    HeldBack.APPLICATION_WITHDRAWN: _(
        "Held back by itself: the application was withdrawn before anybody released this letter."
    ),
    HeldBack.DECISION_REOPENED: _(
        "Held back by itself: the decision that this letter tells of does not stand any more."
    ),
}
STATES: dict[State, Promise] = {
    State.WRITTEN: _("Waits for an officer"),
    State.RELEASED: _("Released, on its way"),
    State.SENT: _("Sent"),
    State.FAILED: _("Could not be sent"),
    State.BOUNCED: _("Came back"),
    State.DISCARDED: _("Discarded"),
}
TONES: dict[State, str] = {
    State.WRITTEN: "soon",
    State.RELEASED: "told",
    State.SENT: "open",
    State.FAILED: "late",
    State.BOUNCED: "late",
    State.DISCARDED: "closed",
}
ACTIONS: dict[Action, Promise] = {
    Action.RELEASE: _("Release"),
    Action.SEND: _("Send"),
    Action.FAIL: _("Give up sending"),
    Action.BOUNCE: _("Record that it came back"),
    Action.RETRY: _("Send again"),
    Action.DISCARD: _("Discard"),
}
REASONS: dict[Reason, Promise] = {
    Reason.NOT_WAITING: _(
        "This letter no longer waits: somebody has released or discarded it meanwhile."
    ),
    Reason.NOT_TO_BE_SENT_AGAIN: _(
        "Only a letter that came back or could not be sent can be sent again."
    ),
    Reason.NOT_ON_ITS_WAY: _("Only a letter that was released can come back."),
}


def days_from_release(days: int) -> str:
    """What stands for a date as long as the letter waits."""
    said = ngettext(
        "%(days)s day from the day this letter is released",
        "%(days)s days from the day this letter is released",
        days,
    )
    return said % {"days": words.number(days)}


KEPT = _(
    "Letters about an application stay with its file: they are the proof of what the organisation "
    "was told, and when. The e-mail address in them is gone."
)
VERBS: dict[str, Promise] = {
    "letter.released": _("A letter was released; since then it stands in the portal"),
    "letter.rewritten": _("The words of a letter were put right before its release"),
    "letter.discarded": _("A letter was discarded"),
    "letter.held-back": _("A letter was held back: what it tells of has ended"),
    "letter.sent": _("A letter was sent by e-mail"),
    "letter.bounced": _("A letter came back: its address does not work"),
    "letter.failed": _("A letter could not be sent by e-mail; it stands in the portal"),
    "letter.sent-again": _("A letter was sent by e-mail once more"),
}
VERB_KINDS = {"letter": _("Letters")}


def _occasion(data: Mapping[str, Any], zone: str) -> str:
    """What the letter was written about."""
    known = {occasion.value: said for occasion, said in OCCASIONS.items()}
    return str(known.get(data.get("occasion", ""), ""))


VERB_DETAILS = dict.fromkeys(VERBS, _occasion)
