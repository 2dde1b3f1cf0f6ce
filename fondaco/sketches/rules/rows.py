"""Rows of a sketch among their neighbours: short names, and where up and down lead."""

from collections.abc import Iterator, Mapping
from typing import Any

from fondaco.sketches.rules.places import MARK, Data, pattern_of, row_in, table_at

OVER_TABLES = frozenset({"form.section.*.question"})
"""Tables of which there are several, whose rows may move from one to the next."""


def tables_like(data: Mapping[str, Any], place: str) -> list[str]:
    """The places of all tables of the same kind, in their order."""
    return list(_tables(data, pattern_of(place).split("."), ""))


def _tables(value: Any, steps: list[str], place: str) -> Iterator[str]:
    if not steps:
        yield place
        return
    step, *rest = steps
    if step == "*":
        for row in value if isinstance(value, list) else ():
            yield from _tables(row, rest, f"{place}.{MARK}{row[MARK]}")
    else:
        inner = value.get(step) if isinstance(value, Mapping) else None
        yield from _tables(inner, rest, f"{place}.{step}" if place else step)


def free_code(data: Mapping[str, Any], table: str, code: str) -> str:
    """The short name, or one like it that no row of such tables has."""
    taken = _taken(data, table)
    number, found = 2, code
    while found in taken:
        found, number = f"{code}-{number}", number + 1
    return found


def _taken(data: Mapping[str, Any], table: str) -> set[Any]:
    """The short names that a new row of the table must not have."""
    is_over = pattern_of(table) in OVER_TABLES
    near = tables_like(data, table) if is_over else [table]
    return {one.get("code") for place in near for one in table_at(data, place)}


def coded(data: Mapping[str, Any], table: str, row: Mapping[str, Any], stem: str) -> Data:
    """The row with a short name that no row of such tables has: stem-1, stem-2 and so on."""
    taken, number = _taken(data, table), 1
    while f"{stem}-{number}" in taken:
        number += 1
    return {**row, "code": f"{stem}-{number}"}


def neighbour(data: Mapping[str, Any], table: str, row: str, by_rows: int) -> tuple[str, str]:
    """Where a row comes one step up or down: the table, and the row behind which it stands."""
    rows = table_at(data, table)
    position = row_in(rows, row)
    others = [one[MARK] for one in rows if one[MARK] != row]
    goal = position + by_rows
    if 0 <= goal <= len(others):
        return table, others[goal - 1] if goal else ""
    return _beyond(data, table, row, by_rows, others)


def _beyond(
    data: Mapping[str, Any], table: str, row: str, by_rows: int, others: list[str]
) -> tuple[str, str]:
    """Past the edge: the end of the table before, the head of the one after, or nowhere."""
    near = tables_like(data, table) if pattern_of(table) in OVER_TABLES else [table]
    goal = near.index(table) + by_rows
    if not 0 <= goal < len(near):
        return table, (others[-1] if others else "") if by_rows > 0 else ""
    rows = table_at(data, near[goal])
    return near[goal], rows[-1][MARK] if by_rows < 0 and rows else ""
