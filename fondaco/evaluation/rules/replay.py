"""A ranking as plain values and back, so that anybody can compute it again from what was kept."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypedDict, cast

from fondaco.calls.states import Scale, Support
from fondaco.evaluation.rules.marks import CriterionTerms
from fondaco.evaluation.rules.ranking import Candidate, Line, Step, Terms, ranking
from fondaco.kernel.plain import plain


class PlainCriterion(TypedDict):
    """A line of the grid as it is kept."""

    code: str
    points: str | None
    weight: str
    threshold: str | None


class PlainTerms(TypedDict):
    """The terms as they are kept."""

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


class PlainCandidate(TypedDict):
    """An application's part of the facts as it is kept."""

    code: str
    is_eligible: bool | None
    submitted_at: str
    asked_cents: int | None
    sheets: list[dict[str, str]]


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
    )


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
        )
        for line in kept
    )


def plain_terms(terms: Terms) -> PlainTerms:
    """The terms as they are kept."""
    return cast(PlainTerms, plain(terms))


def plain_candidates(candidates: tuple[Candidate, ...]) -> list[PlainCandidate]:
    """The applications as they are kept, by their numbers."""
    return cast(list[PlainCandidate], plain(sorted(candidates, key=lambda one: one.code)))


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
