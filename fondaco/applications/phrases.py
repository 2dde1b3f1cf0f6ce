"""The words people read about applications: states, verdicts, reasons, where a fact comes from."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fondaco.applications.rules.admission import Reason as AdmissionReason
from fondaco.applications.rules.guests import Bar as GuestBar
from fondaco.applications.rules.partners import Bar as PartnerBar
from fondaco.applications.rules.submission import Reason
from fondaco.applications.states import Action, PartnerAct, Standing, State, Verdict
from fondaco.calls.phrases import REASONS as CALL_REASONS
from fondaco.calls.rules.opening import Reason as CallReason
from fondaco.kernel.facts import Value
from fondaco.web import reference, words

STATES: Mapping[State, Promise] = {
    State.DRAFT: _("Being written"),
    State.SUBMITTED: _("Submitted"),
    State.COMPLETION: _("To be completed"),
    State.ELIGIBLE: _("Eligible"),
    State.INELIGIBLE: _("Not eligible"),
    State.WITHDRAWN: _("Withdrawn"),
}
STATE_TONES: Mapping[State, str] = {
    State.DRAFT: "neutral",
    State.SUBMITTED: "told",
    State.COMPLETION: "soon",
    State.ELIGIBLE: "open",
    State.INELIGIBLE: "late",
    State.WITHDRAWN: "neutral",
}
ACTIONS: Mapping[Action, Promise] = {
    Action.EDIT: _("Edit"),
    Action.SUBMIT: _("Submit"),
    Action.WITHDRAW: _("Withdraw"),
    Action.ADMIT: _("Confirm as eligible"),
    Action.REFUSE: _("Find not eligible"),
    Action.ASK: _("Ask for completion"),
    Action.COMPLETE: _("Send the completion"),
}
STANDINGS: Mapping[Standing, Promise] = {
    Standing.INVITED: _("Has not answered yet"),
    Standing.CONFIRMED: pgettext_lazy("a partner", "Confirmed"),
    Standing.DECLINED: pgettext_lazy("a partner", "Declined"),
    Standing.LEFT: pgettext_lazy("a partner", "Has left"),
    Standing.TAKEN_OUT: pgettext_lazy("a partner", "Taken out by the lead"),
}
STANDING_TONES: Mapping[Standing, str] = {
    Standing.INVITED: "soon",
    Standing.CONFIRMED: "open",
    Standing.DECLINED: "late",
    Standing.LEFT: "late",
    Standing.TAKEN_OUT: "neutral",
}
PARTNER_ACTS: Mapping[PartnerAct, Promise] = {
    PartnerAct.SEND_AGAIN: _("Send the letter again"),
    PartnerAct.CONFIRM: _("Confirm"),
    PartnerAct.DECLINE: _("Decline"),
    PartnerAct.LEAVE: _("Leave"),
    PartnerAct.TAKE_OUT: _("Take out"),
}
VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.MET: _("Met"),
    Verdict.NOT_MET: _("Not met"),
    Verdict.UNKNOWN: _("Not known yet"),
}
VERDICT_TONES: Mapping[Verdict, str] = {
    Verdict.MET: "open",
    Verdict.NOT_MET: "late",
    Verdict.UNKNOWN: "soon",
}
REASONS: Mapping[Reason, Promise] = {
    Reason.INCOMPLETE: _("Something that must be answered is missing."),
    Reason.WRONG: _("Some answers have to be put right."),
    Reason.STOPPED: _("A condition of the call that stops a submission is not met."),
    Reason.COMPLETION_OVER: _("The days for completing the application are over."),
    Reason.NOT_EDITABLE: _("The application can no longer be changed."),
    Reason.CALL_OVER: _("The call is over: applications to it can no longer be changed."),
    Reason.NO_FORM: _("The call has no form on this platform."),
    Reason.NOT_NOW: _("This is not possible in the present state of the application."),
    Reason.NO_SUCH_QUESTION: _("The form does not ask this."),
    Reason.NOT_ASKED: _("Only what you were asked to complete can be changed."),
    Reason.NAME_NEEDED: _("Write your name to sign."),
    Reason.EDITED_LATE: _(
        "The application was changed after the deadline, while it was being sent: this version "
        "cannot be taken in."
    ),
    Reason.NO_DEADLINE: _("The call has no deadline: there is nothing to extend."),
    Reason.NOT_LATER: _("The new deadline must be later than now and than the one that holds."),
    Reason.WHY_NEEDED: _("Give a reason."),
    Reason.MOST_SENT: _(
        "Your organisation has sent as many applications to this call as it may. Withdrawn ones do "
        "not count."
    ),
    Reason.MOST_IN_PROGRAMME: _(
        "Your organisation has sent as many applications to the calls of this programme as it may."
    ),
    Reason.TOO_MANY_SERVICES: _("More services are chosen than one applicant may have."),
    Reason.PARTNERS_MISSING: _("Fewer partners have confirmed than the call asks for."),
    Reason.PARTNERS_TOO_MANY: _("More partners have confirmed than the call allows."),
    Reason.PARTNERS_WAITED_FOR: _(
        "A partner has not answered yet. Wait for the answer, or take the partner out."
    ),
    Reason.PARTNER_MOST_SENT: _(
        "A partner takes part in as many applications to this call as it may."
    ),
    Reason.NOT_INVITED: _("Only organisations that were invited can apply to this call."),
}
GUEST_BARS: Mapping[GuestBar, Promise] = {
    GuestBar.NOT_BY_INVITATION: _("Everybody can apply to this call: nobody is invited."),
    GuestBar.FROM_FIRST_STAGE: _("To this call the best of the first stage alone are invited."),
    GuestBar.INVITED_ALREADY: _("They are invited already."),
    GuestBar.NOBODY_NAMED: _("Nobody is registered under this code or address."),
    GuestBar.CALL_OVER: _("The call is over: nobody can be invited any more."),
    GuestBar.BEGUN_ALREADY: _("They have begun an application: the invitation stays."),
    GuestBar.WITHDRAWN_ALREADY: _("This invitation was taken back already."),
}
PARTNER_BARS: Mapping[PartnerBar, Promise] = {
    PartnerBar.NO_PARTNERS: _("Nobody applies to this call with partners."),
    PartnerBar.SETTLED: _("The application was sent: its partners stay as they are."),
    PartnerBar.NOBODY_NAMED: _("Choose an organisation, or write an e-mail address."),
    PartnerBar.IS_LEAD: _("This organisation leads the application."),
    PartnerBar.ASKED_ALREADY: _("This partner is asked already."),
    PartnerBar.FULL: _("No more partners can take part. Take one out first."),
    PartnerBar.ANSWERED: _("This was answered already, or the invitation was taken back."),
    PartnerBar.JUST_SENT: _("The letter was sent less than a day ago."),
    PartnerBar.PROMISE_NEEDED: _("Say what your organisation will do."),
}
ADMISSION_REASONS: Mapping[AdmissionReason, Promise] = {
    AdmissionReason.NOT_MET_STANDS: _(
        "A condition is not met. Overrule the finding with a reason first, or find the application "
        "not eligible."
    ),
    AdmissionReason.NOTHING_SPEAKS_AGAINST: _(
        "No condition is broken: write the reason why the application is not eligible."
    ),
    AdmissionReason.WHY_NEEDED: _("Give a reason."),
    AdmissionReason.NOTHING_ASKED: _("Choose at least one question to be completed."),
    AdmissionReason.QUESTION_UNKNOWN: _("The form does not ask this."),
    AdmissionReason.DAYS_WRONG: _("Give between 1 and 90 days."),
    AdmissionReason.RULE_UNKNOWN: _("The call has no such condition."),
    AdmissionReason.DECISION_STANDS: _(
        "A decision on this application stands: what it was decided on can no longer be changed."
    ),
}
SOURCES: Mapping[str, Promise] = {
    "form": _("the applicant's answer in the form"),
    "organisation": _("the organisation's entry in the directory"),
    "consortium": _("the organisations that apply together"),
    "training": _("the platform's record of trainings"),
    "membership": _("the platform's record of memberships"),
    "award": _("the decisions of this platform"),
}
SIZES_AND_KINDS = (reference.sizes, reference.organisation_kinds, reference.ecosystems)


def reason_words(reasons: Iterable[str]) -> list[str]:
    """Every reason of a refusal as a sentence."""
    return [str(_said(reason)) for reason in reasons]


def _said(reason: str) -> Promise | str:
    if reason in set(Reason):
        return REASONS[Reason(reason)]
    if reason in set(GuestBar):
        return GUEST_BARS[GuestBar(reason)]
    if reason in set(PartnerBar):
        return PARTNER_BARS[PartnerBar(reason)]
    if reason in set(AdmissionReason):
        return ADMISSION_REASONS[AdmissionReason(reason)]
    return CALL_REASONS[CallReason(reason)] if reason in set(CallReason) else reason


def source_words(source: str) -> str:
    """By whom a fact was told."""
    return str(SOURCES.get(source.partition(" ")[0], source)) or gettext("nobody")


def told_words(fact: str, value: Value | list[str]) -> str:
    """What was told, as people say it; a dash where nobody knew."""
    if value is None or value in ("", (), []):
        return "—"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list | tuple):
        return ", ".join(_name(fact, str(one)) for one in value)
    return _name(fact, str(value))


def _name(fact: str, code: str) -> str:
    if fact.endswith(".country"):
        return reference.name_of(reference.countries(), code)
    for read in SIZES_AND_KINDS:
        if code in reference.codes(read()):
            return reference.name_of(read(), code)
    return code


def saved_words(at: datetime, zone: str) -> str:
    """The line beside the button: when the page was saved last, and where."""
    return gettext("Saved at %(time)s on the platform") % {"time": words.clock(at, zone)}


VERBS: dict[str, Promise] = {
    "application.started": _("The application was begun"),
    "application.submitted": _("A version was sent"),
    "application.withdrawn": _("The application was withdrawn"),
    "application.admitted": _("An officer found the application eligible"),
    "application.refused": _("An officer found the application not eligible"),
    "application.completion-asked": _("An officer asked for what was missing"),
    "application.completed": _("What was missing was sent"),
    "application.overruled": _("An officer overruled a finding, with a reason"),
    "application.extended": _("An officer gave this application alone more time"),
    "application.forgotten": _("Personal data was removed, because its time was over"),
    "application.moved": _("The draft was moved to a new version of the form"),
    "consortium.invited": _("The lead invited a partner"),
    "consortium.reminded": _("The letter to a partner was sent again"),
    "consortium.confirmed": _("A partner confirmed"),
    "consortium.declined": _("A partner declined"),
    "consortium.left": _("A partner left"),
    "consortium.taken-out": _("The lead took a partner out"),
    "application.reminded": _("A reminder of the deadline was written"),
    "application.reminders-stopped": _("Somebody wants no more reminders"),
    "guest.invited": _("Somebody was invited to the call"),
    "guest.withdrawn": _("An invitation to the call was taken back"),
    "export.asked": _("Somebody asked for a table of the applications"),
    "export.made": _("A table of the applications was made"),
    "export.refused": _("A table was not made: who asked has no right to it any more"),
    "export.taken": _("Somebody downloaded a table of the applications"),
    "export.removed": _("A table of the applications was removed, because its time was over"),
}
VERB_KINDS = {
    "application": _("Applications"),
    "consortium": _("Partners of applications"),
    "guest": _("Invitations"),
    "export": _("Tables"),
}


def _extended(data: Mapping[str, Any], zone: str) -> str:
    """Until when, and why."""
    until = words.moment_with_zone(datetime.fromisoformat(data["until"]), zone or "UTC")
    return f"{until}: {data['why']}"


VERB_DETAILS = {
    **dict.fromkeys(
        ("application.submitted", "application.completed"),
        lambda data, zone: str(data.get("receipt", "")),
    ),
    "application.extended": _extended,
    **dict.fromkeys(
        ("consortium.invited", "consortium.confirmed", "consortium.declined", "consortium.left"),
        lambda data, zone: str(data.get("organisation", "")),
    ),
    "application.withdrawn": lambda data, zone: str(data.get("replaced_by", "")),
}
