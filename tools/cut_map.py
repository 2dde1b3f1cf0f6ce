"""Cuts the map of Europe and the Mediterranean out of the world: ready SVG paths, one a country.

Usage: python -m tools.cut_map countries-50m.json euromed.json
The world is the TopoJSON of the package `world-atlas` (Natural Earth 1:50m, public domain). The cut
is drawn in Lambert's azimuthal equal-area projection, so that no country looks larger than it is.
Two borders follow the usage of the United Nations and the Union rather than the file's: Crimea is
Ukraine, and Cyprus is one island.
"""

import json
import math
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

CENTRE = (14.0, 46.5)
WIDTH, HEIGHT = 1000, 900
SCALE = 1180.0
OFFSET = (500.0, 470.0)
LEAST_AREA = 1.2
TOLERANCE = 0.34
SMALL = 260.0
NOTHING = 0.01
LEAST_CORNERS = 3
ONE = 10
CRIMEA = (32.3, 36.8, 44.2, 46.4)
CODES = """
008:AL 020:AD 031:AZ 040:AT 051:AM 056:BE 070:BA 100:BG 112:BY 148:TD 191:HR 196:CY 203:CZ
208:DK 233:EE 234:FO 246:FI 248:AX 250:FR 268:GE 276:DE 300:GR 304:GL 336:VA 348:HU 352:IS
364:IR 368:IQ 372:IE 376:IL 380:IT 398:KZ 400:JO 414:KW 422:LB 428:LV 434:LY 438:LI 440:LT
442:LU 466:ML 470:MT 478:MR 492:MC 498:MD 499:ME 504:MA 528:NL 562:NE 578:NO 616:PL 620:PT
634:QA 642:RO 643:RU 674:SM 682:SA 688:RS 703:SK 705:SI 724:ES 729:SD 732:EH 752:SE 756:CH
760:SY 788:TN 792:TR 795:TM 804:UA 807:MK 818:EG 826:GB 831:GG 832:JE 833:IM 860:UZ 012:DZ
275:PS 048:BH 784:AE 231:ET 232:ER 887:YE 728:SS 140:CF 512:OM 762:TJ 417:KG 004:AF
"""
ALPHA_2 = dict(pair.split(":") for pair in CODES.split())
NAMED = {"Kosovo": "XK", "N. Cyprus": "CY"}


def decoded(world: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        world["transform"]["scale"],
        world["transform"]["translate"],
    )
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(line)
    return arcs


def projected(point: Point) -> Point:
    """Lambert's azimuthal equal-area projection around the centre, in units of the picture."""
    longitude, latitude = (math.radians(degrees) for degrees in point)
    centre_x, centre_y = (math.radians(degrees) for degrees in CENTRE)
    turn = longitude - centre_x
    cosine = math.sin(centre_y) * math.sin(latitude) + math.cos(centre_y) * math.cos(
        latitude
    ) * math.cos(turn)
    reach = SCALE * math.sqrt(2 / max(1 + cosine, 1e-6))
    rise = math.cos(centre_y) * math.sin(latitude) - math.sin(centre_y) * math.cos(
        latitude
    ) * math.cos(turn)
    return (OFFSET[0] + reach * math.cos(latitude) * math.sin(turn), OFFSET[1] - reach * rise)


def distance(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the line between two others."""
    run, rise = end[0] - start[0], end[1] - start[1]
    length = run * run + rise * rise
    along = (
        0.0
        if not length
        else max(0, min(1, ((point[0] - start[0]) * run + (point[1] - start[1]) * rise) / length))
    )
    return math.hypot(point[0] - start[0] - along * run, point[1] - start[1] - along * rise)


def simplified(line: Ring) -> Ring:
    """The line without points nobody would miss (Douglas and Peucker); ends stay: borders meet."""
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last <= first + 1:
            continue
        far = max(
            range(first + 1, last), key=lambda at: distance(line[at], line[first], line[last])
        )
        if distance(line[far], line[first], line[last]) > TOLERANCE:
            kept.add(far)
            spans += [(first, far), (far, last)]
    return [line[at] for at in sorted(kept)]


def line_of(arcs: list[Ring], number: int) -> Ring:
    """An arc, backwards when its number is negative."""
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def stitched(arcs: list[Ring], numbers: list[int]) -> list[Ring]:
    """Rings out of arcs; an arc walked in both directions is an inner border and disappears."""
    counted = Counter(numbers)
    left = [number for number in numbers if ~number not in counted]
    rings = []
    while left:
        ring = list(line_of(arcs, left.pop(0)))
        while ring[0] != ring[-1]:
            following = next(number for number in left if line_of(arcs, number)[0] == ring[-1])
            left.remove(following)
            ring += line_of(arcs, following)[1:]
        rings.append(ring)
    return rings


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each a list of rings of arc numbers."""
    arcs: list[Any] = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else arcs


def is_crimea(arcs: list[Ring], polygon: list[list[int]]) -> bool:
    """Whether a polygon lies wholly on the peninsula."""
    west, east, south, north = CRIMEA
    ring = stitched(arcs, polygon[0])[0]
    return all(west < x < east and south < y < north for x, y in ring)


def by_country(world: dict[str, Any], arcs: list[Ring]) -> dict[str, list[int]]:
    """Arc numbers by country code, with the two borders put right."""
    found: dict[str, list[int]] = {}
    for geometry in world["objects"]["countries"]["geometries"]:
        code = NAMED.get(geometry["properties"]["name"]) or ALPHA_2.get(geometry.get("id", ""))
        for polygon in polygons(geometry) if code else []:
            owner = "UA" if code == "RU" and is_crimea(arcs, polygon) else code
            found.setdefault(str(owner), []).extend(number for ring in polygon for number in ring)
    return found


def clipped(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    """The part of a ring on one side of a straight edge (Sutherland and Hodgman)."""
    result: Ring = []
    for at, point in enumerate(ring):
        before = ring[at - 1]
        here, there = (sign * (limit - p[axis]) for p in (point, before))
        if (here >= 0) != (there >= 0):
            share = there / (there - here)
            cut = [before[side] + share * (point[side] - before[side]) for side in (0, 1)]
            cut[axis] = limit
            result.append((cut[0], cut[1]))
        if here >= 0:
            result.append(point)
    return result


def framed(ring: Ring) -> Ring:
    """The part of a ring inside the picture."""
    edges = ((0, -4.0, -1), (0, WIDTH + 4.0, 1), (1, -4.0, -1), (1, HEIGHT + 4.0, 1))
    for axis, limit, sign in edges:
        ring = clipped(ring, axis, limit, sign) if ring else ring
    return ring


def area(ring: Ring) -> float:
    """The signed area of a ring."""
    return (
        sum(
            ring[at - 1][0] * point[1] - point[0] * ring[at - 1][1] for at, point in enumerate(ring)
        )
        / 2
    )


def middle(ring: Ring) -> Point:
    """The centre of gravity of a ring."""
    size = area(ring) * 6
    pairs = [(ring[at - 1], point) for at, point in enumerate(ring)]
    crosses = [a[0] * b[1] - b[0] * a[1] for a, b in pairs]
    across, down = (
        sum((a[side] + b[side]) * c for (a, b), c in zip(pairs, crosses, strict=True))
        for side in (0, 1)
    )
    return (across / size, down / size)


def short(tens: int) -> str:
    """A number of tenths, written as SVG allows: without a nought before the point."""
    return (
        f"{tens / 10:g}".replace("-0.", "-.")
        if abs(tens) >= ONE or tens < 0
        else f"{tens / 10:g}".lstrip("0") or "0"
    )


def path(ring: Ring) -> str:
    """SVG path data in tenths of a unit, in steps from point to point."""
    tens = [(round(x * 10), round(y * 10)) for x, y in ring]
    steps = [tens[0]] + [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tens) if a != b]
    first, *following = (f"{short(x)} {short(y)}".replace(" -", "-") for x, y in steps)
    joined = "l".join(following)
    return f"M{first}l{joined}z"


def drawn(rings: list[Ring]) -> dict[str, Any] | None:
    """A country as it is stored: path, place of its dot, whether it is too small for the eye."""
    shown = [ring for ring in map(framed, rings) if len(ring) >= LEAST_CORNERS]
    largest = max(shown, key=lambda ring: abs(area(ring)), default=None)
    if largest is None:
        return None
    size = sum(abs(area(ring)) for ring in shown)
    big = [ring for ring in shown if ring is largest or abs(area(ring)) > LEAST_AREA]
    across, down = middle(largest) if abs(area(largest)) > NOTHING else largest[0]
    return {
        "path": "".join(map(path, big)),
        "at": [round(across), round(down)],
        "small": size < SMALL,
    }


def cut(world: dict[str, Any]) -> dict[str, Any]:
    """The whole picture."""
    degrees = decoded(world)
    arcs = [simplified([projected(point) for point in arc]) for arc in degrees]
    numeric = {code: number for number, code in ALPHA_2.items()}
    countries = {}
    for code, numbers in sorted(by_country(world, degrees).items()):
        if country := drawn(stitched(arcs, numbers)):
            countries[code] = {"numeric": numeric.get(code, ""), **country}
    return {"width": WIDTH, "height": HEIGHT, "countries": countries}


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    text = json.dumps(
        cut(json.loads(source.read_text("utf-8"))), separators=(",", ":"), sort_keys=True
    )
    target.write_text(text + "\n", "utf-8")
    print(f"{target.name}: {len(text) // 1024} KB")
