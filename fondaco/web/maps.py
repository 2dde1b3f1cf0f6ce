"""Europe and the Mediterranean, drawn by the server: how dark a country is, how large its dot."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "static" / "vendor" / "map" / "euromed.json"
LEVELS = 5
NORTH = 190
LEAST_DOT, MOST_DOT, SMALL_DOT = 7.0, 30.0, 8.0


@dataclass(frozen=True, slots=True)
class Land:
    """A country as it is drawn."""

    code: str
    path: str
    x: int
    y: int
    is_small: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole picture."""

    width: int
    height: int
    lands: tuple[Land, ...]


@dataclass(frozen=True, slots=True)
class Shaded:
    """A country that has a number: how dark, and how large its dot is, if it has one."""

    land: Land
    label: str
    number: float
    level: int
    radius: float


@dataclass(frozen=True, slots=True)
class Level:
    """One shade of the legend, from the least to the most number it stands for."""

    level: int
    least: float
    most: float


@cache
def sheet() -> Sheet:
    """The picture as it is kept on disk."""
    kept = json.loads(SOURCE.read_text("utf-8"))
    lands = tuple(
        Land(code, country["path"], country["at"][0], country["at"][1], country["small"])
        for code, country in kept["countries"].items()
    )
    return Sheet(kept["width"], kept["height"], lands)


def levels_of(numbers: Sequence[float]) -> dict[float, int]:
    """A shade for each number: equally many to a shade, the largest always the darkest."""
    ranked = sorted({number for number in numbers if number > 0})
    return {
        number: math.ceil((at + 1) * LEVELS / len(ranked)) for at, number in enumerate(ranked)
    } | {number: 0 for number in numbers if number <= 0}


def shaded(rows: Sequence[tuple[str, str, float]], *, as_dots: bool = False) -> list[Shaded]:
    """The countries of the rows (code, label, number); large dots first, so that none hides."""
    lands = {land.code: land for land in sheet().lands}
    shades = levels_of([number for _, _, number in rows])
    most = max((number for _, _, number in rows), default=0)
    found = [
        Shaded(
            lands[code],
            label,
            number,
            shades[number],
            _radius(lands[code], number, most, as_dots=as_dots),
        )
        for code, label, number in rows
        if code in lands
    ]
    return sorted(found, key=lambda one: -one.radius)


def _radius(land: Land, number: float, most: float, *, as_dots: bool) -> float:
    """The radius of a dot: its area tells the number; on a shaded map only for small countries."""
    if not as_dots:
        return SMALL_DOT if land.is_small and number > 0 else 0.0
    if number <= 0 or most <= 0:
        return 0.0
    return round(LEAST_DOT + (MOST_DOT - LEAST_DOT) * math.sqrt(number / most), 1)


def top_of(found: Sequence[Shaded]) -> int:
    """Where the picture begins, so that the empty north does not push the south off the screen."""
    return max(0, min((one.land.y for one in found), default=0) - NORTH)


def legend(found: Sequence[Shaded]) -> list[Level]:
    """The shades that occur, from light to dark."""
    numbers: dict[int, list[float]] = {}
    for one in found:
        numbers.setdefault(one.level, []).append(one.number)
    return [Level(level, min(own), max(own)) for level, own in sorted(numbers.items()) if level]
