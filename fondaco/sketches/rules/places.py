"""Where things stand in a sketch: `call.rule.~3.value` is a value of the row that is marked 3.

A sketch is the data of a call's folder: `call`, `form`, `about`, `letters`. Each row of a table
carries a mark under the key `~`, so that two officers speak of the same row wherever it moved.
"""

from collections.abc import Iterator, Mapping
from typing import Any

MARK = "~"
Data = dict[str, Any]


class NotThere(LookupError):
    """The place names a row or a table that is not in the sketch any more."""


def marked(data: Mapping[str, Any]) -> Data:
    """The data with a mark for each row; `~` at the root counts how many were given."""
    given = iter(range(1, 10**9))
    found = _marked({key: kept for key, kept in data.items() if key != MARK}, given)
    return {**found, MARK: next(given) - 1}


def _marked(value: Any, given: Iterator[int]) -> Any:
    if isinstance(value, Mapping):
        return {key: _marked(kept, given) for key, kept in value.items() if key != MARK}
    if isinstance(value, list):
        return [_marked_row(kept, given) for kept in value]
    return value


def _marked_row(value: Any, given: Iterator[int]) -> Any:
    """Rows are marked in the order in which they are read, those inside after their own."""
    if not isinstance(value, Mapping):
        return value
    mark = str(next(given))
    return {MARK: mark, **_marked(value, given)}


def bare(value: Any) -> Any:
    """The data as a file says it, without marks; a text that says nothing is left out."""
    if isinstance(value, Mapping):
        kept = {key: bare(inner) for key, inner in value.items() if key != MARK}
        return {key: inner for key, inner in kept.items() if inner not in (None, "", {})}
    if isinstance(value, list):
        return [bare(inner) for inner in value]
    return value


def pattern_of(place: str) -> str:
    """The place with a star for each row: what all rows of the table have in common."""
    return ".".join("*" if step.startswith(MARK) else step for step in place.split("."))


def row_in(rows: list[Any], mark: str) -> int:
    """Where the row of that mark stands among its neighbours; raises `NotThere`."""
    for position, row in enumerate(rows):
        if isinstance(row, Mapping) and row.get(MARK) == mark:
            return position
    raise NotThere(mark)


def _step(value: Any, step: str) -> Any:
    if step.startswith(MARK):
        if not isinstance(value, list):
            raise NotThere(step)
        return value[row_in(value, step.removeprefix(MARK))]
    return value.get(step) if isinstance(value, Mapping) else None


def value_at(data: Mapping[str, Any], place: str) -> Any:
    """What stands at the place; None where nothing does. Raises `NotThere` for a lost row."""
    value: Any = data
    for step in place.split("."):
        value = _step(value, step)
    return value


def table_at(data: Mapping[str, Any], place: str) -> list[Any]:
    """The rows of a table; none where it has none yet."""
    rows = value_at(data, place)
    return rows if isinstance(rows, list) else []


def numbered(data: Mapping[str, Any], place: tuple[str | int, ...]) -> str:
    """The place that a check names by positions, with the marks of its rows."""
    value: Any = data
    steps: list[str] = []
    for step in place:
        if isinstance(step, int):
            is_row = isinstance(value, list) and step < len(value)
            value = value[step] if is_row else None
            if not isinstance(value, Mapping):
                break
            steps.append(f"{MARK}{value.get(MARK, '')}")
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
            steps.append(step)
    return ".".join(steps)
