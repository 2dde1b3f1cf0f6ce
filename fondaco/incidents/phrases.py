"""The words of incidents: how a minute was, where a proposal stands, why something is not done."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fondaco.applications import phrases as applications
from fondaco.applications.rules.submission import Reason as OwnReason
from fondaco.calls.phrases import AGAINST
from fondaco.calls.rules.acts import Against
from fondaco.documents.phrases import refusal as file_words
from fondaco.documents.rules import Reason as FileReason
from fondaco.incidents.rules.attempts import Kind, Result
from fondaco.incidents.rules.claims import Reason
from fondaco.incidents.rules.giving_back import Terms
from fondaco.incidents.rules.minutes import Status
from fondaco.incidents.states import State
from fondaco.web import reference, words

PROOFS, MEGABYTES = ("pdf", "png", "jpg", "docx"), 10
"""What a claim takes as its file."""
STATUSES: Mapping[Status, Promise] = {
    Status.UP: _("Answered"),
    Status.AWAY: _("Received only: the database was away"),
    Status.DOWN: _("Did not answer"),
    Status.UNKNOWN: _("Not known: nobody looked"),
}
STATUS_TONES: Mapping[Status, str] = {
    Status.UP: "open",
    Status.AWAY: "soon",
    Status.DOWN: "late",
    Status.UNKNOWN: "neutral",
}
COUNTED: Mapping[str, Promise] = {
    Status.DOWN.value: _("Minutes without an answer count as lost."),
    Status.AWAY.value: _("Minutes in which sendings were only received count as lost."),
    Status.UNKNOWN.value: _("Minutes in which nobody looked count as lost; they are told apart."),
}
NOT_COUNTED: Mapping[str, Promise] = {
    Status.DOWN.value: _("Minutes without an answer do not count."),
    Status.AWAY.value: _("Minutes in which sendings were only received do not count."),
    Status.UNKNOWN.value: _("Minutes in which nobody looked do not count."),
}
STATES: Mapping[State, Promise] = {
    State.WAITING: _("Waits for an officer"),
    State.GRANTED: pgettext_lazy("a claim or a proposal", "Granted"),
    State.REFUSED: pgettext_lazy("a claim or a proposal", "Refused"),
}
TONES: Mapping[State, str] = {
    State.WAITING: "soon",
    State.GRANTED: "open",
    State.REFUSED: "closed",
}
OUTAGE_VERBS: Mapping[str, Promise] = {
    "outage.extension-proposed": _("The availability log proposed to move the deadline"),
    "outage.extension-confirmed": _("The proposal to move the deadline was confirmed"),
    "outage.extension-declined": _("The proposal to move the deadline was declined"),
}
CLAIM_VERBS: Mapping[str, Promise] = {
    "claim.made": _("A claim was made: somebody says they were kept from sending"),
    "claim.granted": _("The claim was granted"),
    "claim.refused": _("The claim was refused"),
}
VERBS: Mapping[str, Promise] = {**OUTAGE_VERBS, **CLAIM_VERBS}
VERB_KINDS: Mapping[str, Promise] = {"outage": _("Outage"), "claim": _("Claim")}
KINDS: Mapping[Kind, Promise] = {
    Kind.SAVE: pgettext_lazy("an attempt", "Save"),
    Kind.SUBMIT: pgettext_lazy("an attempt", "Send"),
    Kind.UPLOAD: pgettext_lazy("an attempt", "Upload"),
}
RESULTS: Mapping[Result, Promise] = {
    Result.LATE: _("Too late"),
    Result.REFUSED: _("Refused"),
    Result.FAILED: _("Failed: the fault was the platform's"),
}
RESULT_TONES: Mapping[Result, str] = {
    Result.LATE: "soon",
    Result.REFUSED: "neutral",
    Result.FAILED: "late",
}
REASONS: Mapping[Reason, Promise] = {
    Reason.NOT_CLOSED: _("A claim can be made once the deadline has passed."),
    Reason.NOT_LATE: _("The application can still be sent."),
    Reason.NOTHING_TO_SEND: _("This application can no longer be sent."),
    Reason.WAITS_ALREADY: _("A claim about this application waits for its answer."),
    Reason.TEXT_NEEDED: _("Say what kept you from sending."),
    Reason.ANSWERED: _("This has been answered already."),
    Reason.WHY_NEEDED: _("Give a reason."),
    Reason.NO_SUCH_APPLICATION: _("No application to this call has this number."),
}


def _outage(data: Mapping[str, Any], zone: str) -> str:
    """How much was lost, the deadline that follows, and why it was declined."""
    closes = words.moment_with_zone(datetime.fromisoformat(data["closes_at"]), zone or "UTC")
    lost = str(_("%(minutes)s minutes lost") % {"minutes": words.number(data["lost"])})
    return " · ".join(one for one in (lost, closes, data.get("why", "")) if one)


def _claim(data: Mapping[str, Any], zone: str) -> str:
    """The number of the claim, and the reason of its answer."""
    return ": ".join(str(data[name]) for name in ("claim", "why") if data.get(name))


VERB_DETAILS = {
    **dict.fromkeys(OUTAGE_VERBS, _outage),
    **dict.fromkeys(CLAIM_VERBS, _claim),
}


def reason_words(reasons: Iterable[str]) -> list[str]:
    """Every reason of a refusal as a sentence."""
    return [_said(reason) for reason in reasons]


def attempt_words(reasons: Iterable[str]) -> list[str]:
    """Why an attempt came to nothing; what was wrong with a file hangs on its question."""
    found = list(reasons)
    of_files = [reason for reason in found if reason in set(FileReason)]
    said = [str(_("The file was not taken."))] if of_files else []
    return [*said, *reason_words(reason for reason in found if reason not in of_files)]


def _said(reason: str) -> str:
    if reason in set(Reason):
        return str(REASONS[Reason(reason)])
    if reason in set(FileReason):
        return file_words(reason, name=str(_("The file")), accepts=PROOFS, megabytes=MEGABYTES)
    if reason in set(Against) and reason != OwnReason.NO_DEADLINE:
        return str(AGAINST[Against(reason)])
    return applications.reason_words([reason])[0]


def loss_said(begins: datetime, ends: datetime, minutes: int, zone: str) -> dict[str, str]:
    """What was lost, in every language that the platform speaks."""
    said = {}
    for language, text in reference.outages()["reason"].items():
        with translation.override(language):
            said[language] = text.format(
                minutes=words.number(minutes),
                begins=words.moment_with_zone(begins, zone),
                ends=words.moment_with_zone(ends, zone),
            )
    return said


def rule_said(terms: Terms) -> list[str]:
    """The rule about outages, a sentence for each part."""
    over = _(
        "More than %(over)s minutes lost in the last %(within)s minutes before the deadline are "
        "given back."
    )
    rounds = _("Lost time is rounded up to whole units of %(count)s minutes.")
    notice = _("The new deadline is at least %(count)s minutes after its announcement.")
    counts = {status.value for status in terms.counts}
    return [
        *(
            str(over) % {"over": words.number(one.over), "within": words.number(one.within)}
            for one in terms.thresholds
        ),
        str(rounds) % {"count": words.number(terms.rounds_to)},
        str(notice) % {"count": words.number(terms.notice)},
        *(str((COUNTED if one in counts else NOT_COUNTED)[one]) for one in COUNTED),
    ]
