"""What the environment may say, and what forbids a production to start."""

import re
import subprocess
import sys

import pytest

from fondaco.config.environment import DEMONSTRATION_SECRET, SETTINGS, mistakes, value_of
from tools.paths import ROOT

PRODUCTION = {
    "FONDACO_MODE": "production",
    "FONDACO_SECRET_KEY": "x" * 50,
    "FONDACO_DATABASE_URL": "postgres://name:word@db.example/fondaco",
    "FONDACO_HOSTS": "calls.example.org",
    "FONDACO_ADDRESS": "https://calls.example.org",
    "FONDACO_EMAIL_URL": "smtp://name:word@mail.example:25",
}
NEEDED = sorted(set(PRODUCTION) - {"FONDACO_MODE"})


def test_a_demonstration_starts_with_nothing_said():
    assert mistakes({}) == []


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ({"FONDACO_BEHIND_PROXY": "yes"}, ["FONDACO_BEHIND_PROXY is yes"]),
        ({"FONDACO_ADDRESS": "https://calls.example.org"}, ["FONDACO_ADDRESS is not of this"]),
        ({"FONDACO_ADDRESS": "http://localhost:9000"}, []),
        ({"FONDACO_ADDRESS": "http://[::1]:9000"}, []),
    ],
)
def test_a_demonstration_starts_on_this_machine_alone(said, begins):
    found = mistakes(said)

    assert [line[: len(start)] for line, start in zip(found, begins, strict=True)] == begins


def test_a_whole_production_starts():
    assert mistakes(PRODUCTION) == []


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, ""], ids=["absent", "empty"])
def test_a_production_refuses_to_start_without_what_it_needs(name, value):
    environ = {key: kept for key, kept in PRODUCTION.items() if key != name}
    if value is not None:
        environ[name] = value

    found = mistakes(environ)

    declared = next(setting for setting in SETTINGS if setting.name == name)
    assert found[0] == f"{name} is not set: {declared.says}"


def test_a_production_that_says_nothing_is_told_everything_at_once():
    found = mistakes({"FONDACO_MODE": "production"})

    named = [re.match(r"FONDACO_\w+", line)[0] for line in found]
    assert sorted(named) == sorted([*NEEDED, "FONDACO_SECRET_KEY"])


def test_a_production_refuses_the_secret_of_the_demonstration():
    found = mistakes(PRODUCTION | {"FONDACO_SECRET_KEY": DEMONSTRATION_SECRET})

    assert found == ["FONDACO_SECRET_KEY is the demonstration's: make one of your own."]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(
            {"FONDACO_DATABASE_URL": "sqlite:////srv/fondaco.sqlite3"},
            ["FONDACO_DATABASE_URL is SQLite: set FONDACO_SQLITE_IN_PRODUCTION=yes to mean it."],
            id="SQLite by accident",
        ),
        pytest.param(
            {
                "FONDACO_DATABASE_URL": "sqlite:////srv/fondaco.sqlite3",
                "FONDACO_SQLITE_IN_PRODUCTION": "yes",
            },
            [],
            id="SQLite on purpose",
        ),
        pytest.param(
            {"FONDACO_DATABASE_URL": "", "FONDACO_SQLITE_IN_PRODUCTION": "yes"},
            [],
            id="SQLite on purpose, where it lies by default",
        ),
        pytest.param(
            {"FONDACO_MODE": "prod"},
            ["FONDACO_MODE is 'prod': write production or demonstration."],
            id="a mode that nobody knows",
        ),
        pytest.param(
            {"FONDACO_EMAIL_URL": "mail.example:25"},
            ["FONDACO_EMAIL_URL names no mail server: begin with smtps:// or smtp://."],
            id="a mail server without its kind",
        ),
    ],
)
def test_a_production_means_what_it_says(said, expected):
    assert mistakes(PRODUCTION | said) == expected


def test_a_value_is_the_environments_else_the_default():
    assert value_of("FONDACO_PORT", {"FONDACO_PORT": "9000"}) == "9000"
    assert value_of("FONDACO_PORT", {"FONDACO_PORT": ""}) == "8000"
    assert value_of("FONDACO_PORT", {}) == "8000"


def test_a_variable_nobody_declared_is_a_mistake_of_the_code():
    with pytest.raises(KeyError):
        value_of("COLOUR", {})


def test_a_production_writes_to_the_disk_before_it_answers():
    said = mistakes({"FONDACO_MODE": "production", "FONDACO_TEST_SYNCHRONOUS": "OFF"})

    assert "FONDACO_TEST_SYNCHRONOUS is for tests: take it out of the environment." in said
    assert not any("SYNCHRONOUS" in one for one in mistakes({"FONDACO_MODE": "production"}))


def undeclared(text):
    """The variables of the house that a text names and nobody has declared."""
    read = set(re.findall(r"FONDACO_[A-Z_]+", text)) - {"FONDACO_TEST_SYNCHRONOUS"}
    return read - {setting.name for setting in SETTINGS}


def test_every_variable_that_the_settings_read_is_declared():
    text = (ROOT / "fondaco/config/settings.py").read_text("utf-8")

    assert len(re.findall(r"FONDACO_[A-Z_]+", text)) > 10
    assert undeclared(text) == set()


def test_a_variable_that_nobody_declared_is_seen():
    planted = "FONDACO_" + "COLOUR"

    assert undeclared(f'setting("FONDACO_PORT")\nsetting("{planted}")\n') == {planted}


def started(tmp_path, script, **said):
    """Read the settings in a process of its own with just this environment."""
    environ = {"PATH": "/usr/bin:/bin", "FONDACO_VAR": str(tmp_path), **said}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"from fondaco.config import settings as s; {script}"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_settings_refuse_an_unsafe_production_and_say_why(tmp_path):
    done = started(tmp_path, "", FONDACO_MODE="production")

    assert done.returncode != 0
    assert "FONDACO_EMAIL_URL is not set" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_production_on_tls_is_strict(tmp_path):
    script = (
        "print(s.IS_DEMONSTRATION, s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
        "s.LANGUAGE_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 3e7, "
        "hasattr(s, 'SECURE_PROXY_SSL_HEADER'), s.EMAIL_HOST, s.ALLOWED_HOSTS)"
    )

    done = started(tmp_path, script, **PRODUCTION)

    assert done.stdout.split() == [
        *("False", "False", "True", "True", "True", "True", "True", "False"),
        *("mail.example", "['calls.example.org']"),
    ]


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtps://n%40a.example:p%2Fw@mail.example", "465 True False n@a.example p/w"),
        ("smtp://name:word@mail.example", "587 False True name word"),
        ("smtp+plain://mail.example", "25 False False"),
        ("smtp+plain://mail.example:2525", "2525 False False"),
    ],
)
def test_the_way_to_the_mail_server_is_as_its_address_says(tmp_path, url, read):
    script = (
        "print(s.EMAIL_PORT, s.EMAIL_USE_SSL, s.EMAIL_USE_TLS, "
        "s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD)"
    )

    done = started(tmp_path, script, **PRODUCTION | {"FONDACO_EMAIL_URL": url})

    assert done.stdout.strip() == read


@pytest.mark.parametrize(("said", "proxies"), [("yes", "1"), ("no", "0")])
def test_the_library_that_counts_attempts_believes_the_proxy_too(tmp_path, said, proxies):
    script = "print(getattr(s, 'ALLAUTH_TRUSTED_PROXY_COUNT', 0))"

    done = started(tmp_path, script, **PRODUCTION | {"FONDACO_BEHIND_PROXY": said})

    assert done.stdout.strip() == proxies


def test_papers_do_not_push_out_what_is_counted(tmp_path):
    script = (
        "print(s.CACHES['default']['OPTIONS']['MAX_ENTRIES'], "
        "s.CACHES['default']['LOCATION'] != s.CACHES['papers']['LOCATION'])"
    )

    assert started(tmp_path, script).stdout.split() == ["100000", "True"]


def test_a_demonstration_keeps_its_mail_and_believes_no_proxy(tmp_path):
    script = "print(s.IS_DEMONSTRATION, s.EMAIL_BACKEND, s.IS_BEHIND_PROXY, s.SECURE_SSL_REDIRECT)"

    done = started(tmp_path, script)

    assert done.stdout.split() == ["True", "fondaco.mail.mailbox.MailboxBackend", "False", "False"]
