"""Groups: rows that are added, moved and taken away; each cell is an answer with a key of its own.

The key of a cell is `group.row.column`; `group.row` says at which place the row stands, and is
empty where the row was taken away. So two people can write into one group at the same time.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fondaco.questionnaires.rules.schema import Question

DOT = "."
FIRST = "r"
"""The rows that everybody finds in an empty group are called alike: r1, r2 …"""
MOST_ROWS = 60
ROW = re.compile(r"[a-z0-9]{1,12}")
_RANK = re.compile(r"[0-9]{1,6}")


class Move(StrEnum):
    """What can be done with a row of a group."""

    ADD = "add"
    REMOVE = "remove"
    PUT_BACK = "put-back"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was typed, with its place; a row that was taken away keeps what it said."""

    code: str
    rank: int
    cells: Mapping[str, str]
    is_removed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into it."""
        return not any(text.strip() for text in self.cells.values())


def head_of(key: str) -> str:
    """The question that a key belongs to."""
    return key.partition(DOT)[0]


def row_key(group: str, row: str) -> str:
    """The key of the place of a row."""
    return f"{group}{DOT}{row}"


def cell_key(group: str, row: str, column: str) -> str:
    """The key of a cell."""
    return f"{group}{DOT}{row}{DOT}{column}"


def keys_of(question: Question, keys: Iterable[str]) -> dict[str, Question | None]:
    """Those of the keys that belong to a group, each with its column; None for a row's place."""
    columns = {column.code: column for column in question.columns if column.formula is None}
    found: dict[str, Question | None] = {}
    for key in keys:
        head, _dot, rest = key.partition(DOT)
        if head != question.code or not rest:
            continue
        row, _dot, column = rest.partition(DOT)
        if ROW.fullmatch(row) and (not column or column in columns):
            found[key] = columns.get(column)
    return found


def all_rows(question: Question, answers: Mapping[str, object]) -> list[Row]:
    """Every row of a group in its order, those that were taken away at their old end."""
    places: dict[str, str] = {}
    cells: dict[str, dict[str, str]] = {}
    for key, column in keys_of(question, answers).items():
        row, typed = key.split(DOT)[1], str(answers[key] or "")
        if column is None:
            places[row] = typed
        else:
            cells.setdefault(row, {})[column.code] = typed
    rows = [
        Row(row, _rank(place), cells.get(row, {}), is_removed=not place)
        for row, place in (dict.fromkeys(cells, "") | places).items()
    ]
    return sorted(rows, key=lambda row: (row.is_removed, row.rank, row.code))


def _rank(place: str) -> int:
    return int(place) if _RANK.fullmatch(place) else 0


def rows_in(question: Question, answers: Mapping[str, object]) -> list[Row]:
    """The rows that count: those that were not taken away and say something."""
    return [row for row in all_rows(question, answers) if not row.is_removed and not row.is_empty]


def rows_asked(question: Question, answers: Mapping[str, object]) -> list[Row]:
    """The rows as the page shows them: with empty ones until there are as many as must be."""
    rows = all_rows(question, answers)
    standing, known = [row for row in rows if not row.is_removed], {row.code for row in rows}
    rank, number = max([row.rank for row in standing], default=0), 0
    while len(standing) < max(1, int(question.at_least or 1)):
        number += 1
        if (code := f"{FIRST}{number}") in known:
            continue
        rank += 1
        standing.append(Row(code, rank, {}))
    return [*standing, *(row for row in rows if row.is_removed and not row.is_empty)]


def changed(
    question: Question, answers: Mapping[str, object], move: Move, row: str, *, new: str = ""
) -> dict[str, str]:
    """What doing something with a row changes, by key; nothing where it cannot be done.

    `new` is the code of a row that is added.
    """
    rows = rows_asked(question, answers)
    standing = [one.code for one in rows if not one.is_removed]
    order = _reordered(standing, move, row, new, is_full=len(standing) >= most_rows(question))
    if order is None:
        return {}
    was = {one.code: str(one.rank) for one in rows if not one.is_removed}
    places = {code: str(place) for place, code in enumerate(order, 1)}
    places |= {code: "" for code in standing if code not in places}
    return {
        row_key(question.code, code): place
        for code, place in places.items()
        if was.get(code) != place
    }


def most_rows(question: Question) -> int:
    """How many rows a group may have."""
    return min(int(question.at_most or MOST_ROWS), MOST_ROWS)


def _reordered(
    order: list[str], move: Move, row: str, new: str, *, is_full: bool
) -> list[str] | None:
    if move in {Move.ADD, Move.PUT_BACK}:
        code = new if move == Move.ADD else row
        return None if is_full or code in order or not ROW.fullmatch(code) else [*order, code]
    if row not in order:
        return None
    place, rest = order.index(row), [code for code in order if code != row]
    if move == Move.REMOVE:
        return rest
    to = max(0, place - 1) if move == Move.UP else min(len(rest), place + 1)
    return [*rest[:to], row, *rest[to:]]
