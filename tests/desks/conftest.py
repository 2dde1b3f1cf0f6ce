"""The founding programmes, loaded once for a whole file of tests."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import translation

from fondaco.files.reading import read_folder
from fondaco.files.services import load_folder
from tests.factories.directory import AT
from tests.files.folders import FOUNDING
from tools.paths import ROOT


@pytest.fixture(scope="module")
def founding_programmes(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The five programmes with their editions, taken out at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        for code in FOUNDING:
            season = ROOT / "season" / code
            folder = read_folder(ROOT / "programmes" / code, season=season, day=date(2026, 11, 1))
            load_folder(folder, by_id=None, at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def day_of_loading() -> Iterator[None]:
    """It is the moment at which they were loaded."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture(autouse=True)
def _reader_of_english() -> Iterator[None]:
    """A page asked for by an earlier test leaves its language behind."""
    with translation.override("en"):
        yield
