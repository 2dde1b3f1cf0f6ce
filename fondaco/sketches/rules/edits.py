"""Edits of a sketch: each says what was there before, so that each can be undone."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from typing import Any

from fondaco.sketches.rules.places import (
    MARK,
    Data,
    NotThere,
    marked,
    row_in,
    table_at,
    value_at,
)


@dataclass(frozen=True, slots=True)
class Put:
    """A value takes the place of another; None says that nothing stood or stands there."""

    place: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Add:
    """A row comes into a table behind the row marked `behind`; empty: it comes first."""

    place: str
    row: Data
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Remove:
    """A row goes out of a table; it stood behind the row marked `behind`."""

    place: str
    row: Data
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A row moves within its table, from behind one row to behind another."""

    place: str
    mark: str
    before: str
    after: str


Edit = Put | Add | Remove | Move
KINDS: dict[str, type[Edit]] = {"put": Put, "add": Add, "remove": Remove, "move": Move}


def written(edit: Edit) -> Data:
    """The edit as plain data, to be kept."""
    return {"do": type(edit).__name__.lower(), **asdict(edit)}


def read(data: Mapping[str, Any]) -> Edit:
    """The edit that was kept."""
    return KINDS[data["do"]](**{key: kept for key, kept in data.items() if key != "do"})


def applied(data: Mapping[str, Any], edit: Edit) -> Data:
    """The sketch after the edit; raises `NotThere` where its row or table is gone."""
    changed: Data = deepcopy(dict(data))
    match edit:
        case Put():
            _put(changed, edit.place, edit.after)
        case Add():
            rows = _rows(changed, edit.place)
            rows.insert(_behind(rows, edit.behind), deepcopy(edit.row))
        case Remove():
            rows = _rows(changed, edit.place)
            rows.pop(row_in(rows, edit.row[MARK]))
        case Move():
            rows = _rows(changed, edit.place)
            row = rows.pop(row_in(rows, edit.mark))
            rows.insert(_behind(rows, edit.after), row)
    return changed


def inverse(edit: Edit) -> Edit:
    """The edit that takes this one back."""
    match edit:
        case Put():
            return Put(edit.place, edit.after, edit.before)
        case Add():
            return Remove(edit.place, edit.row, edit.behind)
        case Remove():
            return Add(edit.place, edit.row, edit.behind)
        case Move():
            return Move(edit.place, edit.mark, edit.after, edit.before)


def stands_in_the_way(data: Mapping[str, Any], edit: Edit) -> bool:
    """Whether the edit would take away what somebody wrote since it was thought of."""
    try:
        match edit:
            case Put():
                return bool(value_at(data, edit.place) != edit.before)
            case Remove():
                rows = table_at(data, edit.place)
                return bool(rows[row_in(rows, edit.row[MARK])] != edit.row)
            case Add():
                _parent(data, edit.place)
            case Move():
                row_in(table_at(data, edit.place), edit.mark)
    except NotThere:
        return True
    return False


def joined(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit] | None:
    """Two edits of one value as one, the second typed on from the first; None otherwise."""
    if len(first) != 1 or len(second) != 1:
        return None
    one, two = first[0], second[0]
    if isinstance(one, Put) and isinstance(two, Put) and one.place == two.place:
        return [Put(one.place, one.before, two.after)]
    return None


def new_row(data: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[Data, int]:
    """A row with marks of its own, and how many the sketch has given then."""
    given = int(data.get(MARK, 0))
    own = marked({"row": [dict(row)]})
    return _shifted(own["row"][0], given), given + int(own[MARK])


def _shifted(value: Any, by: int) -> Any:
    if isinstance(value, Mapping):
        return {
            key: str(int(kept) + by) if key == MARK else _shifted(kept, by)
            for key, kept in value.items()
        }
    return [_shifted(kept, by) for kept in value] if isinstance(value, list) else value


def _behind(rows: list[Any], mark: str) -> int:
    """Where a row comes behind another; at the end, where that other one is gone."""
    if not mark:
        return 0
    try:
        return row_in(rows, mark) + 1
    except NotThere:
        return len(rows)


def _parent(data: Mapping[str, Any], place: str) -> Any:
    above, _dot, _name = place.rpartition(".")
    return value_at(data, above) if above else data


def _put(data: Data, place: str, value: Any) -> None:
    """A value that goes takes with it what held nothing else."""
    holder: Any = data
    *above, last = place.split(".")
    passed = list[tuple[Any, str]]()
    for step in above:
        passed.append((holder, step))
        if step.startswith(MARK):
            holder = holder[row_in(holder, step.removeprefix(MARK))]
            continue
        if not isinstance(holder.get(step), dict | list):
            holder[step] = {}
        holder = holder[step]
    if value is not None:
        holder[last] = deepcopy(value)
        return
    holder.pop(last, None)
    for outer, step in reversed(passed):
        if not isinstance(outer, dict) or outer.get(step) != {}:
            break
        del outer[step]


def _rows(data: Data, place: str) -> list[Any]:
    rows = value_at(data, place)
    if isinstance(rows, list):
        return rows
    _put(data, place, [])
    found: list[Any] = value_at(data, place)
    return found
