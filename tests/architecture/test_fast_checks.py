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


def test_djade_would_change_nothing():
    templates = [str(path) for path in sorted((ROOT / "fondaco").rglob("*.html"))]

    code, said = _run(str(BIN / "djade"), "--target-version", "5.2", "--check", *templates)

    assert code == 0, said
