"""A ranking as plain values and back, so that anybody can compute it again from what was kept."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, NotRequired, TypedDict, cast

from fondaco.calls.states import Next, Over, Scale, Support
from fondaco.evaluation.rules.funds import Ceilings, Part, Unit
from fondaco.evaluation.rules.marks import CriterionTerms
from fondaco.evaluation.rules.ranking import Candidate, Line, Step, Terms, ranking
from fondaco.kernel.plain import plain


class PlainCriterion(TypedDict):
    """A line of the grid as it is kept."""

    code: str
    points: str | None
    weight: str
    threshold: str | None


class PlainPart(TypedDict):
    """An envelope or a quota as it is kept."""

    code: str
    unit: str
    most: int | None
    least: int | None
    is_closed: bool


class PlainCeilings(TypedDict):
    """The ceilings of an organisation as they are kept."""

    in_call: int | None
    in_programme: int | None
    over: str


class PlainTerms(TypedDict):
    """The terms as they are kept; what a call does not use is left out."""

    scale: str
    criteria: list[PlainCriterion]
    experts: int
    threshold: str | None
    tie_breaks: list[str]
    seed: str
    support: str
    amount_cents: int | None
    total_cents: int | None
    places: int | None
    percent: NotRequired[str]
    least_cents: NotRequired[int]
    parts: NotRequired[list[PlainPart]]
    ceilings: NotRequired[PlainCeilings]
    most: NotRequired[int]
    then: NotRequired[str]


class PlainCandidate(TypedDict):
    """An application's part of the facts as it is kept."""

    code: str
    is_eligible: bool | None
    submitted_at: str
    asked_cents: int | None
    sheets: list[dict[str, str]]
    organisation: NotRequired[str]
    parts: NotRequired[list[str]]
    had_cents: NotRequired[int]
    given_cents: NotRequired[int]
    receipt: NotRequired[str]


class PlainStep(TypedDict):
    """A step as it is kept."""

    code: str
    numbers: dict[str, str | int]


class PlainLine(TypedDict):
    """A line of the ranking as it is kept; score and total are exact fractions."""

    code: str
    group: str
    score: str | None
    total: str | None
    place: int | None
    position: int | None
    amount_cents: int | None
    steps: list[PlainStep]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def terms_of(kept: PlainTerms) -> Terms:
    """The terms that were kept."""
    return Terms(
        scale=Scale(kept["scale"]),
        criteria=tuple(
            CriterionTerms(
                line["code"],
                _decimal(line["points"]),
                Decimal(line["weight"]),
                _decimal(line["threshold"]),
            )
            for line in kept["criteria"]
        ),
        experts=kept["experts"],
        threshold=_fraction(kept["threshold"]),
        tie_breaks=tuple(kept["tie_breaks"]),
        seed=kept["seed"],
        support=Support(kept["support"]),
        amount_cents=kept["amount_cents"],
        total_cents=kept["total_cents"],
        places=kept["places"],
        percent=_decimal(kept.get("percent")),
        least_cents=kept.get("least_cents"),
        parts=tuple(
            Part(one["code"], Unit(one["unit"]), one["most"], one["least"], one["is_closed"])
            for one in kept.get("parts", ())
        ),
        ceilings=_ceilings(kept.get("ceilings")),
        most=kept.get("most"),
        then=Next(kept.get("then", Next.REFUSED)),
    )


def _ceilings(kept: PlainCeilings | None) -> Ceilings:
    if kept is None:
        return Ceilings()
    return Ceilings(kept["in_call"], kept["in_programme"], Over(kept["over"]))


def candidates_of(kept: list[PlainCandidate]) -> tuple[Candidate, ...]:
    """The applications that were kept."""
    return tuple(
        Candidate(
            code=line["code"],
            is_eligible=line["is_eligible"],
            submitted_at=datetime.fromisoformat(line["submitted_at"]),
            asked_cents=line["asked_cents"],
            sheets=tuple(
                {code: Fraction(mark) for code, mark in sheet.items()} for sheet in line["sheets"]
            ),
            organisation=line.get("organisation", ""),
            parts=tuple(line.get("parts", ())),
            had_cents=line.get("had_cents", 0),
            given_cents=line.get("given_cents", 0),
            receipt=line.get("receipt", ""),
        )
        for line in kept
    )


LATER_TERMS = ("percent", "least_cents", "parts", "ceilings", "most", "then")
LATER_FACTS = ("organisation", "parts", "had_cents", "given_cents", "receipt")
UNUSED: tuple[object, ...] = (None, [], "", 0, Next.REFUSED.value, plain(Ceilings()))


def _used(kept: dict[str, Any], later: tuple[str, ...]) -> dict[str, Any]:
    """Without what says nothing: a ranking made before these words existed stays the same."""
    return {name: said for name, said in kept.items() if name not in later or said not in UNUSED}


def plain_terms(terms: Terms) -> PlainTerms:
    """The terms as they are kept."""
    return cast(PlainTerms, _used(cast(dict[str, Any], plain(terms)), LATER_TERMS))


def plain_candidates(candidates: tuple[Candidate, ...]) -> list[PlainCandidate]:
    """The applications as they are kept, by their numbers."""
    ordered = sorted(candidates, key=lambda one: one.code)
    kept = cast(list[dict[str, Any]], plain(ordered))
    return cast(list[PlainCandidate], [_used(line, LATER_FACTS) for line in kept])


def _plain_step(step: Step) -> PlainStep:
    return {"code": step.code.value, "numbers": dict(step.numbers)}


def plain_lines(lines: tuple[Line, ...]) -> list[PlainLine]:
    """The list as it is kept."""
    return [
        {
            "code": line.code,
            "group": line.group.value,
            "score": _text(line.score),
            "total": _text(line.total),
            "place": line.place,
            "position": line.position,
            "amount_cents": line.amount_cents,
            "steps": [_plain_step(step) for step in line.steps],
        }
        for line in lines
    ]


def replayed(facts: list[PlainCandidate], terms: PlainTerms) -> list[PlainLine]:
    """The list computed again from what was kept."""
    return plain_lines(ranking(terms_of(terms), candidates_of(facts)))


def rounded(exact: str | None, digits: int = 2) -> Decimal | None:
    """An exact fraction as a decimal, half up."""
    if exact is None:
        return None
    scaled = Fraction(exact) * 10**digits
    whole = (scaled + Fraction(1, 2)).__floor__()
    return Decimal(whole).scaleb(-digits)
