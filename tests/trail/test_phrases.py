"""Every verb that the code records has a sentence that people read."""

import ast
import re
from pathlib import Path

import pytest

import fondaco
from fondaco.trail import phrases
from fondaco.trail.models import Entry

CODE = Path(fondaco.__file__).parent
VERB = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*")
SERVICES = sorted(
    file
    for file in CODE.rglob("*.py")
    if file.stem == "services" or "services" in file.relative_to(CODE).parts
)


def calls_in(node):
    """Every call below a node."""
    return [found for found in ast.walk(node) if isinstance(found, ast.Call)]


def composed_in(node):
    """The calls that record a verb put together from pieces."""
    return [
        call
        for call in calls_in(node)
        if ast.unparse(call.func).endswith("record")
        and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]


def shorthands_in(text):
    """Functions that record `beginning.{first parameter}`, each with its beginning."""
    found = {}
    for function in ast.walk(ast.parse(text)):
        for call in composed_in(function) if isinstance(function, ast.FunctionDef) else ():
            first = function.args.args[0].arg if function.args.args else ""
            beginning, _, rest = ast.unparse(call.args[0])[2:-1].partition("{")
            if beginning.endswith(".") and rest == first + "}":
                found[function.name] = beginning
    return found


def verbs_in(text, shorthands=None):
    """The words of a services file that have the shape of a verb, and those told by shorthand."""
    tree = ast.parse(text)
    spelt = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    short = {
        shorthands[name] + call.args[0].value
        for call in calls_in(tree)
        if (name := ast.unparse(call.func).rpartition(".")[2]) in (shorthands or {})
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    return {word for word in spelt | short if isinstance(word, str) and VERB.fullmatch(word)}


def without_sentence(text, shorthands=None):
    """The verbs of a services file that nobody gave words."""
    return sorted(verbs_in(text, shorthands) - phrases.said_verbs())


def composed_verbs(text, shorthands=None):
    """The lines that record a verb put together in a way that no reader of code would find."""
    tree = ast.parse(text)
    known = {
        call.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name in (shorthands or {})
        for call in composed_in(function)
    }
    return [call.lineno for call in composed_in(tree) if call.lineno not in known]


SHORTHANDS = {
    name: beginning
    for file in SERVICES
    for name, beginning in shorthands_in(file.read_text("utf-8")).items()
}


@pytest.mark.parametrize("file", SERVICES, ids=lambda file: str(file.relative_to(CODE)))
def test_every_verb_has_a_sentence(file):
    text = file.read_text("utf-8")

    assert without_sentence(text, SHORTHANDS) == []
    assert composed_verbs(text, SHORTHANDS) == []


def test_the_guard_finds_a_verb_without_a_sentence():
    planted = """
from fondaco.trail.services import (
    record,
)
def do() -> None:
    happened = "kettle.boiled-over"
    record(happened, subject="k", by_id=None, at=at)
    record("letter.sent", subject="k", by_id=None, at=at)
"""

    assert without_sentence(planted) == ["kettle.boiled-over"]


def test_the_guard_finds_a_verb_that_is_put_together():
    planted = 'trail.record(f"kettle.{act}", subject="k")\n_record("kettle." + act, kettle)'

    assert composed_verbs(planted) == [1, 2]


def test_the_guard_follows_a_shorthand_to_the_verbs_it_records():
    planted = """
def note(what: str, kettle: Kettle) -> None:
    trail.record(f"kettle.{what}", subject=kettle.code)
def boil() -> None:
    acts.note("boiled-over", kettle)
"""

    shorthands = shorthands_in(planted)

    assert shorthands == {"note": "kettle."}
    assert composed_verbs(planted, shorthands) == []
    assert without_sentence(planted, shorthands) == ["kettle.boiled-over"]


def test_a_verb_without_words_speaks_for_itself():
    assert phrases.sentence_of("kettle.boiled-over") == "kettle.boiled-over"
    assert str(Entry(verb="a.b", subject="c")) == "a.b c"


def test_every_fault_that_is_looked_for_has_words():
    text = (CODE / "trail" / "selectors.py").read_text("utf-8")

    assert set(re.findall(r'Fault\([^"]+"([a-z-]+)"', text)) == set(phrases.FAULTS)
