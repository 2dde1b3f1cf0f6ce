"""Everybody locks in one order: where one waits for another, nobody waits in a circle."""

from collections.abc import Iterator
from contextlib import contextmanager
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from fondaco.web.prepared import Prepared
from tests.locks.test_every_lock import RACES
from tests.threads import against

pytestmark = pytest.mark.django_db


def _tables(rows: QuerySet[Any], of: tuple[str, ...]) -> list[str]:
    """Where a query locks: in its own table, and in those of the relations it names."""
    own = rows.model
    others = [own._meta.get_field(name).related_model for name in of if name != "self"]
    return [one._meta.label for one in (own, *others) if one]


@contextmanager
def noted() -> Iterator[list[str]]:
    """Which tables rows were locked in, in the order of the locks."""
    locked, real, real_all = list[str](), QuerySet.select_for_update, Prepared.all

    def ask(rows: Any, *args: Any, **more: Any) -> Any:
        locked.extend(_tables(rows, more.get("of", ())))
        return real(rows, *args, **more)

    def ask_prepared(query: Any, **given: object) -> Any:
        before = len(locked)
        rows = query._build()
        answer = real_all(query, **given)
        asked = rows.query
        locked[before:] = (
            _tables(rows, asked.select_for_update_of) if asked.select_for_update else []
        )
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", ask)
        patch.setattr(Prepared, "all", ask_prepared)
        yield locked


def orders(race: Any) -> Iterator[list[str]]:
    """The tables that each act of a race locks, each table once, in the order of the first lock."""
    for name in ("first", "second"):
        with transaction.atomic():
            scene = race.scene()
            with scene.meanwhile, noted() as locked:
                against(getattr(scene, name))
            transaction.set_rollback(True)
        yield list(dict.fromkeys(locked))


def circle(found: list[list[str]]) -> list[str]:
    """A circle in which these orders could make several wait for each other; empty for none."""
    before: dict[str, set[str]] = {}
    for order in found:
        for one, other in pairwise(order):
            before.setdefault(other, set()).add(one)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_nobody_waits_in_a_circle():
    found = [order for race in RACES for order in orders(race)]

    assert ["calls.Call", "applications.Application"] in found
    assert circle(found) == []


def test_a_circle_is_seen():
    assert circle([["Call", "File"], ["File", "Letter"]]) == []
    assert set(circle([["Call", "File"], ["File", "Letter"], ["Letter", "Call"]])) == {
        "Call",
        "File",
        "Letter",
    }
