"""The reference pages that are made from the code say what the code says."""

import ast

import pytest

from tools import reference_pages, trail_verbs


@pytest.mark.parametrize("name", sorted(reference_pages.PAGES))
def test_a_reference_page_is_fresh(name):
    kept = (reference_pages.FOLDER / name).read_text("utf-8")

    assert kept == reference_pages.made(name), "run: .venv/bin/python -m tools.reference_pages"


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
