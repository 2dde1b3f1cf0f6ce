"""The house rules that no linter knows: each takes a text or a model and names its offences."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "fondaco"
FILES = sorted(f for f in CODE.rglob("*.py") if "migrations" not in f.parts)
PUBLIC = frozenset(
    {"models", "states", "rules", "phrases", "selectors", "services", "access", "facts"}
)
LOOKING_ACROSS = frozenset({"config", "season", "files", "backup"})
PLUMBING = frozenset({"kernel", "web"})
WRITES = frozenset(
    {
        "save",
        "create",
        "bulk_create",
        "update",
        "bulk_update",
        "delete",
        "get_or_create",
        "update_or_create",
    }
)
MAY_WRITE = frozenset({"services", "mailbox"})
MAY_QUERY = frozenset({"services", "selectors", "access", "models", "facts", "mailbox"})
TOLD_THE_TIME = frozenset({"kernel", "rules", "states", "services", "selectors"})
CLOCKS = frozenset({"now", "today", "utcnow"})
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 400, 40, 25
Offences = list[str]


def slices() -> frozenset[str]:
    """The slices of the second contract, those with an anatomy."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = config["tool"]["importlinter"]["contracts"][1]
    return frozenset(name.removeprefix("fondaco.") for name in contract["containers"])


def layers() -> list[frozenset[str]]:
    """The rungs of the ladder, the highest first."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = config["tool"]["importlinter"]["contracts"][0]
    return [frozenset(re.split(r"\s*\|\s*", rung)) for rung in contract["layers"]]


def depth_of(name: str) -> int:
    """How far down the ladder a slice stands."""
    return next(depth for depth, rung in enumerate(layers()) if name in rung)


def place_of(file: Path) -> tuple[str, str]:
    """The slice of a file and the word of its anatomy: `services/sending.py` is services."""
    parts = file.relative_to(CODE).with_suffix("").parts
    return parts[0], parts[1] if len(parts) > 1 else ""


def _attributes(text: str) -> Iterator[ast.Attribute]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            yield node


def writes_outside_services(text: str, word: str) -> Offences:
    """Only services write; a form's `save` and a dictionary's `update` are none of its business."""
    if word in MAY_WRITE:
        return []
    called = [
        node.func
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    always = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    return [
        f"{func.lineno}: .{func.attr}()"
        for func in called
        if func.attr in always or (func.attr in WRITES and "objects" in ast.unparse(func.value))
    ]


def queries_outside_selectors(text: str, word: str) -> Offences:
    """Only services, selectors, access, facts and models query."""
    if word in MAY_QUERY:
        return []
    return [f"{node.lineno}: .objects" for node in _attributes(text) if node.attr == "objects"]


def strangers_met(text: str, own: str) -> Offences:
    """Of another slice only its public face is imported."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in named:
            parts = name.split(".")
            if parts[0] != "fondaco" or len(parts) < 3 or parts[1] in {own, *PLUMBING}:
                continue
            if parts[2] not in PUBLIC:
                found.append(f"{node.lineno}: {name}")
    return found


def clocks_read(text: str) -> Offences:
    """Rules, services and selectors are told the time."""
    return [
        f"{node.lineno}: {ast.unparse(node)}" for node in _attributes(text) if node.attr in CLOCKS
    ]


def locks_taken(text: str) -> list[str]:
    """The functions that lock rows: by a query, or by one that stands prepared in their file.

    A function that only makes the query for a prepared one is not among them.
    """
    tree = ast.parse(text)
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    asking = {node.name for node in functions if _asks_for_lock(node)}
    prepared: set[str] = set()
    making: set[str] = set()
    for node in (node for place in (tree, *classes) for node in place.body):
        if isinstance(node, ast.Assign) and (_asks_for_lock(node) or asking & _names_in(node)):
            prepared |= {name for target in node.targets for name in _names_in(target)}
            making |= asking & _names_in(node)
    using = {node.name for node in functions if prepared & _names_in(node)}
    return sorted((asking | using) - making)


def _asks_for_lock(tree: ast.AST) -> bool:
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(f, ast.Attribute) and f.attr == "select_for_update" for f in called)


def _names_in(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def too_long(text: str, word: str) -> Offences:
    """No file over 400 lines, no function over 40, no view over 25."""
    longest = LONGEST_VIEW if word == "views" else LONGEST_FUNCTION
    found = [f"file: {text.count(chr(10))} lines"] if text.count("\n") > LONGEST_FILE else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > longest:
                found.append(f"{node.lineno}: {node.name} has {lines} lines")
    return found


def in_template(text: str) -> Offences:
    """No template holds inline script or style."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", line):
            found.append(f"{number}: {line.strip()[:80]}")
    return found


def without_phrase(words: Mapping[str, object], needed: Iterator[str] | list[str]) -> Offences:
    """Each state and each reason has a phrase that people read."""
    return [word for word in needed if word not in words]
