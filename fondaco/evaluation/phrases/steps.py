"""The words of the steps of a ranking, in the terms of one call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fondaco.calls.models import Call
from fondaco.evaluation.phrases.marks import figure
from fondaco.evaluation.phrases.reasons import Words
from fondaco.evaluation.rules.ranking import CODE, DRAW, EARLIEST, StepCode
from fondaco.evaluation.rules.replay import PlainLine, PlainStep
from fondaco.web import words

Numbers = Mapping[str, str | int]
TIE_ORDERS: dict[str, Words] = {
    EARLIEST: _("the time of submission"),
    DRAW: _("the draw"),
    CODE: _("the number of the application"),
}


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
