"""The pages of docs/reference/ that are made from the code; a test says when they are stale.

Usage: .venv/bin/python -m tools.reference_pages
"""

import inspect
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import EnumMeta, StrEnum
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import django
from django.utils import translation
from django.utils.functional import Promise

from fondaco.config.environment import SETTINGS
from fondaco.kernel.states import Move
from tools import trail_verbs
from tools.paths import ROOT
from tools.variables import VARIABLES

FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Made from the code by `python -m tools.reference_pages`: change the code instead. -->"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", MADE, *(part for part in parts if part)]) + "\n"


def _slices_with(name: str) -> Iterator[tuple[str, ModuleType]]:
    for folder in sorted(path for path in trail_verbs.CODE.iterdir() if path.is_dir()):
        module = f"fondaco.{folder.name}.{name}"
        if (folder / "__init__.py").exists() and folder.name != "kernel" and find_spec(module):
            yield folder.name, import_module(module)


def _own(module: ModuleType) -> Iterator[tuple[str, object]]:
    """What a module defines itself, in the order in which it is written."""
    for name, value in vars(module).items():
        is_foreign = getattr(value, "__module__", module.__name__) != module.__name__
        if not name.startswith("_") and not is_foreign:
            yield name, value


def settings_page() -> str:
    """Every variable of the environment."""
    rows = [
        (
            f"`{setting.name}`",
            f"`{setting.default}`" if setting.default else "empty",
            "yes" if setting.is_needed_in_production else "",
            setting.says,
        )
        for setting in SETTINGS
    ]
    return _page(
        "Settings",
        "Everything that differs between places is read from the environment. A production that "
        "lacks a variable it needs does not start, and says which one.",
        table(("Variable", "Default", "Needed in production", "What it does"), rows),
        "## Variables of `make` and of the tests",
        "These are for whoever works on the house: no server reads them, but for one that a "
        "production refuses.",
        table(("Variable", "Read by", "Default", "What it does"), _variables()),
    )


def _variables() -> list[Sequence[str]]:
    return [
        (
            f"`{one.name}`",
            one.read_by,
            f"`{one.default}`" if one.default else "empty",
            one.says,
        )
        for one in VARIABLES
    ]


def _words_for(slice_: str, kind: EnumMeta) -> Mapping[object, object]:
    """The words that people read for the members of a list, where a slice has them."""
    if find_spec(f"fondaco.{slice_}.phrases") is None:
        return {}
    for _name, words in _own(import_module(f"fondaco.{slice_}.phrases")):
        if isinstance(words, Mapping) and words and _is_read_by_people(words, kind):
            return words
    return {}


def _is_read_by_people(words: Mapping[object, object], kind: EnumMeta) -> bool:
    return all(type(key) is kind for key in words) and all(
        isinstance(word, Promise) for word in words.values()
    )


def _list_of_words(slice_: str, kind: EnumMeta) -> str:
    words = _words_for(slice_, kind)
    members: list[StrEnum] = list(kind.__members__.values())
    if not words:
        rows: list[Sequence[str]] = [(f"`{member.value}`",) for member in members]
        return table(("Word",), rows)
    rows = [(f"`{member.value}`", str(words.get(member, ""))) for member in members]
    return table(("Word", "What people read"), rows)


def _moves(moves: Mapping[StrEnum, Move]) -> str:
    rows = [
        (
            f"`{action}`",
            ", ".join(f"`{state}`" for state in sorted(move.sources)),
            f"`{move.target}`",
        )
        for action, move in moves.items()
    ]
    return table(("Action", "From", "To"), rows)


def _states_of(slice_: str, module: ModuleType) -> Iterator[str]:
    yield f"## {slice_}"
    yield inspect.getdoc(module) or ""
    for name, value in _own(module):
        if isinstance(value, EnumMeta):
            yield f"### {slice_}: {name}"
            yield inspect.getdoc(value) or ""
            yield _list_of_words(slice_, value)
        elif isinstance(value, Mapping) and all(isinstance(kept, Move) for kept in value.values()):
            yield f"### {slice_}: {name}"
            yield "What may happen from where, and where it leads."
            yield _moves(value)


def states_page() -> str:
    """Every list of words and every table of moves."""
    parts = [
        part for slice_, module in _slices_with("states") for part in _states_of(slice_, module)
    ]
    return _page(
        "States",
        "The words that each slice keeps in its `states.py`, and the tables that say what may "
        "happen to a thing. A move that stands in no table cannot be made.",
        *parts,
    )


def _rights(value: Mapping[StrEnum, frozenset[StrEnum]]) -> str:
    rows = [
        (f"`{what}`", ", ".join(f"`{word}`" for word in sorted(allowed)))
        for what, allowed in value.items()
    ]
    return table(("To", "Needs one of"), rows)


def _is_rights(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(key, StrEnum) and isinstance(kept, frozenset) for key, kept in value.items()
    )


def _access_of(slice_: str, module: ModuleType) -> Iterator[str]:
    yield f"## {slice_}"
    yield inspect.getdoc(module) or ""
    functions = [(name, one) for name, one in _own(module) if inspect.isfunction(one)]
    yield table(
        ("Asked by", "What it answers"),
        [(f"`{name}`", inspect.getdoc(one) or "") for name, one in functions],
    )
    for name, value in _own(module):
        if value and isinstance(value, Mapping) and _is_rights(value):
            yield f"### {slice_}: {name}"
            yield _rights(value)


def _routes_behind(door: object) -> str:
    addresses = import_module("tests.addresses.map").MAP
    routes = sorted({address.name for address in addresses if address.door is door})
    return ", ".join(f"`{route}`" for route in routes)


def _unseen() -> str:
    """Where a 404 stands in the place of a 403, as the tests of every address prove it."""
    doors = import_module("tests.addresses.doors")
    named = doors.named()
    rows = [
        (_routes_behind(named[name]), ", ".join(doors.unseen_by(named[name])), why)
        for name, why in doors.UNSEEN.items()
    ]
    return table(("Routes", "Answer 404 also to", "Because"), rows)


def permissions_page() -> str:
    """Who may do what, as each slice's access.py says it, and who is told that nothing is there."""
    parts = [
        part for slice_, module in _slices_with("access") for part in _access_of(slice_, module)
    ]
    return _page(
        "Permissions",
        "Who may do what is asked in the `access.py` of the slice that owns the thing, and nowhere "
        "else. A stranger is answered 404, a known person without the right 403.",
        *parts,
        "## Where a 404 stands in the place of a 403",
        "A 403 says that something is there. Where that is already too much, people of the "
        "programme, too, are answered 404. The table is made from the map of all addresses "
        "(`tests/addresses/doors.py`), which the tests try for every reader; *applicant* and "
        "*colleague* are those of the organisation whose thing it is. One route may stand here "
        "several times, with things in different states.",
        _unseen(),
    )


def _verb_rows(slice_: str) -> Iterator[Sequence[str]]:
    from fondaco.trail.phrases import sentence_of
    from fondaco.trail.services import REACTIONS

    for verb in sorted(trail_verbs.written(slice_)):
        said = sentence_of(verb)
        heard = sorted(name.removeprefix("fondaco.") for name in REACTIONS.get(verb, {}))
        yield f"`{verb}`", "" if said == verb else said, ", ".join(f"`{name}`" for name in heard)


def trail_page() -> str:
    """Every verb of the trail, what a story says for it, and who reacts."""
    parts = []
    for slice_ in trail_verbs.slices():
        if rows := list(_verb_rows(slice_)):
            parts += [f"## {slice_}", table(("Verb", "What a story says", "Heard by"), rows)]
    return _page(
        "Verbs of the trail",
        "What the services of each slice write into the trail. A verb that ends in … is completed "
        "by a word that only the moment knows; *heard by* names the reactions that follow in the "
        "worker.",
        *parts,
    )


PAGES = {
    "settings.md": settings_page,
    "states.md": states_page,
    "permissions.md": permissions_page,
    "trail.md": trail_page,
}


def made(name: str) -> str:
    """A page as the code says it now, in English."""
    with translation.override("en"):
        return PAGES[name]()


def main() -> None:
    """Write all pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fondaco.config.settings")
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (FOLDER / name).write_text(made(name), encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
