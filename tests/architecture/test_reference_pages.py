"""The reference pages that are made from the code say what the code says."""

import ast

import pytest

from fondaco.config.environment import SETTINGS
from tools import reference_pages, trail_verbs, variables


def is_fresh(name, folder=reference_pages.FOLDER):
    """Whether a page says what the code says now."""
    return (folder / name).read_text("utf-8") == reference_pages.made(name)


@pytest.mark.parametrize("name", sorted(reference_pages.PAGES))
def test_a_reference_page_is_fresh(name):
    assert is_fresh(name), "run: .venv/bin/python -m tools.reference_pages"


def test_a_page_of_yesterday_is_seen(tmp_path):
    said = reference_pages.made("states.md")
    (tmp_path / "states.md").write_text(said.replace("draft", "sketch"), "utf-8")

    assert not is_fresh("states.md", tmp_path)


def test_verbs_are_followed_through_a_function_that_is_told_the_end_of_one(monkeypatch, tmp_path):
    services = tmp_path / "calls" / "services.py"
    services.parent.mkdir()
    services.write_text(
        "def _tell(what, call):\n"
        "    trail.record(f'call.{what}', subject=call.code)\n"
        "def open_call(call, early):\n"
        "    _tell('opened-early' if early else 'opened', call)\n"
        "def act(call):\n"
        "    _tell(ActKind.EXTENSION, call)\n"
        "    _tell(call.state, call)\n"
    )
    monkeypatch.setattr(trail_verbs, "CODE", tmp_path)

    verbs = trail_verbs.written("calls")

    assert verbs == {"call.opened-early", "call.opened", "call.extension", "call.…"}


def test_a_table_keeps_a_bar_inside_a_cell():
    assert reference_pages.table(("a",), [("x | y",)]).splitlines()[-1] == "| x \\| y |"


def test_the_reading_of_services_needs_nothing_but_python():
    source = (reference_pages.ROOT / "tools" / "trail_verbs.py").read_text("utf-8")
    imported = {
        (node.module or "").split(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
    }

    assert "django" not in imported


def unexplained(read):
    """Variables that neither the list of settings nor the list of variables explains."""
    said = {one.name for one in (*SETTINGS, *variables.VARIABLES)} | set(variables.OTHERS)
    return {name: file for name, file in read.items() if name not in said}


def test_every_variable_of_make_of_the_tools_and_of_the_tests_is_explained():
    read = variables.read_anywhere()

    assert unexplained(read) == {}
    assert {one.name for one in variables.VARIABLES} <= set(read)


def test_a_variable_that_nobody_explains_is_seen(tmp_path):
    ours, asked, taken, got, called = ("FONDACO_" + "PLANTED", "ASKED", "TAKEN", "GOT", "CALLED")
    planted = {
        "Makefile": f"run: ## {ours} and LOUD=yes\nGOAL ?= all\n",
        "tools/loud.py": f"os.environ.get('{asked}')\nos.environ['{taken}']\n",
        "tests/test_loud.py": f'getenv("{got}")\nVARIABLE = "{called}"\n',
    }
    for name, text in planted.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    assert unexplained(variables.read_anywhere(tmp_path)) == {
        ours: "Makefile",
        "LOUD": "Makefile",
        "GOAL": "Makefile",
        asked: "tools/loud.py",
        taken: "tools/loud.py",
        got: "tests/test_loud.py",
        called: "tests/test_loud.py",
    }
