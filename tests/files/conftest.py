"""A folder for every test to break, and mistakes in the language of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tests.files.folders import written


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a programme without a mistake."""
    return written(tmp_path)


@pytest.fixture(autouse=True)
def _reader_of_english() -> Iterator[None]:
    """A page asked for by an earlier test leaves its language behind."""
    with translation.override("en"):
        yield
