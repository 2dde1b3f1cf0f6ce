"""What a developer may tell `make`, the tools and the tests; no server reads any of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.paths import ROOT


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: its name, who reads it, what stands when it is absent, what it does."""

    name: str
    read_by: str
    default: str
    says: str


VARIABLES = (
    Variable(
        "SEASON",
        "`make run`",
        "",
        "`no` leaves the demonstration season out, `again` dates it anew from today. Empty: it is "
        "loaded once.",
    ),
    Variable("UPGRADE", "`make lock`", "", "`yes` takes the newest versions of all packages."),
    Variable(
        "FULL",
        "`make bench`",
        "",
        "`yes` runs the benchmarks in full size; otherwise they take some six minutes.",
    ),
    Variable("FONDACO_DOCS_PORT", "`make docs`", "8001", "The port of the handbook."),
    Variable(
        "PYTHON", "`make`", "python3", "The Python, 3.11 or newer, that makes the environment."
    ),
    Variable(
        "FONDACO_PICTURES",
        "the browser tests",
        "",
        "A folder: what the tests look at is put there as pictures. Empty: no pictures.",
    ),
    Variable(
        "FONDACO_TEST_SYNCHRONOUS",
        "the tests, the settings",
        "FULL",
        "How SQLite waits for the disk, as its pragma `synchronous` calls it. `make test` says "
        "`OFF`, because a test database need not outlive the machine; a production refuses to "
        "start with anything but `FULL`.",
    ),
    Variable(
        "CI",
        "the tests",
        "",
        "Set by integration servers: the check of HTML then fails where there is no Java, instead "
        "of being left out.",
    ),
)
OTHERS = {
    "PATH": "belongs to the system",
    "DJANGO_SETTINGS_MODULE": "Django's own; the house sets it itself",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "Django's own; the browser tests set it themselves",
}
"""Variables that are read and are not ours to explain."""
PLACES = ("Makefile", ".ci", "tools", "tests", "benchmarks")
READ = re.compile(
    r"environ(?:\.get\(|\.setdefault\(|\.pop\(|\[)\s*[\"'](\w+)[\"']"
    r"|getenv\(\s*[\"'](\w+)[\"']"
    r"|\bVARIABLE = \"(\w+)\""
)
SET_IN_MAKE = re.compile(r"^([A-Z_]+) \?=|\b([A-Z_]+)=(?=[a-z])", re.MULTILINE)
NAMED = re.compile(r"\bFONDACO_[A-Z_]*[A-Z]\b")


def _files(of: Path) -> Iterator[Path]:
    for place in PLACES:
        path = of / place
        kept = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (one for one in kept if one.suffix in {"", ".py", ".sh"} and one.is_file())


def _matches(pattern: re.Pattern[str], text: str) -> set[str]:
    return {next(filter(None, found.groups())) for found in pattern.finditer(text)}


def read_in(path: Path) -> set[str]:
    """The variables that a file reads, or that begin as ours do."""
    text = path.read_text("utf-8")
    found = _matches(READ, text) | set(NAMED.findall(text))
    return found | _matches(SET_IN_MAKE, text) if path.name == "Makefile" else found


def read_anywhere(of: Path = ROOT) -> dict[str, str]:
    """Every variable that `make`, the tools, the benchmarks and the tests read, and a file."""
    found: dict[str, str] = {}
    for path in _files(of):
        for name in read_in(path):
            found.setdefault(name, path.relative_to(of).as_posix())
    return found
