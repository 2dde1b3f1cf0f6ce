"""The envelopes and quotas of a ranking as its page shows them: how much is given, who waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from fondaco.evaluation.models import Ranking
from fondaco.evaluation.phrases import Speaker
from fondaco.evaluation.rules.funds import Unit
from fondaco.evaluation.rules.replay import PlainCandidate, PlainLine, PlainPart
from fondaco.evaluation.states import Group
from fondaco.web import words


@dataclass(frozen=True, slots=True)
class RankedPart:
    """One part in words: its bounds, what the list gives out of it, who waits, in order."""

    name: str
    most: str
    least: str
    given: str
    waiting: tuple[str, ...]
    is_closed: bool


def ranked_parts(ranking: Ranking) -> list[RankedPart]:
    """Every part of the ranking, envelopes first."""
    parts: Sequence[PlainPart] = ranking.terms.get("parts", ())
    if not parts:
        return []
    facts: Sequence[PlainCandidate] = ranking.facts
    members = {line["code"]: frozenset(line.get("parts", ())) for line in facts}
    speaker = Speaker.of(ranking.call)
    return [
        _shown(
            part, [line for line in ranking.lines if part["code"] in members[line["code"]]], speaker
        )
        for part in parts
    ]


def _shown(part: PlainPart, lines: Sequence[PlainLine], speaker: Speaker) -> RankedPart:
    is_money = part["unit"] == Unit.MONEY
    awarded = [line for line in lines if line["group"] == Group.AWARDED]
    given = sum(line["amount_cents"] or 0 for line in awarded) if is_money else len(awarded)
    waiting = [line for line in lines if line["group"] == Group.RESERVE]

    def said(number: int | None) -> str:
        if number is None:
            return ""
        return speaker.amount(number) if is_money else words.number(number)

    return RankedPart(
        name=speaker.parts.get(part["code"], part["code"]),
        most=said(part["most"]),
        least=said(part["least"]),
        given=said(given),
        waiting=tuple(line["code"] for line in waiting),
        is_closed=part["is_closed"],
    )
