"""The fast checks are tests too, so that `make test` is the whole truth."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.guards import ROOT

BIN = Path(sys.executable).parent


def _run(*words):
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-6000:]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param((BIN / "ruff", "check", "."), id="ruff check"),
        pytest.param((BIN / "ruff", "format", "--check", "."), id="ruff format"),
        pytest.param((BIN / "lint-imports",), id="import contracts"),
        pytest.param(
            (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
            id="no migration is missing",
        ),
        pytest.param((BIN / "mypy", "fondaco", "tools", "benchmarks"), id="mypy --strict"),
        pytest.param((sys.executable, "-m", "tools.check_deploy"), id="Django's deployment check"),
    ],
)
def test_fast_check(words):
    code, said = _run(*map(str, words))

    assert code == 0, said


def _djade(templates):
    return _run(str(BIN / "djade"), "--target-version", "5.2", "--check", *map(str, templates))


def test_djade_would_change_nothing():
    templates = sorted((ROOT / "fondaco").rglob("*.html"))

    code, said = _djade(templates)

    assert templates
    assert code == 0, said


def test_what_a_check_finds_is_seen(tmp_path):
    planted, template = tmp_path / "planted.py", tmp_path / "planted.html"
    planted.write_text("import os\n\ndef loud():\n  print( 1)\n")
    template.write_text("{%load i18n%}\n")

    found = [
        _run(str(BIN / "ruff"), "check", "--isolated", str(planted)),
        _run(str(BIN / "ruff"), "format", "--isolated", "--check", str(planted)),
        _run(str(BIN / "mypy"), "--strict", "--config-file", "", str(planted)),
        _djade([template]),
    ]

    assert [code for code, _said in found] == [1, 1, 1, 1]
    assert all("planted" in said for _code, said in found)
