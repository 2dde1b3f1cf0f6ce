"""The words of letters: occasions, states, reasons, and what the trail says of them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fondaco.mail.rules import Reason
from fondaco.mail.states import Action, Occasion, State
from fondaco.web import words

OCCASIONS: dict[Occasion, Promise] = {
    Occasion.APPLICATION_RECEIVED: _("Application received"),
    Occasion.COMPLETION_ASKED: _("Completion asked for"),
    Occasion.NOT_ELIGIBLE: _("Not eligible"),
    Occasion.AWARDED: _("Awarded"),
    Occasion.RESERVE: _("On the reserve list"),
    Occasion.NOT_AWARDED_SCORE: _("Not awarded: below the threshold"),
    Occasion.NOT_AWARDED_BUDGET: _("Not awarded: the budget is used up"),
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
    "letter.sent": _("A letter was sent by e-mail"),
    "letter.bounced": _("A letter came back: its address does not work"),
    "letter.failed": _("A letter could not be sent by e-mail; it stands in the portal"),
    "letter.sent-again": _("A letter was sent by e-mail once more"),
}
