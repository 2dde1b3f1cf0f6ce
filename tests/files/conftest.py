"""A folder for every test to break."""

from pathlib import Path

import pytest

from tests.files.folders import written


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a programme without a mistake."""
    return written(tmp_path)
