"""Keeping what officers type in a sketch: each save is one revision that can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.files.selectors.plain import call_data
from fondaco.kernel.decisions import Refused
from fondaco.sketches.models import Revision, Sketch
from fondaco.sketches.rules import edits as rules
from fondaco.sketches.rules.edits import Add, Edit, Move, Put, Remove
from fondaco.sketches.rules.places import (
    MARK,
    NotThere,
    marked,
    pattern_of,
    row_in,
    table_at,
    value_at,
)
from fondaco.sketches.rules.rebase import rebased
from fondaco.sketches.rules.refusals import Reason
from fondaco.sketches.rules.rows import coded, neighbour
from fondaco.sketches.rules.typed import mark
from fondaco.sketches.selectors import (
    last_of,
    locked_sketch,
    revision,
    sketch_of,
    to_redo,
    to_undo,
)

GOES_ON = timedelta(minutes=1)
"""Typing in one field that goes on within this time is one edit."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A value that somebody changed while I typed another."""

    place: str
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Kept:
    """What a save did: the places that changed, and those that clashed and were left."""

    changed: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()


@transaction.atomic
def opened_sketch(call: Call, *, at: datetime) -> tuple[Sketch, list[str]]:
    """The sketch of the call, begun or brought up to what stands.

    Also the places where both changed: there the sketch keeps its own.
    """
    standing = call_data(call)
    if sketch_of(call) is None:
        Sketch.objects.get_or_create(
            call=call, defaults={"content": marked(standing), "base": standing, "edited_at": at}
        )
    sketch = locked_sketch(call.pk)
    if sketch.base == standing:
        return sketch, []
    sketch.content, kept = rebased(sketch.content, sketch.base, standing)
    sketch.base, sketch.edited_at = standing, at
    sketch.save(update_fields=["content", "base", "edited_at"])
    sketch.revisions.all().delete()
    return sketch, kept


@transaction.atomic
def keep_typed(
    call_id: int,
    values: Mapping[str, Any],
    was: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
) -> Kept:
    """Put values at their places; `was` marks what the page showed there.

    Where somebody else wrote meanwhile, the sketch stays as it is and the clash is given back.
    """
    sketch = locked_sketch(call_id)
    puts, clashes = list[Edit](), list[Clash]()
    for place, value in values.items():
        try:
            stands = value_at(sketch.content, place)
        except NotThere:
            clashes.append(Clash(place, value, None))
            continue
        if mark(value) == mark(stands):
            continue
        if mark(stands) not in was.get(place, mark(None)).split():
            clashes.append(Clash(place, value, stands))
        else:
            puts.append(Put(place, stands, value))
    if puts:
        revise(sketch, puts, by=by, at=at)
    return Kept(tuple(edit.place for edit in puts), tuple(clashes))


@transaction.atomic
def add_row(
    call_id: int,
    table: str,
    row: Mapping[str, Any],
    *,
    code: str = "",
    behind: str | None = None,
    by: Person,
    at: datetime,
) -> str:
    """Add a row to a table, at the end or behind another; the mark of the new row.

    With `code` the row gets a short name that no row of such tables has.
    """
    sketch = locked_sketch(call_id)
    named = coded(sketch.content, table, row, code) if code else dict(row)
    added, given = rules.new_row(sketch.content, named)
    rows = table_at(sketch.content, table)
    last = rows[-1][MARK] if rows else ""
    edits: list[Edit] = [
        Put(MARK, sketch.content.get(MARK, 0), given),
        Add(table, added, last if behind is None else behind),
    ]
    revise(sketch, edits, by=by, at=at)
    return str(added[MARK])


@transaction.atomic
def remove_row(call_id: int, table: str, row: str, *, by: Person, at: datetime) -> None:
    """Take a row out; the undo brings it back whole. Raises `Refused` where it is gone."""
    sketch = locked_sketch(call_id)
    rows, position = _found(sketch, table, row)
    behind = rows[position - 1][MARK] if position else ""
    revise(sketch, [Remove(table, rows[position], behind)], by=by, at=at)


@transaction.atomic
def copy_row(
    call_id: int, table: str, row: str, *, code: str = "", by: Person, at: datetime
) -> str:
    """Add a copy of a row behind it; the mark of the copy."""
    rows, position = _found(locked_sketch(call_id), table, row)
    return add_row(call_id, table, rows[position], code=code, behind=row, by=by, at=at)


@transaction.atomic
def shift_row(call_id: int, table: str, row: str, by_rows: int, *, by: Person, at: datetime) -> str:
    """Move a row up (-1) or down (1); from the edge of its table into the next one of its kind.

    Returns the table where it stands now.
    """
    sketch = locked_sketch(call_id)
    _found(sketch, table, row)
    goal, behind = neighbour(sketch.content, table, row, by_rows)
    _place(sketch, table, row, goal, behind, by=by, at=at)
    return goal


@transaction.atomic
def place_row(
    call_id: int, table: str, row: str, *, goal: str, behind: str, by: Person, at: datetime
) -> None:
    """Move a row behind another one, of this table or of another of its kind.

    Raises `Refused` where the row is gone, or the other table is of another kind.
    """
    if pattern_of(table) != pattern_of(goal):
        raise Refused(Reason.ROW_IS_GONE)
    _place(locked_sketch(call_id), table, row, goal, behind, by=by, at=at)


def _place(
    sketch: Sketch, table: str, row: str, goal: str, behind: str, *, by: Person, at: datetime
) -> None:
    rows, position = _found(sketch, table, row)
    before = rows[position - 1][MARK] if position else ""
    if table == goal:
        edits: list[Edit] = [Move(table, row, before, behind)] if before != behind else []
    else:
        edits = [Remove(table, rows[position], before), Add(goal, rows[position], behind)]
    if edits and behind != row:
        revise(sketch, edits, by=by, at=at)


@transaction.atomic
def undo(call_id: int, *, by: Person, at: datetime) -> tuple[str, ...]:
    """Take back the last edit of the person; the places that changed.

    Raises `Refused` where there is none, or where somebody wrote there since.
    """
    sketch = locked_sketch(call_id)
    last = to_undo(sketch, by.pk)
    if last is None:
        raise Refused(Reason.NOTHING_TO_UNDO)
    back = _taken_back(sketch, last)
    last.is_undone = True
    last.save(update_fields=["is_undone"])
    _record(sketch, back, by=by, at=at, undoes=last.number)
    return tuple(edit.place for edit in back)


@transaction.atomic
def redo(call_id: int, *, by: Person, at: datetime) -> tuple[str, ...]:
    """Do again what the person took back last; the places that changed."""
    sketch = locked_sketch(call_id)
    last = to_redo(sketch, by.pk)
    if last is None or last.undoes is None:
        raise Refused(Reason.NOTHING_TO_REDO)
    back = _taken_back(sketch, last)
    edit = revision(sketch, last.undoes)
    last.is_undone, edit.is_undone = True, False
    last.save(update_fields=["is_undone"])
    edit.save(update_fields=["is_undone"])
    _record(sketch, back, by=by, at=at, undoes=last.number, is_undone=True)
    return tuple(edit.place for edit in back)


def _taken_back(sketch: Sketch, last: Revision) -> list[Edit]:
    """What takes a revision back, put into the sketch; raises `Refused` where it cannot be."""
    back = [rules.inverse(rules.read(one)) for one in reversed(last.edits)]
    content = sketch.content
    for edit in back:
        if isinstance(edit, Put) and edit.place == MARK:
            continue
        if rules.stands_in_the_way(content, edit):
            raise Refused(Reason.CHANGED_SINCE)
        content = rules.applied(content, edit)
    sketch.content = content
    return [edit for edit in back if edit.place != MARK]


def _found(sketch: Sketch, table: str, row: str) -> tuple[list[Any], int]:
    try:
        rows = table_at(sketch.content, table)
        return rows, row_in(rows, row)
    except NotThere as gone:
        raise Refused(Reason.ROW_IS_GONE) from gone


def revise(sketch: Sketch, edits: Sequence[Edit], *, by: Person, at: datetime) -> None:
    """Put the edits into the sketch; typing that goes on in one field stays one revision."""
    content = sketch.content
    for edit in edits:
        content = rules.applied(content, edit)
    sketch.content = content
    last = last_of(sketch)
    if last and last.by_id == by.pk and last.undoes is None and at - last.at <= GOES_ON:
        joined = rules.joined([rules.read(one) for one in last.edits], edits)
        if joined is not None:
            last.edits, last.at = [rules.written(edit) for edit in joined], at
            last.save(update_fields=["edits", "at"])
            _keep(sketch, at)
            return
    _record(sketch, edits, by=by, at=at)


def _record(
    sketch: Sketch,
    edits: Sequence[Edit],
    *,
    by: Person,
    at: datetime,
    undoes: int | None = None,
    is_undone: bool = False,
) -> None:
    sketch.number += 1
    Revision.objects.create(
        sketch=sketch,
        number=sketch.number,
        edits=[rules.written(edit) for edit in edits],
        by=by,
        at=at,
        undoes=undoes,
        is_undone=is_undone,
    )
    _keep(sketch, at)


def _keep(sketch: Sketch, at: datetime) -> None:
    sketch.edited_at = at
    sketch.save(update_fields=["content", "number", "edited_at"])
