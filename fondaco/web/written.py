"""Rows that are written all day: the SQL of it is made once, as `prepared` does for questions.

What Django's own `save` does besides is not done here: no signals, no parents of a model.
"""

# ruff: noqa: SLF001 - what a model is made of stands in its `_meta`

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DatabaseError, connection, models
from django.db.transaction import mark_for_rollback_on_error

Field = models.Field[Any, Any]
BY_DATABASE = (models.AutoField, models.BigAutoField)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How rows of a model are written."""

    sql: str
    fields: tuple[Field, ...]


def add(row: models.Model) -> None:
    """Write a new row; its key is the row's afterwards."""
    shape = _adding(type(row))
    values = [_value(row, field, is_new=True) for field in shape.fields]
    with mark_for_rollback_on_error(), connection.cursor() as cursor:
        cursor.execute(shape.sql, values)
        [(row.pk,)] = cursor.fetchall()
    row._state.adding, row._state.db = False, connection.alias


def change(row: models.Model, *names: str) -> None:
    """Write these fields of a row that is there; raises `DatabaseError` where it is not."""
    shape = _changing(type(row), names)
    values = [_value(row, field, is_new=False) for field in shape.fields]
    with mark_for_rollback_on_error(), connection.cursor() as cursor:
        cursor.execute(shape.sql, [*values, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"There is no {row._meta.label} to be changed.")


@cache
def _adding(model: type[models.Model]) -> _Shape:
    own = model._meta.local_concrete_fields
    fields = tuple(field for field in own if not isinstance(field, BY_DATABASE))
    names, gaps = ", ".join(map(_column, fields)), ", ".join("%s" for _field in fields)
    table, key = _quoted(model._meta.db_table), _key(model)
    return _Shape(f"INSERT INTO {table} ({names}) VALUES ({gaps}) RETURNING {key}", fields)  # noqa: S608


@cache
def _changing(model: type[models.Model], names: tuple[str, ...]) -> _Shape:
    found = [model._meta.get_field(name) for name in names]
    fields = tuple(field for field in found if isinstance(field, models.Field))
    gaps = ", ".join(f"{_column(field)} = %s" for field in fields)
    table = _quoted(model._meta.db_table)
    return _Shape(f"UPDATE {table} SET {gaps} WHERE {_key(model)} = %s", fields)  # noqa: S608


def _key(model: type[models.Model]) -> str:
    """The column of the key; every model has one."""
    return ", ".join(_column(field) for field in model._meta.local_fields if field.primary_key)


def _column(field: Field) -> str:
    return _quoted(field.column or "")


def _quoted(name: str) -> str:
    """Both kinds of database quote alike."""
    return connection.ops.quote_name(name)


def _value(row: models.Model, field: Field, *, is_new: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, is_new), connection)
