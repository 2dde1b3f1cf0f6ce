"""Where the marks of a chart stand: pure geometry, mirrored for readers from right to left.

Across, everything is in hundredths of the picture's width, so that a chart fits any column and
its letters keep their size; upwards, in pixels. The words and the table are the template's.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Number = float | int
Given = tuple[str, object]

ROOF = 26.0
FLOOR = 220.0
EDGE = 7.0
FULL = 100.0
MOST_LABELS = 8
MOST_STEPS = 5
PARTS = (0.25, 0.5, 1, 2, 2.5)
LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures: a label and a number for each series."""

    label: str
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle of one number."""

    series: int
    number: float
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The middle of the rectangle, across."""
        return round(self.x + self.width / 2, 3)


@dataclass(frozen=True, slots=True)
class Marked:
    """A row with its marks; `is_spare`: its label may be left out where space is scarce."""

    label: str
    numbers: tuple[float, ...]
    marks: tuple[Mark, ...]
    is_spare: bool = False

    @property
    def number(self) -> float:
        """The sum of the row's numbers."""
        return sum(self.numbers)

    @property
    def middle(self) -> float:
        """The middle of all its marks, across."""
        edges = [edge for mark in self.marks for edge in (mark.x, mark.x + mark.width)]
        return round((min(edges) + max(edges)) / 2, 3)


@dataclass(frozen=True, slots=True)
class Point:
    """A number of a line, and where it stands."""

    label: str
    series: int
    number: float
    x: float
    y: float
    is_spare: bool = False
    says: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """The straight piece between two neighbouring points of one series."""

    series: int
    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Scale:
    """A height with the number it stands for."""

    number: float
    y: float


def rows_of(given: Iterable[Given]) -> list[Row]:
    """Rows out of pairs of a label and a number, or of a label and several numbers."""
    return [Row(str(label), _numbers(numbers)) for label, numbers in given]


def _numbers(given: object) -> tuple[float, ...]:
    """Numbers as floats; what is not known counts as nothing."""
    several = given if isinstance(given, list | tuple) else (given,)
    return tuple(float(number or 0) for number in several)


def _length(number: float, most: float) -> float:
    """The share of the longest, in hundredths, never below nought and never above all."""
    return 0.0 if most <= 0 else round(max(0.0, min(number / most, 1.0)) * FULL, 3)


def mirrored(x: float, width: float, *, rtl: bool) -> float:
    """Where a piece begins, counted from the left edge of the picture."""
    return round(FULL - x - width, 3) if rtl else round(x, 3)


def bars(rows: Sequence[Row], *, rtl: bool = False, most: float | None = None) -> list[Marked]:
    """Lying bars as long as their numbers; several numbers of a row stand one behind the other."""
    longest = most or max((sum(row.numbers) for row in rows), default=0)
    found = []
    for row in rows:
        reached, marks = 0.0, []
        for series, number in enumerate(row.numbers, start=1):
            width = min(_length(number, longest), round(FULL - reached, 3))
            x = mirrored(reached, width, rtl=rtl)
            marks.append(Mark(series, number, x, 0, width, FULL))
            reached = round(reached + width, 3)
        found.append(Marked(row.label, row.numbers, tuple(marks)))
    return found


def steps_to(most: float) -> list[float]:
    """A few round numbers from nought to a little above the largest."""
    if most <= LEAST:
        return [0.0, 1.0]
    size = 10.0 ** math.floor(math.log10(most))
    parts = (part for part in PARTS if size < 1 or size * part >= 1)
    step = next(size * part for part in parts if size * part * MOST_STEPS >= most)
    count = math.ceil(most / step)
    return [float(f"{step * at:.12g}") for at in range(max(count, 1) + 1)]


def height_of(number: float, top: float) -> float:
    """The height at which a number stands."""
    return round(FLOOR - (FLOOR - ROOF) * max(0.0, min(number / top, 1.0)), 2)


def scales(rows: Sequence[Row]) -> list[Scale]:
    """The lines across a chart that stands upright."""
    steps = steps_to(max((number for row in rows for number in row.numbers), default=0))
    return [Scale(step, height_of(step, steps[-1])) for step in steps]


def _is_spare(at: int, count: int) -> bool:
    """Whether a label gives way on a narrow screen: the first, the last and a few between stay."""
    if count <= MOST_LABELS:
        return False
    every = -(-count // 4)
    return at % every != 0


WIDE_LABELS = 12
"""So many labels stand below columns; of more, every second or third is left."""


def columns(rows: Sequence[Row], *, rtl: bool = False) -> list[Marked]:
    """Standing columns; several numbers of a row stand side by side."""
    top = steps_to(max((number for row in rows for number in row.numbers), default=0))[-1]
    place = FULL / max(len(rows), 1)
    every = max(-(-len(rows) // WIDE_LABELS), 1)
    found = []
    for at, row in enumerate(rows):
        width = round(place * 0.68 / max(len(row.numbers), 1), 3)
        marks = []
        for series, number in enumerate(row.numbers, start=1):
            begins = place * (at + 0.16) + width * (series - 1)
            y = height_of(number, top)
            x = mirrored(begins, width, rtl=rtl)
            marks.append(Mark(series, number, x, y, width, round(FLOOR - y, 2)))
        label = row.label if at % every == 0 else ""
        found.append(Marked(label, row.numbers, tuple(marks), _is_spare(at, len(rows))))
    return found


def line(rows: Sequence[Row], *, rtl: bool = False) -> list[list[Point]]:
    """The points of each series, in the order of the rows; the last ones say their number."""
    top = steps_to(max((number for row in rows for number in row.numbers), default=0))[-1]
    gap = (FULL - 2 * EDGE) / max(len(rows) - 1, 1)
    count = max((len(row.numbers) for row in rows), default=0)
    lines: list[list[Point]] = [[] for _ in range(count)]
    for at, row in enumerate(rows):
        x = mirrored(EDGE + gap * at, 0, rtl=rtl)
        is_last = at == len(rows) - 1
        for series, number in enumerate(row.numbers):
            says = _says(number, row.numbers) if is_last else ""
            point = (row.label, series + 1, number, x, height_of(number, top))
            lines[series].append(Point(*point, _is_spare(at, len(rows)), says))
    return lines


def _says(number: float, numbers: Sequence[float]) -> str:
    """The uppermost point says its number above, the lowest below, so that they never meet."""
    if number == max(numbers):
        return "above"
    return "below" if number == min(numbers) else ""


def strokes(lines: Sequence[Sequence[Point]]) -> list[Stroke]:
    """The pieces that join neighbouring points."""
    return [Stroke(a.series, a, b) for points in lines for a, b in pairwise(points)]
