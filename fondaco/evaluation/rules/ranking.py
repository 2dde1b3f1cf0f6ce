"""The ranking of a call: locked marks, thresholds, ties and the envelope, exact to the last digit.

Nothing depends on the order in which anything is given; every line keeps the steps that made it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from fondaco.calls.rules.support import SupportTerms
from fondaco.calls.rules.support import amount_of as sum_of
from fondaco.calls.states import Next, Scale, Support
from fondaco.evaluation.rules.funds import Ceilings, Claim, Fund, Numbers, Part
from fondaco.evaluation.rules.giving import Giving
from fondaco.evaluation.rules.marks import CriterionTerms
from fondaco.evaluation.states import Group

EARLIEST, DRAW, CODE = "earliest", "draw", "code"


class StepCode(StrEnum):
    """One step from the marks to the place, with its numbers."""

    NOT_ELIGIBLE = "not-eligible"
    NOT_ADMITTED_YET = "not-admitted-yet"
    SHEETS = "sheets"
    MARK = "mark"
    CRITERION_SHORT = "criterion-short"
    TOTAL = "total"
    TOTAL_SHORT = "total-short"
    SCORE = "score"
    TIE = "tie"
    AMOUNT = "amount"
    AMOUNT_UNKNOWN = "amount-unknown"
    NO_MONEY = "no-money"
    NO_PLACE = "no-place"
    BEHIND_THE_LINE = "behind-the-line"
    NO_MONEY_IN_PART = "no-money-in-part"
    NO_PLACE_IN_PART = "no-place-in-part"
    BEHIND_IN_PART = "behind-in-part"
    KEPT_FOR_OTHERS = "kept-for-others"
    PART_CLOSED = "part-closed"
    WAITS_IN_PART = "waits-in-part"
    OVER_CEILING = "over-ceiling"
    CUT_TO_CEILING = "cut-to-ceiling"
    BELOW_LEAST = "below-least"
    TOO_MANY = "too-many"
    NOT_AMONG_BEST = "not-among-best"
    RULE = "rule"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, in a code and numbers; the words stand in `phrases`."""

    code: StepCode
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Terms:
    """What the call says about its ranking."""

    scale: Scale
    criteria: tuple[CriterionTerms, ...]
    experts: int
    threshold: Fraction | None = None
    tie_breaks: tuple[str, ...] = ()
    seed: str = ""
    support: Support = Support.NONE
    amount_cents: int | None = None
    total_cents: int | None = None
    places: int | None = None
    percent: Decimal | None = None
    least_cents: int | None = None
    parts: tuple[Part, ...] = ()
    ceilings: Ceilings = field(default_factory=Ceilings)
    most: int | None = None
    then: Next = Next.REFUSED


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application as the ranking sees it; each sheet holds one evaluator's locked marks.

    `is_eligible` None: the officer has not decided on its admission yet. `had_cents` is what the
    organisation got in other calls of the programme, `given_cents` by earlier cut-offs of this one,
    `parts` the envelopes and quotas it is in.
    `receipt` is what stands in the published list of a draw.
    """

    code: str
    is_eligible: bool | None
    submitted_at: datetime
    asked_cents: int | None = None
    sheets: tuple[Mapping[str, Fraction], ...] = ()
    organisation: str = ""
    parts: tuple[str, ...] = ()
    had_cents: int = 0
    given_cents: int = 0
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Where an application stands, and why."""

    code: str
    group: Group
    score: Fraction | None = None
    total: Fraction | None = None
    place: int | None = None
    position: int | None = None
    amount_cents: int | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    """A candidate with its means; `group` is set where it is out already."""

    candidate: Candidate
    means: Mapping[str, Fraction]
    total: Fraction
    score: Fraction
    steps: tuple[Step, ...]
    group: Group | None = None


def exact(value: Fraction) -> str:
    """A fraction as text that loses nothing: `27/2`, `13`."""
    return str(value)


def drawn(seed: str, code: str) -> str:
    """The lot of an application: SHA-256 over the published seed and its number, in hexadecimal."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def _mean(code: str, sheets: Iterable[Mapping[str, Fraction]]) -> Fraction:
    values = [sheet[code] for sheet in sheets]
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)


def _weight(terms: Terms, criterion: CriterionTerms) -> Fraction:
    return Fraction(criterion.weight) if terms.scale == Scale.ZERO_TO_FIVE else Fraction(1)


def _complete(terms: Terms, candidate: Candidate) -> tuple[Mapping[str, Fraction], ...]:
    codes = {criterion.code for criterion in terms.criteria}
    return tuple(sheet for sheet in candidate.sheets if codes <= set(sheet))


def _criterion_steps(terms: Terms, means: Mapping[str, Fraction]) -> Iterable[Step]:
    for criterion in terms.criteria:
        mean = means[criterion.code]
        said: Numbers = {"criterion": criterion.code, "mean": exact(mean)}
        yield Step(StepCode.MARK, said)
        if criterion.threshold is not None and mean < Fraction(criterion.threshold):
            least = exact(Fraction(criterion.threshold))
            yield Step(StepCode.CRITERION_SHORT, {**said, "threshold": least})


def _total_steps(terms: Terms, total: Fraction, score: Fraction) -> Iterable[Step]:
    yield Step(StepCode.TOTAL, {"total": exact(total)})
    if terms.threshold is not None and total < terms.threshold:
        yield Step(
            StepCode.TOTAL_SHORT, {"total": exact(total), "threshold": exact(terms.threshold)}
        )
    if score != total:
        yield Step(StepCode.SCORE, {"score": exact(score)})


SHORT = frozenset({StepCode.CRITERION_SHORT, StepCode.TOTAL_SHORT})


def _not_admitted(candidate: Candidate) -> _Judged:
    """Out before any mark counts: not eligible, or not yet found to be."""
    is_open = candidate.is_eligible is None
    code = StepCode.NOT_ADMITTED_YET if is_open else StepCode.NOT_ELIGIBLE
    group = Group.NOT_ASSESSED if is_open else Group.NOT_ELIGIBLE
    return _Judged(candidate, {}, Fraction(0), Fraction(0), (Step(code, {}),), group)


def _judged(terms: Terms, candidate: Candidate) -> _Judged:
    """The means, the total, the score, and whether a threshold is missed."""
    sheets = _complete(terms, candidate)
    counted = Step(StepCode.SHEETS, {"locked": len(sheets), "experts": terms.experts})
    nothing = Fraction(0)
    if not candidate.is_eligible:
        return _not_admitted(candidate)
    if len(sheets) < terms.experts:
        return _Judged(candidate, {}, nothing, nothing, (counted,), Group.NOT_ASSESSED)
    if not sheets:
        return _Judged(candidate, {}, nothing, nothing, ())
    means = {criterion.code: _mean(criterion.code, sheets) for criterion in terms.criteria}
    total = sum(means.values(), nothing)
    score = sum((means[line.code] * _weight(terms, line) for line in terms.criteria), nothing)
    steps = (
        counted,
        *_criterion_steps(terms, means),
        *_total_steps(terms, total, score),
    )
    group = Group.BELOW_THRESHOLD if SHORT & {step.code for step in steps} else None
    return _Judged(candidate, means, total, score, steps, group)


def _tie_orders(terms: Terms) -> tuple[str, ...]:
    """What settles ties, in order; at last the time of submission, then the number."""
    last = tuple(name for name in (EARLIEST, CODE) if name not in terms.tie_breaks)
    return (*terms.tie_breaks, *last)


def _tie_value(name: str, terms: Terms, one: _Judged) -> Fraction | datetime | str:
    """Smaller comes first."""
    if name == EARLIEST:
        return one.candidate.submitted_at
    if name == DRAW:
        return drawn(terms.seed, one.candidate.receipt or one.candidate.code)
    if name == CODE:
        return one.candidate.code
    return -one.means.get(name, Fraction(0))


def _key(terms: Terms, one: _Judged) -> tuple[object, ...]:
    settled = (_tie_value(name, terms, one) for name in _tie_orders(terms))
    return (-one.score, *settled)


def _tie_step(terms: Terms, one: _Judged, other: _Judged) -> Step:
    """What put `one` before or behind `other`, which has the same score."""
    settled_by = next(
        name
        for name in _tie_orders(terms)
        if _tie_value(name, terms, one) != _tie_value(name, terms, other)
    )
    is_named = "yes" if settled_by in terms.tie_breaks else "no"
    return Step(
        StepCode.TIE, {"with": other.candidate.code, "by": settled_by, "is_named": is_named}
    )


def _ties(terms: Terms, ordered: list[_Judged]) -> dict[str, tuple[Step, ...]]:
    """For each line, how the tie with its neighbours was settled."""
    found: dict[str, tuple[Step, ...]] = {}
    for one, other in pairwise(ordered):
        if one.score == other.score:
            for left, right in ((one, other), (other, one)):
                code = left.candidate.code
                found[code] = (*found.get(code, ()), _tie_step(terms, left, right))
    return found


def amount_of(terms: Terms, candidate: Candidate) -> int | None:
    """What an award would cost, before any ceiling of the organisation."""
    support = SupportTerms(terms.support, terms.amount_cents, terms.percent)
    return sum_of(support, candidate.asked_cents)


def claim_of(terms: Terms, candidate: Candidate) -> Claim:
    """The award that an application asks for."""
    return Claim(
        code=candidate.code,
        organisation=candidate.organisation,
        cents=amount_of(terms, candidate),
        parts=frozenset(candidate.parts),
        had_cents=candidate.had_cents,
        given_cents=candidate.given_cents,
    )


def _giving(terms: Terms) -> Giving:
    parts = {part.code: part for part in terms.parts}
    return Giving(
        Fund(terms.total_cents, terms.places, parts),
        terms.ceilings,
        least=terms.least_cents,
        best=terms.most if terms.then == Next.BEST else None,
    )


def _placed(terms: Terms, giving: Giving, one: _Judged, place: int, ties: tuple[Step, ...]) -> Line:
    settled = giving.settle(claim_of(terms, one.candidate))
    steps = (Step(StepCode(note.limit.value), note.numbers) for note in settled.notes)
    return Line(
        code=one.candidate.code,
        group=settled.group,
        score=one.score,
        total=one.total,
        place=place,
        position=settled.position,
        amount_cents=None if terms.support == Support.NONE else settled.cents,
        steps=(*one.steps, *ties, *steps),
    )


def _out(one: _Judged, group: Group) -> Line:
    is_scored = group == Group.BELOW_THRESHOLD
    return Line(
        code=one.candidate.code,
        group=group,
        score=one.score if is_scored else None,
        total=one.total if is_scored else None,
        steps=one.steps,
    )


def _sent_too_many(terms: Terms, candidates: Iterable[Candidate]) -> dict[str, int]:
    """The organisations that lose all their applications for having sent too many."""
    if terms.most is None or terms.then != Next.ALL_REFUSED:
        return {}
    sent = Counter(one.organisation for one in candidates if one.organisation)
    return {code: number for code, number in sent.items() if number > terms.most}


def _judged_among(terms: Terms, candidate: Candidate, too_many: Mapping[str, int]) -> _Judged:
    sent = too_many.get(candidate.organisation)
    if sent is None:
        return _judged(terms, candidate)
    step = Step(StepCode.TOO_MANY, {"sent": sent, "most": terms.most or 0})
    return _Judged(candidate, {}, Fraction(0), Fraction(0), (step,), Group.NOT_ELIGIBLE)


def ranking(terms: Terms, candidates: Iterable[Candidate]) -> tuple[Line, ...]:
    """Every application with its group, place and steps: main list, reserve, and who is out."""
    all_sent = list(candidates)
    too_many = _sent_too_many(terms, all_sent)
    judged = [_judged_among(terms, candidate, too_many) for candidate in all_sent]
    ordered = sorted(judged, key=lambda one: _key(terms, one))
    standing = [one for one in ordered if one.group is None]
    ties = _ties(terms, standing)
    giving = _giving(terms)
    giving.fund.expect(claim_of(terms, one.candidate) for one in standing)
    lines = [
        _placed(terms, giving, one, place, ties.get(one.candidate.code, ()))
        for place, one in enumerate(standing, start=1)
    ]
    order = list(Group)
    out = [_out(one, one.group) for one in ordered if one.group is not None]
    return (*lines, *sorted(out, key=lambda line: order.index(line.group)))
