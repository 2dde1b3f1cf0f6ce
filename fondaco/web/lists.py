"""Lists with everything in their address: search, filters, order, page and export.

A slice says what its list is made of with a `Plan`: columns, filters, and the text that searching
looks at. `listed` answers with what the address asks for, for `web/_list_*.html` to show;
`exported` is the same list as a table for a spreadsheet. The rows are a query, or a sequence that
was made in memory; the order they come in is their order unasked, and what ties are broken by.

A list that can have thousands of rows is left to the database (`Plan.finds`): its columns sort by
fields of a query, words by what is kept beside them (`OrderField`), and only a page is read.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from io import StringIO
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, Q, QuerySet, SlugField, TextField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fondaco.kernel.plain import plain
from fondaco.web.downloads import text_attachment, without_formula
from fondaco.web.words import folded, in_order

ROWS = 25
LONGEST = 80
Words = str | Promise
Rows = QuerySet[Any, Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it sorts by, and its cell in an export."""

    label: Words
    order: Sequence[str] | Callable[[Any], Any] = ()
    """Fields, or the key of a row; a column without them does not sort."""
    cell: Callable[[Any], object] | None = None
    """A column without it is not exported."""
    is_number: bool = False
    is_seen: bool = True
    """Otherwise only a screen reader says the heading, as of a column of buttons."""
    is_shown: bool = True
    """Otherwise the column stands in the export alone."""
    ways: tuple[Words, Words] | None = None
    """What its two orders are called, rising and falling, where they have names of their own."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows a list, by a field or by a test of a row."""

    name: str
    label: Words
    choices: Sequence[tuple[str, Words]]
    keeps: str | Callable[[Any, str], bool]
    everything: Words = ""
    asks: Callable[[str], Q] | None = None
    """What a choice asks of the database, where a field of the query does not say it cheaply."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list is made of, as its slice knows it."""

    file: str
    columns: Mapping[str, Column]
    text: Callable[[Any], str] | None = None
    """What searching looks at in a row."""
    filters: Sequence[Filter] = ()
    first: str = ""
    """The order in which the rows come, if it is that of a column."""
    place: str = ""
    """Tells a second list of a page apart: where it stands, and how its questions begin."""
    title: Words = ""
    """Says which list it is where a page has several."""
    unasked: Words = ""
    """Names the order in which the rows come, if it is that of no column."""
    has_head: bool = True
    """Otherwise it is a list of cards, and its orders are always there to choose from."""
    most: int = ROWS
    """How many rows a page has."""
    finds: Callable[[str], Q] | None = None
    """What a word of the search asks of the database, which then does everything else as well."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column, with the address that sorts by it."""

    label: Words
    url: str
    sorted: str
    is_number: bool
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page of a list shows, and all its rows for an export."""

    plan: Plan
    rows: Rows
    page: Page[Any]
    search: str
    sort: str
    chosen: Mapping[str, str]
    headings: list[Heading]
    filters: list[dict[str, object]]
    query: str
    export: str
    wants_csv: bool
    prefix: str = ""
    others: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_searched(self) -> bool:
        """Whether its rows can be searched."""
        return self.plan.text is not None or self.plan.finds is not None

    @property
    def is_asked(self) -> bool:
        """Whether the address leaves rows out."""
        return bool(self.search) or any(self.chosen.values())

    @property
    def is_long(self) -> bool:
        """Whether there is more than a look takes in, so that it wants its tools."""
        return self.is_asked or self.page.has_other_pages()


@dataclass(frozen=True, slots=True)
class _Address:
    """What an address asks of one list, and how another one is made of it."""

    asked: QueryDict
    prefix: str
    place: str

    def word(self, name: str) -> str:
        return _word(self.asked, self.prefix + name)

    def rest(self, **changed: str) -> str:
        """All that is asked, on the first page, with a change."""
        kept = self.asked.copy()
        for name, value in {"page": "", "export": "", **changed}.items():
            kept[self.prefix + name] = value
        for name in [name for name, value in kept.items() if not value]:
            del kept[name]
        return kept.urlencode()

    def to(self, **changed: str) -> str:
        return f"?{self.rest(**changed)}{f'#{self.place}' if self.place else ''}"

    def others(self, own: Iterable[str]) -> list[tuple[str, str]]:
        """What is asked of other lists on the page."""
        names = {self.prefix + name for name in own}
        kept = ((name, str(value)) for name, value in self.asked.items())
        return [(name, value) for name, value in kept if value and name not in names]


def listed(request: HttpRequest, rows: Rows, plan: Plan, *, export_at: str = "") -> Listed:
    """The rows that the address asks for; `export_at` is where an export with its own page is."""
    prefix = f"{plan.place}-" if plan.place else ""
    address = _Address(request.GET, prefix, plan.place)
    sort = _sort(address, plan)
    chosen = {one.name: address.word(one.name) for one in plan.filters}
    found = _asked(address, rows, plan)
    rest = address.rest()
    return Listed(
        plan=plan,
        rows=found,
        page=Paginator(_cut(found, rows, plan), plan.most).get_page(address.word("page")),
        search=address.word("search"),
        sort=sort,
        chosen=chosen,
        headings=_headings(address, plan, sort),
        filters=[*_choices(plan.filters, chosen), *_orders(plan, sort)],
        query=f"&{rest}" if rest else "",
        export=f"{export_at}?{rest}" if export_at else f"?{address.rest(export='csv')}",
        wants_csv=address.word("export") == "csv",
        prefix=prefix,
        others=address.others(["search", "sort", "page", "export", *chosen]),
    )


def rows_asked(asked: QueryDict, rows: QuerySet[Any, Any], plan: Plan) -> QuerySet[Any, Any]:
    """All rows that an address asks for, of a list that is left to the database."""
    found = _asked(_Address(asked, f"{plan.place}-" if plan.place else "", plan.place), rows, plan)
    return cast(QuerySet[Any, Any], found)


def _asked(address: _Address, rows: Rows, plan: Plan) -> Rows:
    chosen = {one.name: address.word(one.name) for one in plan.filters}
    found = _ordered(_narrowed(rows, plan.filters, chosen), plan, _sort(address, plan))
    return _searched(found, address.word("search"), plan)


def _sort(address: _Address, plan: Plan) -> str:
    asked = address.word("sort")
    return asked if asked.lstrip("-") in plan.columns else ""


def _word(asked: QueryDict, name: str) -> str:
    """What an address says under a name, cut to what a person would type."""
    return asked.get(name, "").replace("\0", "").strip()[:LONGEST]


def _narrowed(rows: Rows, filters: Sequence[Filter], chosen: Mapping[str, str]) -> Rows:
    for one in filters:
        value = chosen[one.name]
        if value and one.asks is not None and isinstance(rows, QuerySet):
            rows = rows.filter(one.asks(value))
        elif value and isinstance(one.keeps, str) and isinstance(rows, QuerySet):
            rows = rows.filter(**{one.keeps: value})
        elif value:
            rows = [row for row in rows if _keeps(one, row, value)]
    return rows


def _keeps(one: Filter, row: Any, value: str) -> bool:
    if callable(one.keeps):
        return one.keeps(row, value)
    return str(_at(row, one.keeps)) == value


def _ordered(rows: Rows, plan: Plan, sort: str) -> Rows:
    """The rows by a column, those without a value last; ties stay in the order they came in.

    Words are sorted here and never by the database, unasked too: what a database takes for their
    order is not what a reader does, and differs from one to the next.
    """
    by = sort or plan.first
    column = plan.columns.get(by.lstrip("-"))
    if column is None or not column.order:
        return rows
    is_down = by.startswith("-")
    if not isinstance(rows, QuerySet) or callable(column.order):
        return _sorted(rows, column, is_down=is_down)
    if plan.finds is None and any(_holds_words(rows, name) for name in column.order):
        return _sorted(rows, column, is_down=is_down)
    return _asked_in_order(rows, column.order, is_down=is_down) if sort else rows


def _asked_in_order(
    rows: QuerySet[Any, Any], names: Sequence[str], *, is_down: bool
) -> QuerySet[Any, Any]:
    ways = [
        F(one).desc(nulls_last=True) if is_down else F(one).asc(nulls_last=True) for one in names
    ]
    return rows.order_by(*ways, "pk")


def _holds_words(rows: QuerySet[Any, Any], path: str) -> bool:
    """Whether a path of a query ends at words for people: not at a number, a date or a code."""
    field = F(path).resolve_expression(rows.query.chain()).output_field
    is_text = isinstance(field, CharField | TextField) and not isinstance(field, SlugField)
    return is_text and not (field.unique or field.choices)


def _sorted(rows: Rows, column: Column, *, is_down: bool) -> list[Any]:
    key = column.order if callable(column.order) else partial(_keys, names=column.order)
    keyed = [(_key(key(row)), row) for row in rows]
    told = [pair for pair in keyed if pair[0] is not None]
    told.sort(key=lambda pair: pair[0], reverse=is_down)
    return [row for _kept, row in told] + [row for kept, row in keyed if kept is None]


def _keys(row: Any, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(_at(row, name) for name in names)


def _key(value: Any) -> Any:
    """A value as it sorts: words as readers look for them, nothing as nothing."""
    if isinstance(value, tuple):
        return None if None in value else tuple(_key(one) for one in value)
    return in_order(str(value)) if isinstance(value, str | Promise) else value


def _at(row: Any, path: str) -> Any:
    """The value at the end of a path, as a query writes it; none where the path breaks off."""
    return reduce(lambda one, name: getattr(one, name, None), path.split("__"), row)


def _searched(rows: Rows, search: str, plan: Plan) -> Rows:
    """The rows in which every word stands, however its accents and capitals are written."""
    wanted, text = folded(search).split(), plan.text
    if plan.finds is not None and isinstance(rows, QuerySet):
        return rows.filter(*map(plan.finds, wanted))
    if not wanted or text is None:
        return rows
    read = ((row, folded(text(row))) for row in rows)
    return [row for row, said in read if all(word in said for word in wanted)]


@dataclass(frozen=True, slots=True)
class _ByKey:
    """A query as pages are cut from it: first the keys of a page, then its rows alone.

    What stands in a row beside its order is never asked for the rows of other pages.
    """

    rows: QuerySet[Any, Any]
    whole: QuerySet[Any, Any]
    """The same without what the address asks for: a page has found its keys already."""

    def count(self) -> int:
        """How many rows there are."""
        return self.rows.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, page: slice) -> list[Any]:
        keys = list(self.rows.values_list("pk", flat=True)[page])
        found = self.whole.order_by().in_bulk(keys)
        return [found[key] for key in keys if key in found]


def _cut(found: Rows, rows: Rows, plan: Plan) -> Any:
    if plan.finds is None or not isinstance(found, QuerySet) or not isinstance(rows, QuerySet):
        return found
    return _ByKey(found, rows)


def _headings(address: _Address, plan: Plan, sort: str) -> list[Heading]:
    by = sort or plan.first
    return [
        Heading(
            label=column.label,
            url=address.to(sort=f"-{name}" if by == name else name) if column.order else "",
            sorted={name: "ascending", f"-{name}": "descending"}.get(by, ""),
            is_number=column.is_number,
            is_seen=column.is_seen,
        )
        for name, column in plan.columns.items()
        if column.is_shown
    ]


def _choices(filters: Sequence[Filter], chosen: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        choice(
            one.name, one.label, [("", one.everything or _("All")), *one.choices], chosen[one.name]
        )
        for one in filters
    ]


def choice(
    name: str, label: Words, choices: Sequence[tuple[str, Words]], chosen: str
) -> dict[str, object]:
    """A field to choose with, as `web/_list_tools.html` shows it."""
    return {"name": name, "label": label, "choices": choices, "chosen": chosen}


def _orders(plan: Plan, sort: str) -> list[dict[str, object]]:
    """The orders to choose from where a table has become cards and has no headings."""
    choices: list[tuple[str, Words]] = (
        [] if plan.first else [("", plan.unasked or _("As it comes"))]
    )
    for name, column in plan.columns.items():
        if column.order and column.is_shown:
            said = {"column": column.label}
            up, down = column.ways or (_("%(column)s, rising"), _("%(column)s, falling"))
            choices += [(name, up % said), (f"-{name}", down % said)]
    if not any(column.order for column in plan.columns.values()):
        return []
    return [choice("sort", _("Order"), choices, sort or plan.first) | {"is_order": plan.has_head}]


def exported(shown: Listed) -> HttpResponse:
    """All rows of a list for a spreadsheet, in the order and with the filters of the address."""
    columns = {name: one.cell for name, one in shown.plan.columns.items() if one.cell}
    rows = ([cell(row) for cell in columns.values()] for row in shown.rows)
    return table_export(shown.plan.file, list(columns), rows)


def table_export(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A table for a spreadsheet; no cell is taken for a formula."""
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow(without_formula(heading) for heading in headings)
    for row in rows:
        writer.writerow(without_formula(plain(cell)) for cell in row)
    return text_attachment("\ufeff" + sheet.getvalue(), f"{name}.csv", "text/csv")
