"""What every test may use: a house that touches no file of the checkout, and a page in Chromium."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone, translation
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from tests.waits import all_answered, be_patient
from tools.chromium import launched

# A machine with much else to do is slow now and then; that says nothing of what is tried.
drawing.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("patient")

HERE = Path(__file__).parent
ARCHITECTURE, SETUP, KERNEL = HERE / "architecture", HERE / "setup", HERE / "kernel"
DECIDING = ("test_rules", "test_states", "test_phrases")
DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_blocker", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that asks for a page is a browser test; what needs row locks is not for SQLite.

    What looks at the files of the house, or is pure and asks no database, runs once.
    """
    for item in items:
        if _is_about_files(item) or _is_pure(item):
            item.add_marker(pytest.mark.once)
        uses_browser = {"page", "chromium"} & set(getattr(item, "fixturenames", ()))
        if uses_browser and not item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.browser)
    if settings.IS_SQLITE:
        config.hook.pytest_deselected(items=[i for i in items if i.get_closest_marker("postgres")])
        items[:] = [item for item in items if not item.get_closest_marker("postgres")]


def _is_about_files(item: pytest.Item) -> bool:
    return item.path.is_relative_to(ARCHITECTURE) or item.path.is_relative_to(SETUP)


def _is_pure(item: pytest.Item) -> bool:
    """Whether a test of rules, states or words asks no database; pytest-django keeps it to that."""
    is_deciding = item.path.name.startswith(DECIDING) or item.path.is_relative_to(KERNEL)
    asks = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "both"))
    return is_deciding and not asks and not DATABASE & set(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of the tests; a thread that still holds it at the end is sent away."""
    yield
    if not settings.IS_SQLITE:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def pytest_runtest_setup() -> None:
    """Every test begins as a reader of English without a zone of their own."""
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture(scope="session", autouse=True)
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that stands for `var`; static files need no collecting, passwords are cheap.

    The host of the tests' own client counts as this machine's.
    """
    from fondaco.directory import access

    var = tmp_path_factory.mktemp("var")
    (var / "static").mkdir()
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    at_home = access.HOME_HOSTS | {"testserver"}
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(
            VAR=var,
            STATIC_ROOT=var / "static",
            MEDIA_ROOT=var / "uploads",
            SPOOL=var / "spool",
            AVAILABILITY=var / "availability",
            PAGES_BY_PERSON=0,
            PAGES_BY_ADDRESS=0,
            PAGES_KEPT=0,
            SEAL_KEY=var / "keys" / "seal.pem",
            RECEIPT_KEY=var / "keys" / "receipt.pem",
            STORAGES=storages,
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ),
    ):
        patch.setattr(access, "HOME_HOSTS", at_home)
        yield var


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests of a process."""
    # Playwright keeps an event loop in this thread, where Django would then refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with launched() as browser:
        yield browser


@pytest.fixture
def page(request: pytest.FixtureRequest, chromium: Browser, live_server: Any) -> Iterator[Page]:
    """An empty page of the live site; `@pytest.mark.browser(locale="ar")` and the like shape it.

    A script that fails and a breach of the content security policy fail the test. Nothing is put
    away while the site still answers a request that the browser has given up.
    """
    marker = request.node.get_closest_marker("browser")
    shape: dict[str, Any] = {"locale": "en", "base_url": live_server.url}
    context = chromium.new_context(**shape | (marker.kwargs if marker else {}))
    be_patient(context)
    opened, faults = context.new_page(), list[str]()

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def note_error(error: Error) -> None:
        faults.append(str(error))

    opened.on("console", note)
    opened.on("pageerror", note_error)
    with all_answered():
        yield opened
        context.close()
    assert faults == []
