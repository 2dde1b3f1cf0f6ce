"""The words people read for what a call's data says in codes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fondaco.calls.rules.acts import Against
from fondaco.calls.rules.opening import Reason
from fondaco.calls.states import ActKind, DecidedBy, Intake, Kind, Stage, Support
from fondaco.web import words

KINDS = {
    Kind.SUB_GRANT: _("Sub-grant"),
    Kind.VOUCHER: _("Voucher"),
    Kind.EXCHANGE: _("Exchange"),
    Kind.TRAINING: _("Training"),
    Kind.MEMBERSHIP: _("Membership"),
    Kind.ASSISTANCE: _("Personal assistance"),
    Kind.ALLIANCE: _("Alliance"),
}
STAGES = {
    Stage.DRAFT: _("Draft"),
    Stage.FORTHCOMING: pgettext_lazy("stage of a call", "Opens soon"),
    Stage.OPEN: pgettext_lazy("stage of a call", "Open"),
    Stage.SUSPENDED: pgettext_lazy("stage of a call", "Suspended"),
    Stage.CLOSED: pgettext_lazy("stage of a call", "Closed"),
    Stage.DECIDED: pgettext_lazy("stage of a call", "Decided"),
    Stage.CANCELLED: pgettext_lazy("stage of a call", "Cancelled"),
}
STAGE_TONES = {
    Stage.DRAFT: "neutral",
    Stage.FORTHCOMING: "soon",
    Stage.OPEN: "open",
    Stage.SUSPENDED: "soon",
    Stage.CLOSED: "closed",
    Stage.DECIDED: "closed",
    Stage.CANCELLED: "closed",
}
INTAKES = {
    Intake.DEADLINE: _("One deadline; all applications are compared"),
    Intake.ALWAYS: _("Always open; each application is decided by itself"),
}
ACTS = {
    ActKind.EXTENSION: _("The deadline moved"),
    ActKind.CORRIGENDUM: _("Correction"),
    ActKind.SUSPENSION: _("The call was suspended"),
    ActKind.RESUMPTION: _("The call goes on"),
    ActKind.CANCELLATION: _("The call was cancelled"),
    ActKind.EARLY_CLOSURE: _("The call closed early"),
}
DECIDERS = {
    DecidedBy.ONE: _("One officer of the programme decides."),
    DecidedBy.TWO: _("Two people decide together; one alone cannot."),
    DecidedBy.EACH: _("Each of the leading partners must agree."),
}
SUPPORTS = {
    Support.FIXED: _("Fixed amount"),
    Support.MENU: _("Services with fixed prices"),
    Support.CEILING: _("Up to a ceiling"),
    Support.NONE: _("No money is paid"),
}
REASONS = {
    Reason.NOT_PUBLISHED: _("The call has not been published."),
    Reason.NOT_OPEN_YET: _("The call has not opened yet."),
    Reason.SUSPENDED: _("The call is suspended for the moment."),
    Reason.CLOSED: _("The call has closed."),
    Reason.CANCELLED: _("The call was cancelled."),
    Reason.STILL_OPEN: _(
        "The call is still open: until its deadline everybody may correct what they sent, and "
        "nothing is assessed or decided before."
    ),
}
ACTS_TO_RECORD = {
    ActKind.EXTENSION: _("Move the deadline"),
    ActKind.CORRIGENDUM: _("Publish a correction"),
    ActKind.SUSPENSION: _("Suspend the call: nothing can be sent until it goes on"),
    ActKind.RESUMPTION: _("Let the call go on"),
    ActKind.CANCELLATION: _("Cancel the call: it ends for good"),
    ActKind.EARLY_CLOSURE: _("Close the call early: nothing more can be sent"),
}
AGAINST = {
    Against.PUBLISHED_ALREADY: _("The call is published already."),
    Against.NO_TITLE: _("The call has no title."),
    Against.NO_FORM: _("The call has no form."),
    Against.NO_DEADLINE: _("The call has no deadline and is not always open."),
    Against.NOT_PUBLISHED_YET: _("The call is not published yet."),
    Against.NOT_OPEN: _("The call is not open."),
    Against.NOT_SUSPENDED: _("The call is not suspended."),
    Against.OVER: _("The call is over."),
    Against.CLOSED_EARLY: _("The call was closed early; its deadline no longer counts."),
    Against.NOT_LATER: _("The new deadline must be later than the one that holds now."),
}
EARLIEST, DRAW = "earliest", "draw"
TIE_BREAKS = {
    EARLIEST: _("the application received first"),
    DRAW: _("a draw with a published seed that anybody can repeat"),
}
VERBS: dict[str, Promise] = {
    "call.loaded": _("The call was loaded from its folder"),
    "call.published": _("The call was published"),
    "call.texts-changed": _("The texts of the call were changed"),
    "call.extension": _("The deadline was moved"),
    "call.corrigendum": _("A correction was published"),
    "call.suspension": _("The call was suspended"),
    "call.resumption": _("The call went on"),
    "call.cancellation": _("The call was cancelled"),
    "call.early-closure": _("The call was closed early"),
    "call.decided": _("The call was decided"),
}
VERB_KINDS = {"call": _("Call")}


def _act(data: Mapping[str, Any], zone: str) -> str:
    """The new deadline where there is one, and the reason that everybody reads."""
    reason = words.say(data.get("reason")).text
    if not data.get("closes_at"):
        return reason
    closes = words.moment_with_zone(datetime.fromisoformat(data["closes_at"]), zone or "UTC")
    return f"{closes}: {reason}" if reason else closes


VERB_DETAILS = {f"call.{kind.value}": _act for kind in ActKind}
