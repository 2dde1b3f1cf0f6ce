"""Questions that are asked all day: their SQL is written once, and not again for each asking.

Writing the SQL of one row with its relations costs Django several times what PostgreSQL needs to
answer it. A `Prepared` query is an ordinary query set with gaps (`Given`); the first asking writes
it, the next ones put their values into the gaps.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, cast

from django.db import connection, models
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Params = list[Any]
Row = TypeVar("Row")


class Given(Expression):
    """A gap in a query, by the name under which its value is given; it is of the field's kind."""

    def __init__(self, name: str, field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """A gap; itself stands among the values until it is asked."""
        return "%s", [self]


def number(name: str) -> Given:
    """A gap for a whole number, such as the key of a row."""
    return Given(name, models.BigIntegerField())


def text(name: str) -> Given:
    """A gap for text."""
    return Given(name, models.TextField())


def moment(name: str) -> Given:
    """A gap for a moment, aware of its zone."""
    return Given(name, models.DateTimeField())


@dataclass(frozen=True, slots=True)
class _Shape:
    """A query as one kind of database is asked, and how its rows become what they stand for."""

    sql: str
    params: Params
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]
    hydrate: Callable[[list[Any]], Any]
    locks: bool


class Prepared(Generic[Row]):
    """A query that is written once in a process; `build` makes the query set with its gaps.

    Relations by `select_related`, fields by `only`, or plain values; neither prefetches nor
    annotations.
    """

    known: "ClassVar[list[Prepared[Any]]]" = []

    def __init__(self, build: Callable[[], models.QuerySet[Any, Row]]) -> None:
        self._build = build
        self._shapes: dict[str, _Shape] = {}
        self.known.append(self)

    def all(self, **given: object) -> list[Row]:
        """Every row; raises `KeyError` where a gap is not filled."""
        shape = self._shapes.get(connection.vendor) or self._written()
        if shape.locks and connection.get_autocommit():
            raise TransactionManagementError("A row is locked within a transaction only.")
        asked: Any = [_filled(value, given) for value in shape.params]
        with connection.cursor() as cursor:
            cursor.execute(shape.sql, asked)
            rows = cursor.fetchall()
        return [shape.hydrate(_converted(row, shape)) for row in rows]

    def first(self, **given: object) -> Row | None:
        """The first row, if any; limit the query to one where it could find more."""
        return next(iter(self.all(**given)), None)

    def one(self, **given: object) -> Row:
        """The one row there must be; raises the model's own `DoesNotExist` where there is none."""
        found = self.all(**given)
        if not found:
            raise self._build().model.DoesNotExist(f"No row for {given}.")
        return found[0]

    def _written(self) -> _Shape:
        query = self._build().query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        converters = [
            (at, tuple(found), column)
            for at, (found, column) in compiler.get_converters(columns).items()
        ]
        locks = bool(query.select_for_update) and connection.features.has_select_for_update
        shape = _Shape(sql, list(params), converters, _hydrating(compiler), locks)
        self._shapes[connection.vendor] = shape
        return shape

    @classmethod
    def forget(cls) -> None:
        """Write every query anew, for whoever changed how queries are made."""
        for prepared in cls.known:
            prepared._shapes.clear()  # noqa: SLF001


def is_fetched(thing: models.Model, name: str) -> bool:
    """Whether the rows of a relation were fetched with the thing already."""
    return name in getattr(thing, "_prefetched_objects_cache", {})


def related(thing: models.Model, name: str, rows: Prepared[Row], **given: object) -> list[Row]:
    """The rows of a relation: those fetched with the thing already, else what `rows` finds."""
    if is_fetched(thing, name):
        return list(getattr(thing, name).all())
    return rows.all(**given)


def keep_fetched(thing: models.Model, name: str, rows: list[Any]) -> None:
    """Keep the rows of a relation with the thing, as a prefetch does."""
    related = getattr(thing, name).all()
    vars(related).update(_result_cache=rows, _prefetch_done=True)
    fetched: dict[str, Any] = thing.__dict__.setdefault("_prefetched_objects_cache", {})
    fetched[name] = related


def _filled(value: object, given: dict[str, object]) -> object:
    if not isinstance(value, Given):
        return value
    field = value.output_field
    return field.get_db_prep_value(given[value.name], connection, prepared=False)


def _converted(row: Sequence[Any], shape: _Shape) -> list[Any]:
    values = list(row)
    for at, found, column in shape.converters:
        value = values[at]
        for convert in found:
            value = convert(value, column, connection)
        values[at] = value
    return values


def _hydrating(compiler: SQLCompiler) -> Callable[[list[Any]], Any]:
    """How a row becomes an instance with its relations; a row of plain values stays a tuple."""
    about = compiler.klass_info
    if about is None or not compiler.query.default_cols:
        return tuple
    fields: list[int] = about["select_fields"]
    begin, end = fields[0], fields[-1] + 1
    model: type[models.Model] = about["model"]
    names = [cast(Any, column).target.attname for column, *_ in compiler.select[begin:end]]
    populators = get_related_populators(about, compiler.select, connection.alias)  # type: ignore[call-arg]

    def hydrate(row: list[Any]) -> models.Model:
        made = model.from_db(connection.alias, names, row[begin:end])
        for populator in populators:
            populator.populate(row, made)
        return made

    return hydrate
