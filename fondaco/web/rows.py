"""Making the rows of a thing say what a list says: some added, some changed, some taken away."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Manager, Model, QuerySet

Row = TypeVar("Row", bound=Model)


def align(
    rows: Manager[Row] | QuerySet[Row], key: str, wanted: Sequence[Mapping[str, Any]]
) -> dict[Any, Row]:
    """Add, change and remove until `rows` are exactly `wanted`, told apart by the field `key`.

    `key` may name several fields, with spaces between. `rows` is a related manager, so that a new
    row belongs to the same thing. Rows that already say the right thing are not written. Returns
    the rows by the first field of their key.
    """
    names = key.split()
    present = {tuple(getattr(row, name) for name in names): row for row in rows.all()}
    kept: dict[Any, Row] = {}
    for fields in wanted:
        row = present.pop(tuple(fields[name] for name in names), None)
        kept[fields[names[0]]] = rows.create(**fields) if row is None else _changed(row, fields)
    for row in present.values():
        row.delete()
    return kept


def _changed(row: Row, fields: Mapping[str, Any]) -> Row:
    different = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, fields[name])
    if different:
        row.save(update_fields=different)
    return row
