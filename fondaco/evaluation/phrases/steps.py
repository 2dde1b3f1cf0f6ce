"""The words of the steps of a ranking, in the terms of one call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fondaco.calls.models import Call, Envelope, Quota
from fondaco.calls.phrases import part_name
from fondaco.evaluation.phrases.marks import figure
from fondaco.evaluation.phrases.reasons import Words
from fondaco.evaluation.rules.ranking import CODE, DRAW, EARLIEST, StepCode
from fondaco.evaluation.rules.replay import PlainLine, PlainStep
from fondaco.web import words

Numbers = Mapping[str, str | int]
Sayer = Callable[[Numbers, "Speaker"], str]
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
    parts: Mapping[str, str]

    @classmethod
    def of(cls, call: Call) -> "Speaker":
        """The speaker of a call, in the reader's language."""
        parts: list[Envelope | Quota] = [*call.envelopes.all(), *call.quotas.all()]
        return cls(
            criteria={line.code: words.say(line.name).text for line in call.criteria.all()},
            rules={rule.code: words.say(rule.says).text for rule in call.rules.all()},
            currency=call.currency,
            parts={part.code: part_name(part.name, part.fact, part.value) for part in parts},
        )

    def named(self, code: str) -> str:
        """The name of a criterion, or of another way to settle a tie."""
        return str(TIE_ORDERS.get(code) or self.criteria.get(code, code))

    def amount(self, cents: str | int) -> str:
        """Cents in words."""
        return words.amount(int(cents), self.currency)


def _said_in_part(sentence: Words) -> Sayer:
    """A step about an envelope or a quota, which it names."""
    return lambda numbers, speaker: (
        str(sentence)
        % {
            "part": speaker.parts.get(str(numbers["part"]), str(numbers["part"])),
            "position": words.number(int(numbers.get("position", 0))),
            "most": words.number(int(numbers.get("most", 0))),
            "amount": speaker.amount(numbers.get("amount", 0)),
            "left": speaker.amount(numbers.get("left", 0)),
        }
    )


def _said_ceiling(numbers: Numbers, speaker: Speaker) -> str:
    """The arithmetic of a ceiling: what is had already, what is left."""
    said = {name: speaker.amount(numbers[name]) for name in ("amount", "had", "ceiling", "left")}
    if numbers["where"] == "programme":
        return gettext(
            "One organisation may get %(ceiling)s over all calls of the programme; this one has "
            "%(had)s, so that %(left)s are left for the %(amount)s it asks for."
        ) % {**said}
    return gettext(
        "One organisation may get %(ceiling)s in this call; this one has %(had)s, so that "
        "%(left)s are left for the %(amount)s it asks for."
    ) % {**said}


def _said_cut(numbers: Numbers, speaker: Speaker) -> str:
    return f"{_said_ceiling(numbers, speaker)} {gettext('The award is cut to what is left.')}"


def _said_least(numbers: Numbers, speaker: Speaker) -> str:
    return gettext("%(amount)s is less than %(least)s, the least that the call pays.") % {
        "amount": speaker.amount(numbers["amount"]),
        "least": speaker.amount(numbers["least"]),
    }


def _said_too_many(numbers: Numbers, _speaker: Speaker) -> str:
    return gettext(
        "The organisation sent %(sent)s applications; the call allows %(most)s, and refuses all "
        "of an organisation that sends more."
    ) % {"sent": words.number(int(numbers["sent"])), "most": words.number(int(numbers["most"]))}


def _said_best(numbers: Numbers, _speaker: Speaker) -> str:
    return gettext("Of each organisation only the best are kept: %(most)s.") % {
        "most": words.number(int(numbers["most"]))
    }


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
    StepCode.NO_MONEY_IN_PART: _said_in_part(
        _("%(part)s: %(amount)s are needed, %(left)s are left in this envelope.")
    ),
    StepCode.NO_PLACE_IN_PART: _said_in_part(
        _("%(part)s: all places of this quota are given (%(most)s).")
    ),
    StepCode.BEHIND_IN_PART: _said_in_part(_("%(part)s: behind the line of this part.")),
    StepCode.PART_CLOSED: _said_in_part(_("%(part)s: this quota is not open yet.")),
    StepCode.WAITS_IN_PART: _said_in_part(
        _("%(part)s: number %(position)s on the reserve list of this part.")
    ),
    StepCode.KEPT_FOR_OTHERS: _always(_("What is left is kept for an envelope or a quota.")),
    StepCode.OVER_CEILING: _said_ceiling,
    StepCode.CUT_TO_CEILING: _said_cut,
    StepCode.BELOW_LEAST: _said_least,
    StepCode.TOO_MANY: _said_too_many,
    StepCode.NOT_AMONG_BEST: _said_best,
    StepCode.RULE: _said_rule,
    StepCode.SAID: lambda numbers, _speaker: str(numbers["text"]),
}


def step_in_words(step: PlainStep, speaker: Speaker) -> str:
    """One step of a ranking, or one reason of an outcome, as a sentence."""
    return SAYERS[StepCode(step["code"])](step["numbers"], speaker)


def steps_in_words(line: PlainLine, speaker: Speaker) -> list[str]:
    """How a line came to its place."""
    return [step_in_words(step, speaker) for step in line["steps"]]
