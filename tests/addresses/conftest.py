"""The scene, built once for a file of tests, and clients signed in as its people."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.addresses.doors import READERS
from tests.addresses.scene import Scene, built
from tests.addresses.sessions import client_of

ClientOf = Callable[[str], Client]


@pytest.fixture(scope="module")
def scene(house: Any, django_db_setup: Any, django_db_blocker: Any) -> Iterator[Scene]:
    """The scene, taken out at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield built(seal_file=settings.SEAL_KEY)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(scene: Scene, django_db_blocker: Any) -> ClientOf:
    """The browser of every reader, with a session that outlives the single test."""
    with django_db_blocker.unblock():
        kept = {reader: client_of(scene, reader) for reader in READERS}
    return kept.__getitem__
