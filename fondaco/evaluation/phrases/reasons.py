"""The words of refusals: ties, faults of marks, objections, stops and bars."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.applications.phrases import GUEST_BARS
from fondaco.calls.phrases import REASONS as CALL_REASONS
from fondaco.calls.rules.opening import Reason as CallReason
from fondaco.evaluation.rules.conflicts import Tie
from fondaco.evaluation.rules.consent import Objection
from fondaco.evaluation.rules.decisions import Stop
from fondaco.evaluation.rules.draws import No
from fondaco.evaluation.rules.marks import Fault
from fondaco.evaluation.rules.redress import Bar
from fondaco.evaluation.rules.stages import Bar as StageBar

Words = str | Promise
TIES: dict[Tie, Words] = {
    Tie.WORKS_FOR: _("The evaluator works for the applicant."),
    Tie.WORKED_FOR: _("The evaluator used to work for the applicant."),
    Tie.DECLARED: _("The evaluator is declared to be tied to the applicant."),
    Tie.BOND: _("The applicant and the evaluator's organisation belong to one cluster."),
    Tie.SAME_DOMAIN: _("Their e-mail addresses end alike."),
}
FAULTS: dict[Fault, Words] = {
    Fault.NOT_A_NUMBER: _("This is not a number."),
    Fault.BELOW_ZERO: _("A mark cannot be below zero."),
    Fault.ABOVE_MOST: _("This is more than the criterion allows."),
    Fault.OFF_STEP: _("The scale has no such mark; look at the steps."),
    Fault.MISSING: _("There is no mark yet."),
    Fault.COMMENT_NEEDED: _("Below the threshold a comment must say why."),
    Fault.COMMENT_TOO_LONG: _("The comment is longer than 4,000 signs and was not saved."),
}
OBJECTIONS: dict[Objection, Words] = {
    Objection.NOT_A_DECIDER: _("Your role does not let you decide in this call."),
    Objection.SAID_ALREADY: _("You have said yes already; another person must say the next yes."),
    Objection.PARTNER_NOT_ASKED: _("Your role is not held for one of the partners who must agree."),
    Objection.PARTNER_HAS_SPOKEN: _("Somebody has said yes for your partner already."),
    Objection.HAS_MARKED: _("You have evaluated in this call; whoever judges does not decide."),
    Objection.WORKS_FOR_APPLICANT: _("You work for one of the applicants."),
    Objection.ONE_HAND: _(
        "Whoever proposes or says yes must not have given another of them the role of a decider, "
        "not even through somebody else. Another decider must say yes, or another officer propose."
    ),
}
STOPS: dict[Stop, Words] = {
    Stop.NO_RANKING: _("There is no ranking yet."),
    Stop.RANKING_OUTDATED: _(
        "Something has changed since the ranking was made. Make the ranking again."
    ),
    Stop.NOT_ASSESSED_LEFT: _("Some applications have not been assessed yet."),
    Stop.DECIDED_ALREADY: _("This is decided already."),
    Stop.PROPOSED_ALREADY: _("A decision on this is proposed already and waits for its yeses."),
    Stop.NEEDS_RANKING: _("In this call evaluators judge: the decision comes from a ranking."),
    Stop.NOT_ADMITTED: _("The application has not been found eligible."),
    Stop.WITHDRAWN: _("An application has been withdrawn. Give this decision up and make another."),
    Stop.REASON_NEEDED: _("Say why."),
    Stop.GROUP_UNKNOWN: _("This cannot be decided of one application by itself."),
    Stop.NO_MONEY_LEFT: _("The money that is left does not reach."),
    Stop.NO_PLACE_LEFT: _("No place is left."),
    Stop.AMOUNT_UNKNOWN: _("The application does not say how much it asks for."),
    Stop.STILL_OPEN: CALL_REASONS[CallReason.STILL_OPEN],
    Stop.NO_MONEY_IN_PART: _("The money that is left in its envelope does not reach."),
    Stop.NO_PLACE_IN_PART: _("No place is left in its quota."),
    Stop.PART_CLOSED: _("Its quota is not open yet."),
    Stop.OVER_CEILING: _("An organisation would get more than one organisation may get."),
    Stop.BELOW_LEAST: _("The amount is less than the least that the call pays."),
    Stop.TOO_MANY_SENT: _("The organisation has sent more applications than count."),
    Stop.BELOW_THRESHOLD: _("Its marks stay below a threshold: it cannot be awarded."),
    Stop.EARLIER_ONES_FIRST: _(
        "Applications that came earlier are not decided yet and may still need this money or place."
    ),
    Stop.DRAW_FIRST: _("The draw has not been held yet."),
    Stop.CUT_OFF_NEEDED: _("Choose one of the cut-offs of the call."),
}
DRAWS: dict[No, Words] = {
    No.NOT_DRAWN_HERE: _("Nothing is drawn in this call."),
    No.WINDOW_OPEN: _("The opening window is not over yet."),
    No.ADMISSIONS_OPEN: _("Some applications are not found eligible or not eligible yet."),
    No.NOBODY_ON_LIST: _("Nobody would be on the list."),
    No.DRAWN_ALREADY: _("The draw has been held; nobody draws again."),
    No.NOT_FROZEN: _("The list must be published before the seed is known."),
    No.SEED_NEEDED: _("Type the seed as it was published."),
    No.SEED_FROM_NEEDED: _("Say beforehand where the seed will come from."),
}
STAGES: dict[StageBar, Words] = {
    StageBar.NO_SECOND_STAGE: _("This call is not the second stage of another."),
    StageBar.STAGE_NOT_DECIDED: _("The first stage has not been decided yet."),
    StageBar.NOBODY_PLACED: _("The decision on the first stage has given nobody a place."),
}
BARS: dict[Bar, Words] = {
    Bar.NO_WINDOW: _("This call has no redress."),
    Bar.NOT_TOLD: _("No decision on this application has been told yet."),
    Bar.ASKED_ALREADY: _("Redress was asked for already; it can be asked for once."),
    Bar.GROUND_NEEDED: _("Choose one of the grounds that the call admits."),
    Bar.TEXT_NEEDED: _("Say what went wrong."),
    Bar.TEXT_TOO_LONG: _("The text is longer than 5,000 signs."),
    Bar.TOOK_THE_DECISION: _("You took this decision; somebody else must answer."),
    Bar.REASONS_NEEDED: _("Give the reasons; the applicant reads them."),
    Bar.IS_LATE: _("The request came too late: it can only be found not admissible."),
    Bar.NOT_STANDING: _("Another decision on this application has been made meanwhile."),
}
OTHERS: dict[str, Words] = {
    "not-an-evaluator": _("This person is not an evaluator of the programme."),
    "not-seated": _("This person does not sit on the panel."),
    "not-eligible": _("The application has not been found eligible."),
    "decided-already": _("A decision on this application is proposed or confirmed."),
    "load-full": _("This evaluator has as many files as agreed."),
    "assigned-already": _("This evaluator has the file already."),
    "reason-needed": _("Say why."),
    "seed-needed": _("The call settles ties by a draw: type the published seed."),
    "seed-is-fixed": _("The seed was fixed by the first ranking and cannot be changed."),
    "nothing-to-rank": _("No application has been sent yet."),
}
REASONS: dict[str, Words] = {
    **{str(key): said for key, said in TIES.items()},
    **{str(key): said for key, said in OBJECTIONS.items()},
    **{str(key): said for key, said in OTHERS.items()},
    **{str(key): said for key, said in STOPS.items()},
    **{str(key): said for key, said in BARS.items()},
    **{str(key): said for key, said in DRAWS.items()},
    **{str(key): said for key, said in STAGES.items()},
    **{str(key): said for key, said in GUEST_BARS.items()},
}


def reason(code: str) -> str:
    """The sentence of a refusal's reason."""
    return str(REASONS[code])


def fault(code: str, names: Mapping[str, str]) -> str:
    """The sentence of a fault on a criterion, given as `fault:criterion`."""
    kind, _colon, criterion = code.partition(":")
    return f"{names.get(criterion, criterion)}: {FAULTS[Fault(kind)]}"
