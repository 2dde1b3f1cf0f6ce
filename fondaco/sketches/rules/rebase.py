"""What changed in a call outside its sketch comes into the sketch, where nobody wrote otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any

from fondaco.sketches.rules.edits import Put, applied
from fondaco.sketches.rules.places import Data, bare, marked, value_at


def _changed(before: Any, after: Any, place: str = "") -> Iterator[str]:
    """The places whose values differ; a table is one place."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in before.keys() | after.keys():
            inner = f"{place}.{key}" if place else str(key)
            yield from _changed(before.get(key), after.get(key), inner)
    elif before != after:
        yield place


def rebased(
    content: Mapping[str, Any], base: Mapping[str, Any], standing: Mapping[str, Any]
) -> tuple[Data, list[str]]:
    """The sketch with what came since, and the places where both changed: there the sketch stays.

    `base` is what both began from, `standing` what the call says now.
    """
    mine = bare(content)
    if mine == base:
        return marked(standing), []
    found, kept = dict(content), list[str]()
    for place in sorted(_changed(base, standing)):
        here, there = value_at(mine, place), value_at(standing, place)
        if here == value_at(base, place):
            found = applied(found, Put(place, None, there))
        elif here != there:
            kept.append(place)
    return marked(found), kept
