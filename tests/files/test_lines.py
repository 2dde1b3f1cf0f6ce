"""The line that each table and key of a TOML text stands on."""

import tomllib

import pytest

from fondaco.files.lines import line_of, lines_of
from tests.files.folders import FOUNDING
from tools.paths import ROOT

TEXT = '''code = "a"          # 1
# a comment with """ in it
title.en = """
[no.table]
key = 1
"""
"quoted" = 1

[funder]
name.en = "x"

[[rule]]
code = "first"

[[rule]]
code = "second"

[[section]]
[[section.question]]
[[section.question.option]]
code = "one"
[[section.question.option]]
code = "two"
[[section]]
[[section.question]]
kind = "x"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("code",), 1),
        (("title", "en"), 3),
        (("quoted",), 7),
        (("funder",), 9),
        (("funder", "name", "en"), 10),
        (("rule", 0), 12),
        (("rule", 0, "code"), 13),
        (("rule", 1, "code"), 16),
        (("section", 0, "question", 0, "option", 0, "code"), 21),
        (("section", 0, "question", 0, "option", 1, "code"), 23),
        (("section", 1, "question", 0, "kind"), 26),
    ],
)
def test_every_value_has_its_line(path, line):
    assert lines_of(TEXT)[path] == line


@pytest.mark.parametrize("path", [("no", "table"), ("key",), ("title", "key")])
def test_what_stands_inside_a_long_text_is_no_key(path):
    assert path not in lines_of(TEXT)


def test_what_is_absent_has_the_line_of_what_is_around_it():
    lines = lines_of(TEXT)

    assert line_of(lines, ("rule", 1, "says", "en")) == 15
    assert line_of(lines, ("nowhere",)) == 1


def _places(value, path=()):
    if isinstance(value, dict):
        for key, kept in value.items():
            yield (*path, key)
            yield from _places(kept, (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for position, kept in enumerate(value):
            yield from _places(kept, (*path, position))


@pytest.mark.parametrize("code", FOUNDING)
def test_every_last_key_of_the_founding_programmes_stands_on_its_line(code):
    for file in sorted((ROOT / "programmes" / code).rglob("*.toml")):
        text = file.read_text("utf-8")
        lines, written = lines_of(text), text.splitlines()

        found = [path for path in _places(tomllib.loads(text)) if path in lines]

        assert len(found) > 5
        assert all(str(path[-1]) in written[lines[path] - 1] for path in found), file
