"""Lists with everything in their address: search, order, page and export."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from fondaco.directory.selectors import searched
from fondaco.web.downloads import text_attachment, without_formula

ROWS = 25
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the fields it sorts by, and its cell in an export."""

    label: Words
    order: Sequence[str]
    cell: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that sorts."""

    label: Words
    url: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page of a list shows, and all its rows for an export."""

    rows: QuerySet[Any]
    page: Page[Any]
    search: str
    headings: list[Heading]
    query: str
    export: str


def listed(
    request: HttpRequest,
    rows: QuerySet[Any],
    columns: Mapping[str, Column],
    *,
    search: Sequence[str],
) -> Listed:
    """The rows that the address asks for."""
    words, sort = request.GET.get("search", "").strip(), request.GET.get("sort", "")
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    found = _ordered(searched(rows, words, *search), columns.get(name), is_down=is_down)
    query = _address(request)
    return Listed(
        rows=found,
        page=Paginator(found, ROWS).get_page(request.GET.get("page")),
        search=words,
        headings=[_heading(request, key, columns[key], name, is_down=is_down) for key in columns],
        query=f"&{query}" if query else "",
        export=f"?{_address(request, export='csv')}",
    )


def _ordered(rows: QuerySet[Any], column: Column | None, *, is_down: bool) -> QuerySet[Any]:
    if column is None:
        return rows
    return rows.order_by(*(f"-{key}" if is_down else key for key in column.order), "pk")


def _address(request: HttpRequest, **changed: str) -> str:
    """What the address asks for, on the first page, with a change."""
    asked = request.GET.copy()
    asked.pop("page", None)
    for name, value in changed.items():
        asked[name] = value
    return asked.urlencode()


def _heading(
    request: HttpRequest, key: str, column: Column, name: str, *, is_down: bool
) -> Heading:
    url = f"?{_address(request, sort=f'-{key}' if key == name and not is_down else key)}"
    way = "descending" if is_down else "ascending"
    return Heading(column.label, url, way if key == name else "")


def as_csv(rows: Iterable[Any], columns: Mapping[str, Column], name: str) -> HttpResponse:
    """The rows as a table for a spreadsheet; no cell is taken for a formula."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([str(column.label) for column in columns.values()])
    for row in rows:
        writer.writerow([without_formula(column.cell(row)) for column in columns.values()])
    return text_attachment("\ufeff" + sheet.getvalue(), name, "text/csv")
