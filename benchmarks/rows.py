"""The rows of the table, and how they are written down."""

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tools.paths import ROOT

RESULTS = ROOT / "benchmarks" / "results"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured where, its goal and floor, and whether the goal is reached.

    `reached` is None for a figure without a goal.
    """

    what: str
    where: str
    value: float
    unit: str
    goal: str = ""
    floor: str = ""
    reached: bool | None = None
    note: str = ""


def at_most(what: str, where: str, value: float, unit: str, goal: float, **more: str) -> Row:
    """A figure that should be no larger than its goal."""
    return Row(what, where, value, unit, f"<= {goal:g}", reached=value <= goal, **more)


def at_least(what: str, where: str, value: float, unit: str, goal: float, **more: str) -> Row:
    """A figure that should be no smaller than its goal."""
    return Row(what, where, value, unit, f">= {goal:g}", reached=value >= goal, **more)


def said(row: Row) -> str:
    """A row as it is printed."""
    verdict = {True: "reached", False: "MISSED", None: ""}[row.reached]
    value = f"{row.value:.1f} {row.unit}"
    note = f"\n{'':4}{row.note}" if row.note else ""
    return (
        f"{row.what:58.58} {row.where:10} {value:>18} {row.goal:>9} {verdict:8} {row.floor}{note}"
    )


def machine() -> dict[str, object]:
    """What it ran on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    load = os.getloadavg()
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.release(),
        "python": platform.python_version(),
        "load_before": round(load[0], 2),
    }


def commit() -> str:
    """The commit that was measured; `+` where the tree held more than it."""
    asked = ("git", "-C", str(ROOT))
    said = subprocess.run(
        [*asked, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    if said.returncode:
        return "unknown"
    changed = subprocess.run(
        [*asked, "status", "--porcelain", "--untracked-files=no"],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() + ("+" if changed.stdout.strip() else "")


def keep(rows: list[Row], surroundings: dict[str, object], seconds: float) -> Path:
    """Write the results into their folder; where they are."""
    at = datetime.now(UTC)
    RESULTS.mkdir(exist_ok=True)
    found = RESULTS / f"{at:%Y-%m-%d-%H%M}.json"
    told = {
        "at": at.isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": surroundings,
        "seconds": round(seconds),
        "rows": [asdict(row) | {"value": round(row.value, 2)} for row in rows],
    }
    found.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return found
