"""Every list of the house: paged at 25, sorted, searched without accents, and exported."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.addresses.bounded import BOUNDED, rows_by_hand
from tests.addresses.lists import ELSEWHERE, LISTS
from tests.addresses.rows import NAMES, ROWS, ListPage
from tests.directory.work import enter
from tests.factories.directory import PersonFactory

pytestmark = pytest.mark.django_db
TEAM = next(one for one in LISTS if one.name == "team")
CODE = Path(__file__).resolve().parents[2] / "fondaco"


def _table(response: Any) -> list[list[str]]:
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def _rows(shown: Any) -> list[str]:
    columns = [one.cell for one in shown.plan.columns.values() if one.cell]
    return [str([str(cell(row)) for cell in columns]) for row in shown.page]


@pytest.mark.parametrize("kept", LISTS, ids=lambda kept: kept.name)
def test_a_list_is_paged_sorted_searched_and_exported(kept: ListPage) -> None:
    with translation.override("en"):
        person, address = kept.build(NAMES)
    cache.clear()
    client = enter(Client(), person, method="mfa", at=timezone.now())

    def ask(asked: str) -> Any:
        page = client.get(asked if asked.startswith("/") else address + asked)
        assert page.status_code == 200
        return page.context[kept.called]

    def query(**asked: str) -> str:
        return "?" + "&".join(f"{first.prefix}{name}={said}" for name, said in asked.items())

    first = ask("")
    assert (len(first.page), first.page.paginator.count) == (kept.most, ROWS)
    rest = _rows(ask(query(page="2")))
    assert len(rest) == min(ROWS - kept.most, kept.most)
    assert not set(rest) & set(_rows(first))

    sorting = [name for name, one in first.plan.columns.items() if one.order]
    assert sorting
    for name in sorting:
        up, down = ask(query(sort=name)), ask(query(sort=f"-{name}"))
        assert up.page.paginator.count == down.page.paginator.count == ROWS
        shown = [one for one in up.headings if one.sorted == "ascending"]
        assert len(shown) == (1 if first.plan.columns[name].is_shown else 0)
        assert _rows(up) == _rows(ask(query(sort=name)))
    assert any(_rows(ask(query(sort=one))) != _rows(ask(query(sort=f"-{one}"))) for one in sorting)

    for said in ("ecluse", "ÉCLUSE", "%3Dcmd+eclu"):
        assert ask(query(search=said)).page.paginator.count == 1
    assert ask(query(search="nothing+of+that+name")).page.paginator.count == 0

    export = first.export if first.export.startswith("/") else address + first.export
    head, *rows = _table(client.get(export))
    assert head == [name for name, one in first.plan.columns.items() if one.cell]
    assert len(rows) == ROWS
    cells = [cell for row in rows for cell in row if "Écluse" in cell]
    assert cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    found = ask(query(search="ecluse"))
    export = found.export if found.export.startswith("/") else address + found.export
    assert len(_table(client.get(export))) == 2

    for reader in (Client(), enter(Client(), PersonFactory(), at=timezone.now())):
        page, table = reader.get(address), reader.get(export)
        if page.status_code == 200 and kept.template == "desks/home.html":
            assert len(_table(table)) == 1
        else:
            assert page.status_code == table.status_code


@pytest.mark.parametrize("asked", ["", "?sort=person"])
def test_names_stand_where_readers_look_for_them_on_every_database(asked: str) -> None:
    person, address = TEAM.build(["Zoé", "Émile", "Eve", "Łucja", "Œdipe", "aziz"])
    client = enter(Client(), person, method="mfa", at=timezone.now())

    shown = client.get(address + asked).context["list"].page

    names = ["aziz", "Émile", "Eve", "Łucja", "Œdipe", "Zoé"]
    assert [role.person.name for role in shown] == names


def _queries(client: Client, kept: ListPage, address: str) -> dict[str, int]:
    """How often the database is asked for each order of a list, and for its export."""
    first = client.get(address).context[kept.called]
    columns = first.plan.columns.items()
    orders = [f"?{first.prefix}sort={name}" for name, one in columns if one.order]
    asked = {one: address + one for one in ("", *orders)}
    asked["export"] = first.export if first.export.startswith("/") else address + first.export
    found = {}
    for name, one in asked.items():
        client.get(one)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(one).status_code == 200
        found[name] = len(queries)
    return found


@pytest.mark.parametrize("kept", LISTS, ids=lambda kept: kept.name)
def test_a_list_asks_as_much_for_three_different_rows_as_for_one(kept: ListPage) -> None:
    counts = []
    for names in (NAMES[-1:], NAMES[-3:]):
        with translation.override("en"):
            person, address = kept.build(names)
        cache.clear()
        client = enter(Client(), person, method="mfa", at=timezone.now())
        assert client.get(address).context[kept.called].page.paginator.count >= len(names)
        counts.append(_queries(client, kept, address))

    one, three = counts
    assert one == three


def showing_lists(code: Path) -> set[str]:
    """The templates that show a list with its tools, but for these tools themselves."""
    return {
        "/".join(file.relative_to(code).parts[-2:])
        for file in code.rglob("*.html")
        if re.search(r"web/_list_(tools|head)\.html", file.read_text("utf-8"))
        and not file.name.startswith("_list_")
    }


def test_no_list_is_missing_here() -> None:
    assert showing_lists(CODE) - ELSEWHERE == {kept.template for kept in LISTS}


def by_hand(code: Path) -> set[str]:
    """The files that page something or write a table."""
    return {
        str(file.relative_to(code))
        for file in code.rglob("*.py")
        if re.search(r"\bPaginator\b|csv\.writer", file.read_text("utf-8"))
    }


def test_nobody_else_pages_or_writes_tables_by_hand() -> None:
    whole_tables = {"applications/gateways.py"}  # all answers of a call, made by the worker

    assert by_hand(CODE) == {"web/lists.py"} | whole_tables


def test_a_list_and_a_table_that_nobody_knows_are_seen(tmp_path: Path) -> None:
    planted = {
        "calls/templates/calls/planted.html": '{% include "web/_list_tools.html" %}',
        "calls/templates/calls/headed.html": '{% include "web/_list_head.html" %}',
        "calls/templates/calls/_list_own.html": '{% include "web/_list_head.html" %}',
        "calls/templates/calls/quiet.html": "<p></p>",
        "calls/views.py": "from django.core.paginator import Paginator\n",
        "calls/tables.py": "csv.writer(file)\n",
        "calls/rules.py": "pages = 1\n",
    }
    for name, text in planted.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    assert showing_lists(tmp_path) == {"calls/planted.html", "calls/headed.html"}
    assert by_hand(tmp_path) == {"calls/views.py", "calls/tables.py"}


def _shown_by_hand(code: Path) -> set[str]:
    """Where pages of a slice make rows without the mechanism; a component shows what it gets."""
    files = ((file, file.relative_to(code).parts) for file in code.rglob("*.html"))
    return {
        f"{'/'.join(parts[-2:])} {rows}"
        for file, parts in files
        if parts[0] != "web"
        for rows in rows_by_hand(file.read_text("utf-8"))
    }


def test_rows_that_no_list_shows_stay_few_for_a_reason() -> None:
    assert _shown_by_hand(CODE) == set().union(*BOUNDED.values())


def test_rows_that_nobody_gave_a_reason_for_are_seen(tmp_path: Path) -> None:
    row = "{% translate 'Name' as word %}<tr><td>{{ row.name }}</td></tr>{% endfor %}"
    planted = {
        "hand": "{% for row in call.applications.all %}" + row,
        "drawn": "{% for row in rows %}{% include 'calls/_row.html' %}{% endfor %}",
        "points": "{% for one in others %}<li>{{ one }}</li>{% endfor %}",
        "list": '{% include "web/_list_head.html" %}{% for row in list.page %}' + row,
        "words": "{% for one in names %}{{ one }}, {% endfor %}",
    }
    for name, text in planted.items():
        (tmp_path / "calls").mkdir(exist_ok=True)
        (tmp_path / "calls" / f"{name}.html").write_text(text)

    assert _shown_by_hand(tmp_path) == {
        "calls/hand.html call.applications.all",
        "calls/drawn.html rows",
        "calls/points.html others",
    }
