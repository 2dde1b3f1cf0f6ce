"""The words of an evaluation: states, reasons, steps of a ranking, what marks mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fondaco.calls.models import Call
from fondaco.calls.phrases import REASONS as CALL_REASONS
from fondaco.calls.rules.opening import Reason as CallReason
from fondaco.evaluation.rules.assignment import Unplaced
from fondaco.evaluation.rules.conflicts import Tie
from fondaco.evaluation.rules.consent import Awaited, Objection
from fondaco.evaluation.rules.decisions import Stop
from fondaco.evaluation.rules.marks import Fault
from fondaco.evaluation.rules.ranking import CODE, DRAW, EARLIEST, StepCode
from fondaco.evaluation.rules.redress import Bar
from fondaco.evaluation.rules.replay import PlainLine, PlainStep, rounded
from fondaco.evaluation.states import (
    AssignmentState,
    DecisionState,
    Group,
    RedressAction,
    RedressState,
)
from fondaco.web import words

Words = str | Promise
Numbers = Mapping[str, str | int]

ASSIGNMENT_STATES: dict[AssignmentState, Words] = {
    AssignmentState.ASSIGNED: _("To be accepted"),
    AssignmentState.ACCEPTED: _("In work"),
    AssignmentState.CONFLICTED: _("Given back for a conflict"),
    AssignmentState.LOCKED: pgettext_lazy("marks", "Locked"),
    AssignmentState.RELEASED: _("Taken back"),
}
ASSIGNMENT_TONES = {
    AssignmentState.ASSIGNED: "soon",
    AssignmentState.ACCEPTED: "told",
    AssignmentState.CONFLICTED: "late",
    AssignmentState.LOCKED: "open",
    AssignmentState.RELEASED: "neutral",
}
DECISION_STATES: dict[DecisionState, Words] = {
    DecisionState.PROPOSED: pgettext_lazy("decision", "Proposed"),
    DecisionState.CONFIRMED: pgettext_lazy("decision", "Confirmed"),
    DecisionState.DROPPED: pgettext_lazy("decision", "Given up"),
}
DECISION_TONES = {
    DecisionState.PROPOSED: "soon",
    DecisionState.CONFIRMED: "open",
    DecisionState.DROPPED: "neutral",
}
REDRESS_STATES: dict[RedressState, Words] = {
    RedressState.ASKED: pgettext_lazy("redress", "Waits for an answer"),
    RedressState.WITHDRAWN: pgettext_lazy("redress", "Taken back"),
    RedressState.INADMISSIBLE: pgettext_lazy("redress", "Not admissible"),
    RedressState.DISMISSED: pgettext_lazy("redress", "The decision stands"),
    RedressState.UPHELD: pgettext_lazy("redress", "To be decided anew"),
}
REDRESS_TONES = {
    RedressState.ASKED: "soon",
    RedressState.WITHDRAWN: "neutral",
    RedressState.INADMISSIBLE: "late",
    RedressState.DISMISSED: "neutral",
    RedressState.UPHELD: "open",
}
REDRESS_ACTIONS: dict[RedressAction, Words] = {
    RedressAction.WITHDRAW: _("Take the request back"),
    RedressAction.FIND_INADMISSIBLE: _("Not admissible: too late, or no ground that the call has"),
    RedressAction.DISMISS: _("Admissible, but no mistake was found: the decision stands"),
    RedressAction.UPHOLD: _("A mistake was made: the decision on this application is opened again"),
}
GROUPS: dict[Group, Words] = {
    Group.AWARDED: _("Awarded"),
    Group.RESERVE: _("Reserve list"),
    Group.NOT_FUNDED: _("Good, but not funded"),
    Group.BELOW_THRESHOLD: _("Below a threshold"),
    Group.NOT_ELIGIBLE: _("Not eligible"),
    Group.NOT_ASSESSED: _("Not assessed yet"),
}
GROUP_TONES = {
    Group.AWARDED: "open",
    Group.RESERVE: "soon",
    Group.NOT_FUNDED: "neutral",
    Group.BELOW_THRESHOLD: "late",
    Group.NOT_ELIGIBLE: "late",
    Group.NOT_ASSESSED: "neutral",
}
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
}
SCORE_WORDS: tuple[tuple[int, Words, Words], ...] = (
    (0, _("Cannot be judged"), _("The answer misses the question, or too much is not said.")),
    (1, _("Poor"), _("The question is hardly answered, or there are grave weaknesses.")),
    (2, _("Fair"), _("Answered in outline, with serious weaknesses.")),
    (3, _("Good"), _("Answered well, with several weaknesses.")),
    (4, _("Very good"), _("Answered very well, with a few small weaknesses.")),
    (5, _("Excellent"), _("Everything asked for is answered; what is missing does not matter.")),
)
TIE_ORDERS: dict[str, Words] = {
    EARLIEST: _("the time of submission"),
    DRAW: _("the draw"),
    CODE: _("the number of the application"),
}
EVALUATION_NAMED = _("Evaluation of %(number)s")
PANEL_NAMED = _("Panel")
RANKING_NAMED = _("Ranking %(number)s")
VERB_KINDS = {
    "panel": _("Panel"),
    "assignment": _("Evaluations"),
    "ranking": _("Ranking"),
    "decision": _("Decisions"),
    "redress": _("Redress"),
}
VERB_DETAILS = {"decision.dropped": lambda data, zone: str(data["why"])}
VERBS: dict[str, Words] = {
    "panel.seated": _("An evaluator was put on the panel"),
    "panel.unseated": _("An evaluator left the panel"),
    "assignment.made": _("A file was given to an evaluator"),
    "assignment.accepted": _("An evaluator declared no conflict and accepted the file"),
    "assignment.conflict-declared": _("An evaluator gave the file back for a conflict"),
    "assignment.locked": _("An evaluator locked the marks"),
    "assignment.reopened": _("An officer reopened locked marks"),
    "assignment.released": _("A file was taken back"),
    "assignment.given-back": _("A file was given back: the decision it was taken for is given up"),
    "ranking.made": _("A ranking was made"),
    "decision.proposed": _("A decision was proposed"),
    "decision.approved": _("Somebody said yes to the decision"),
    "decision.confirmed": _("The decision was confirmed"),
    "decision.dropped": _("The decision was given up"),
    "decision.reopened": _("Redress opened the decision on an application again"),
    "redress.asked": _("Redress was asked for"),
    "redress.withdrawn": _("The request for redress was taken back"),
    "redress.answered": _("A request for redress was answered"),
    "decision.renounced": _("An applicant withdrew and renounced what was awarded or kept ready"),
}


def reason(code: str) -> str:
    """The sentence of a refusal's reason."""
    return str(REASONS[code])


def fault(code: str, names: Mapping[str, str]) -> str:
    """The sentence of a fault on a criterion, given as `fault:criterion`."""
    kind, _colon, criterion = code.partition(":")
    return f"{names.get(criterion, criterion)}: {FAULTS[Fault(kind)]}"


def figure(exact: str | int) -> str:
    """An exact number as people read it, two decimals at most."""
    return words.number(rounded(str(exact)) or Decimal(0))


@dataclass(frozen=True, slots=True)
class Speaker:
    """What the steps of one call need to be said: names of criteria and rules, the currency."""

    criteria: Mapping[str, str]
    rules: Mapping[str, str]
    currency: str

    @classmethod
    def of(cls, call: Call) -> "Speaker":
        """The speaker of a call, in the reader's language."""
        return cls(
            criteria={line.code: words.say(line.name).text for line in call.criteria.all()},
            rules={rule.code: words.say(rule.says).text for rule in call.rules.all()},
            currency=call.currency,
        )

    def named(self, code: str) -> str:
        """The name of a criterion, or of another way to settle a tie."""
        return str(TIE_ORDERS.get(code) or self.criteria.get(code, code))

    def amount(self, cents: str | int) -> str:
        """Cents in words."""
        return words.amount(int(cents), self.currency)


def _said_tie(numbers: Numbers, speaker: Speaker) -> str:
    said = {"other": numbers["with"], "by": speaker.named(str(numbers["by"]))}
    if numbers.get("is_named") == "no":
        return gettext(
            "The same score as %(other)s; the call names nothing that settles it, so %(by)s did."
        ) % {**said}
    return gettext("The same score as %(other)s; settled by %(by)s.") % {**said}


def _said_amount(numbers: Numbers, speaker: Speaker) -> str:
    if "amount" not in numbers:
        return gettext("Within what the call can give.")
    if "left" not in numbers:
        return speaker.amount(numbers["amount"])
    return gettext("%(amount)s; %(left)s are left in the envelope.") % {
        "amount": speaker.amount(numbers["amount"]),
        "left": speaker.amount(numbers["left"]),
    }


def _said_mark(numbers: Numbers, speaker: Speaker) -> str:
    return f"{speaker.named(str(numbers['criterion']))}: {figure(numbers['mean'])}"


def _said_criterion_short(numbers: Numbers, speaker: Speaker) -> str:
    return gettext("%(criterion)s: %(mean)s, below the threshold of %(threshold)s.") % {
        "criterion": speaker.named(str(numbers["criterion"])),
        "mean": figure(numbers["mean"]),
        "threshold": figure(numbers["threshold"]),
    }


def _said_no_money(numbers: Numbers, speaker: Speaker) -> str:
    return gettext("%(amount)s are needed, %(left)s are left: here the money ends.") % {
        "amount": speaker.amount(numbers["amount"]),
        "left": speaker.amount(numbers["left"]),
    }


def _said_sheets(numbers: Numbers, _speaker: Speaker) -> str:
    locked = int(numbers["locked"])
    return ngettext(
        "%(locked)s evaluator has locked the marks; the call asks for %(experts)s.",
        "%(locked)s evaluators have locked their marks; the call asks for %(experts)s.",
        locked,
    ) % {"locked": words.number(locked), "experts": words.number(int(numbers["experts"]))}


def _said_total_short(numbers: Numbers, _speaker: Speaker) -> str:
    return gettext("In all %(total)s, below the threshold of %(threshold)s.") % {
        "total": figure(numbers["total"]),
        "threshold": figure(numbers["threshold"]),
    }


def _said_total(numbers: Numbers, _speaker: Speaker) -> str:
    return gettext("In all %(total)s.") % {"total": figure(numbers["total"])}


def _said_score(numbers: Numbers, _speaker: Speaker) -> str:
    return gettext("With weights %(score)s.") % {"score": figure(numbers["score"])}


def _said_rule(numbers: Numbers, speaker: Speaker) -> str:
    return speaker.rules.get(str(numbers["rule"]), str(numbers["rule"]))


Sayer = Callable[[Numbers, Speaker], str]


def _always(words: Words) -> Sayer:
    """A step that is said the same whatever its numbers."""
    return lambda _numbers, _speaker: str(words)


SAYERS: dict[StepCode, Sayer] = {
    StepCode.NOT_ELIGIBLE: _always(_("Not eligible.")),
    StepCode.NOT_ADMITTED_YET: _always(_("Whether it is eligible is not decided yet.")),
    StepCode.SHEETS: _said_sheets,
    StepCode.MARK: _said_mark,
    StepCode.CRITERION_SHORT: _said_criterion_short,
    StepCode.TOTAL: _said_total,
    StepCode.TOTAL_SHORT: _said_total_short,
    StepCode.SCORE: _said_score,
    StepCode.TIE: _said_tie,
    StepCode.AMOUNT: _said_amount,
    StepCode.AMOUNT_UNKNOWN: _always(
        _("The application does not say how much it asks for: here the list ends.")
    ),
    StepCode.NO_MONEY: _said_no_money,
    StepCode.NO_PLACE: _always(_("All places are given: here the list ends.")),
    StepCode.BEHIND_THE_LINE: _always(_("Behind the line of the money.")),
    StepCode.RULE: _said_rule,
    StepCode.SAID: lambda numbers, _speaker: str(numbers["text"]),
}


def step_in_words(step: PlainStep, speaker: Speaker) -> str:
    """One step of a ranking, or one reason of an outcome, as a sentence."""
    return SAYERS[StepCode(step["code"])](step["numbers"], speaker)


def steps_in_words(line: PlainLine, speaker: Speaker) -> list[str]:
    """How a line came to its place."""
    return [step_in_words(step, speaker) for step in line["steps"]]


def unplaced_in_words(lack: Unplaced) -> str:
    """Why a file did not find its evaluators."""
    return gettext(
        "%(file)s lacks %(lacks)s: %(tied)s on the panel are tied to it, %(full)s have no room."
    ) % {
        "file": lack.file,
        "lacks": words.number(lack.lacks),
        "tied": words.number(lack.tied),
        "full": words.number(lack.full),
    }


def awaited_in_words(awaited: Awaited, partners: Mapping[str, str]) -> list[str]:
    """Who must still say yes."""
    if awaited.partners:
        return [partners.get(code, code) for code in awaited.partners]
    if not awaited.people:
        return []
    return [
        ngettext("one more person who decides", "%(number)s people who decide", awaited.people)
        % {"number": words.number(awaited.people)}
    ]


def exact_in_words(exact: str | None) -> str:
    """A score: as a decimal, and as the exact fraction where the decimal is cut."""
    if exact is None:
        return ""
    value = Fraction(exact)
    shown = figure(exact)
    return shown if value.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100) else f"≈ {shown}"
