"""A ranking as its page and its export show it: every line with its steps in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fondaco.applications.models import Application
from fondaco.calls.selectors import fetch_parts
from fondaco.directory.models import Person
from fondaco.evaluation.models import Ranking
from fondaco.evaluation.phrases import (
    GROUP_TONES,
    GROUPS,
    Speaker,
    Words,
    exact_in_words,
    steps_in_words,
)
from fondaco.evaluation.rules.replay import PlainLine, replayed
from fondaco.evaluation.selectors.rankings import locked_sheets, names_in
from fondaco.evaluation.states import Group
from fondaco.web import words


@dataclass(frozen=True, slots=True)
class Sheet:
    """The locked marks of one evaluator, for those who run the call."""

    evaluator: Person
    marks: tuple[tuple[str, str, str], ...]
    comment: str
    pk: int


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the ranking in words."""

    application: Application
    group: Group
    said: Words
    tone: str
    place: int | None
    position: int | None
    score: str
    amount_cents: int | None
    steps: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    is_below_the_line: bool


def shown_lines(ranking: Ranking) -> list[ShownLine]:
    """The ranking in words; the line of the money is marked."""
    call = ranking.call
    fetch_parts(call)
    speaker = Speaker.of(call)
    applications = names_in(call)
    sheets = _sheets(ranking, speaker)
    lines: Sequence[PlainLine] = ranking.lines
    first_reserve = next((one["code"] for one in lines if one["group"] == Group.RESERVE), "")
    return [
        _shown(line, applications[line["code"]], speaker, sheets, first_reserve) for line in lines
    ]


def _shown(
    line: PlainLine,
    application: Application,
    speaker: Speaker,
    sheets: dict[int, tuple[Sheet, ...]],
    first_reserve: str,
) -> ShownLine:
    group = Group(line["group"])
    return ShownLine(
        application=application,
        group=group,
        said=GROUPS[group],
        tone=GROUP_TONES[group],
        place=line["place"],
        position=line["position"],
        score=exact_in_words(line["score"]),
        amount_cents=line["amount_cents"],
        steps=tuple(steps_in_words(line, speaker)),
        sheets=sheets.get(application.pk, ()),
        is_below_the_line=line["code"] == first_reserve,
    )


def _sheets(ranking: Ranking, speaker: Speaker) -> dict[int, tuple[Sheet, ...]]:
    found = {}
    for application, kept in locked_sheets(ranking.call).items():
        found[application] = tuple(
            Sheet(
                evaluator=one.evaluator,
                marks=tuple(
                    (
                        speaker.named(mark.criterion),
                        "" if mark.value is None else words.number(mark.value),
                        mark.comment,
                    )
                    for mark in one.marks.all()
                ),
                comment=one.comment,
                pk=one.pk,
            )
            for one in kept
        )
    return found


def is_replayed(ranking: Ranking) -> bool:
    """Whether the list comes out the same when computed again from what was kept."""
    return bool(replayed(ranking.facts, ranking.terms) == ranking.lines)


def exact_scores(ranking: Ranking) -> dict[str, tuple[str | None, Fraction | None]]:
    """The exact score of each application of a ranking, as it is written and as it counts."""
    lines: Sequence[PlainLine] = ranking.lines
    return {
        line["code"]: (line["score"], None if line["score"] is None else Fraction(line["score"]))
        for line in lines
    }


def means_of(ranking: Ranking) -> dict[str, dict[str, str]]:
    """The mean of the marks on each criterion, by application."""
    return {line["code"]: _means(line) for line in ranking.lines}


def _means(line: PlainLine) -> dict[str, str]:
    return {
        str(step["numbers"]["criterion"]): str(step["numbers"]["mean"])
        for step in line["steps"]
        if step["code"] == "mark"
    }
