"""The verbs that services write into the trail, read from their code: nothing is run."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from tools.paths import ROOT

CODE = ROOT / "fondaco"
OPEN = "…"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Teller:
    """A function that is told a verb, or the end of one: by which argument, behind what."""

    argument: str
    position: int
    prefix: str


def written(slice_: str) -> frozenset[str]:
    """Every verb that the services of a slice write; one that is known only in part ends in …."""
    return frozenset(_Reading(slice_).verbs())


def slices() -> list[str]:
    """The slices that have services."""
    return sorted(folder.name for folder in CODE.iterdir() if list(_services_of(folder.name)))


def _services_of(slice_: str) -> Iterator[Path]:
    folder = CODE / slice_
    yield from sorted([*folder.glob("services.py"), *folder.glob("services/*.py")])


class _Reading:
    """One slice's services, as they are written."""

    def __init__(self, slice_: str) -> None:
        self.slice = slice_
        trees = [ast.parse(path.read_text(encoding="utf-8")) for path in _services_of(slice_)]
        nodes = [node for tree in trees for node in tree.body]
        self.functions = [node for node in nodes if isinstance(node, Function)]
        self.tables = {
            target.id: node.value
            for node in nodes
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        self.tellers = {"record": Teller("verb", 0, "")}

    def verbs(self) -> set[str]:
        """Follow the verb from the trail back to whoever names it, until nothing new is found."""
        found: set[str] = set()
        known = 0
        while known != len(self.tellers):
            known = len(self.tellers)
            for function in self.functions:
                found |= set(self._told_in(function))
        return found

    def _told_in(self, function: Function) -> Iterator[str]:
        arguments = [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            teller = self.tellers.get(_name_of(call.func))
            verb = _argument(call, teller) if teller else None
            if teller is None or verb is None:
                continue
            head, end = _split(verb)
            if isinstance(end, ast.Name) and end.id in arguments:
                at = arguments.index(end.id)
                self.tellers.setdefault(function.name, Teller(end.id, at, teller.prefix + head))
            else:
                yield from (teller.prefix + head + word for word in self._words(end))

    def _words(self, end: ast.expr | None) -> Iterable[str]:
        """What an expression can be: a text, a member of a list of words, a value of a table."""
        if end is None:
            return [""]
        if isinstance(end, ast.Constant):
            return [str(end.value)]
        if isinstance(end, ast.IfExp):
            return [*self._words(end.body), *self._words(end.orelse)]
        if isinstance(end, ast.Subscript) and _name_of(end.value) in self.tables:
            table = self.tables[_name_of(end.value)]
            return [word for value in table.values for word in self._words(value)]
        member = self._member(end)
        return [member or OPEN]

    def _member(self, end: ast.expr) -> str:
        """`ActKind.EXTENSION` as the word it stands for."""
        if not isinstance(end, ast.Attribute):
            return ""
        kinds: Mapping[str, object] = vars(import_module(f"fondaco.{self.slice}.states"))
        kind = kinds.get(_name_of(end.value))
        is_words = isinstance(kind, type) and issubclass(kind, StrEnum)
        return str(getattr(kind, end.attr)) if is_words else ""


def _name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _argument(call: ast.Call, teller: Teller) -> ast.expr | None:
    named = [word.value for word in call.keywords if word.arg == teller.argument]
    if named:
        return named[0]
    return call.args[teller.position] if len(call.args) > teller.position else None


def _split(verb: ast.expr) -> tuple[str, ast.expr | None]:
    """A text with one open end as its beginning and that end."""
    if not isinstance(verb, ast.JoinedStr):
        return "", verb
    head = "".join(str(part.value) for part in verb.values if isinstance(part, ast.Constant))
    ends = [part.value for part in verb.values if isinstance(part, ast.FormattedValue)]
    return head, ends[0] if ends else None
