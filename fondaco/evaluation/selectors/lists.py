"""A ranking as its page and its export show it: every line with its steps in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from fondaco.applications.models import Application
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


def shown_lines(ranking: Ranking, *, search: str = "") -> list[ShownLine]:
    """The ranking in words, found by number or applicant; the line of the money is marked."""
    call = ranking.call
    speaker = Speaker.of(call)
    applications = names_in(call)
    sheets = _sheets(ranking, speaker)
    lines: Sequence[PlainLine] = ranking.lines
    first_reserve = next((one["code"] for one in lines if one["group"] == Group.RESERVE), "")
    shown = [
        _shown(line, applications[line["code"]], speaker, sheets, first_reserve) for line in lines
    ]
    wanted = search.lower().split()
    return [line for line in shown if all(word in _text_of(line) for word in wanted)]


def _text_of(line: ShownLine) -> str:
    return f"{line.application.code} {line.application.organisation.name}".lower()


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
                        "" if mark.value is None else f"{mark.value.normalize():f}",
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


def table_of(ranking: Ranking) -> list[list[object]]:
    """The ranking as rows of a table, for an export; the first row has the headings."""
    codes = [line["code"] for line in ranking.terms["criteria"]]
    head: list[object] = ["place", "group", "reserve_position", "application", "organisation"]
    head += ["country", "score_exact", "amount", "currency", *codes, "steps"]
    means = {line["code"]: _means(line) for line in ranking.lines}
    kept = {line["code"]: line for line in ranking.lines}
    rows = [head]
    for shown in shown_lines(ranking):
        code = shown.application.code
        cents = shown.amount_cents
        row: list[object] = [shown.place, shown.group, shown.position, code]
        row += [shown.application.organisation.name, shown.application.organisation.country]
        row += [kept[code]["score"], None if cents is None else f"{cents / 100:.2f}"]
        row += [ranking.call.currency, *(means[code].get(one, "") for one in codes)]
        rows.append([*row, " ".join(shown.steps)])
    return rows


def _means(line: PlainLine) -> dict[str, str]:
    return {
        str(step["numbers"]["criterion"]): str(step["numbers"]["mean"])
        for step in line["steps"]
        if step["code"] == "mark"
    }
