"""Questions that are ready come into the form of a sketch: blocks, the bank, what was pasted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from fondaco.directory.models import Person
from fondaco.kernel.decisions import Refused
from fondaco.sketches.phrases.questions import FORM
from fondaco.sketches.rules.edits import Add, Edit, Put, new_row
from fondaco.sketches.rules.places import MARK, Data, NotThere, table_at, value_at
from fondaco.sketches.rules.refusals import Reason
from fondaco.sketches.rules.rows import free_code
from fondaco.sketches.selectors import locked_sketch
from fondaco.sketches.services.keeping import revise

SECTIONS = FORM.parts[0].place


@transaction.atomic
def insert_questions(
    call_id: int,
    section: str,
    questions: Sequence[Mapping[str, Any]],
    *,
    by: Person,
    at: datetime,
) -> int:
    """Put questions at the end of a section, with short names that are free; how many.

    One undo takes them out again. Raises `Refused` where the section is gone.
    """
    sketch = locked_sketch(call_id)
    place = f"{SECTIONS}.{MARK}{section}"
    try:
        value_at(sketch.content, place)
    except NotThere as gone:
        raise Refused(Reason.ROW_IS_GONE) from gone
    table = f"{place}.question"
    rows = table_at(sketch.content, table)
    edits = _added(sketch.content, table, questions, rows[-1][MARK] if rows else "")
    revise(sketch, edits, by=by, at=at)
    return len(questions)


@transaction.atomic
def insert_sections(
    call_id: int, sections: Sequence[Mapping[str, Any]], *, by: Person, at: datetime
) -> int:
    """Put sections with their questions at the end of the form; how many questions."""
    sketch = locked_sketch(call_id)
    rows = table_at(sketch.content, SECTIONS)
    named = [
        {**section, "question": _coded(sketch.content, section["question"])} for section in sections
    ]
    edits = _added(sketch.content, SECTIONS, named, rows[-1][MARK] if rows else "")
    revise(sketch, edits, by=by, at=at)
    return sum(len(section["question"]) for section in named)


def _coded(content: Data, questions: Sequence[Mapping[str, Any]]) -> list[Data]:
    """The questions with short names that no question of the form has."""
    return [
        {**row, "code": free_code(content, f"{SECTIONS}.*.question", str(row["code"]))}
        for row in questions
    ]


def _added(content: Data, table: str, rows: Sequence[Mapping[str, Any]], behind: str) -> list[Edit]:
    """The edits that put rows behind one another, each with marks of its own."""
    given, edits = int(content.get(MARK, 0)), list[Edit]()
    for row in rows:
        named = {**row, "code": free_code(content, table, str(row["code"]))}
        added, after = new_row({**content, MARK: given}, named)
        edits.append(Add(table, added, behind))
        behind, given = added[MARK], after
    return [Put(MARK, content.get(MARK, 0), given), *edits]
