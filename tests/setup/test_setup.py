"""The house's set-up: locks, packages, verbs, and what integration runs."""

import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fondaco.config.environment import SETTINGS
from tools import debian, environment, handbook, lock, run, serve, suite
from tools.paths import LOCKS, ROOT
from tools.postgres import programs_folder

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def pins(name: str) -> dict[str, str]:
    """The packages of a lock and their versions."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (LOCKS / name).read_text(), re.MULTILINE))


def needs(*extras: str) -> list[Requirement]:
    """What the project asks for, with these extras."""
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])]
    return [Requirement(line) for line in lines]


def tool(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """What one of our tools says and how it ends."""
    command = [sys.executable, "-m", *words]
    inherited = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        command, cwd=ROOT, env={**inherited, **env}, capture_output=True, text=True, check=False
    )


def program(folder: Path, name: str, script: str) -> None:
    """A program of this name in the folder."""
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


# The locks


@pytest.mark.parametrize("name", ["prod.lock", "dev.lock"])
def test_lock_names_no_registry(name):
    assert lock.addresses_in(LOCKS / name) == []


@pytest.mark.parametrize(
    "line",
    ["--index-url x", "--find-links wheels", "six @ file:///six.whl", "  https://a.example/"],
)
def test_a_planted_address_is_found(tmp_path, line):
    planted = tmp_path / "planted.lock"
    planted.write_text(f"six==1.17.0\n{line}\n")

    assert lock.addresses_in(planted) == [line]


@pytest.mark.parametrize("name", ["prod.lock", "dev.lock"])
def test_every_pin_carries_a_hash(name):
    text = (LOCKS / name).read_text()

    assert text.count(" \\\n    --hash=sha256:") >= len(pins(name)) > 0
    assert [
        pin for pin in pins(name) if "--hash" not in environment.requirement_of(pin, text)
    ] == []


def test_development_has_all_of_production_in_the_same_versions():
    production, development = pins("prod.lock"), pins("dev.lock")

    assert {name: development.get(name) for name in production} == production


@pytest.mark.parametrize(
    ("name", "extras"), [("prod.lock", lock.PRODUCTION), ("dev.lock", lock.DEVELOPMENT)]
)
def test_lock_is_in_step_with_the_project(name, extras):
    pinned = pins(name)

    wrong = [
        str(need)
        for need in needs(*extras)
        if not need.specifier.contains(pinned.get(canonicalize_name(need.name), "0"))
    ]

    assert wrong == []


def test_every_extra_is_locked_for_development():
    assert set(EXTRAS) == set(lock.DEVELOPMENT)


def test_every_dependency_has_a_lower_bound():
    unbound = [
        str(need) for need in needs(*EXTRAS) if not any(s.operator == ">=" for s in need.specifier)
    ]

    # the type stubs ask for the checker that fits them
    assert unbound == []


def test_npm_writes_no_addresses_and_runs_no_scripts():
    lines = (ROOT / ".npmrc").read_text().splitlines()

    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(lines)


def test_uv_keeps_no_lock_of_its_own():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]

    assert settings == {"managed": False}
    assert "/uv.lock" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_installer_is_taken_from_the_lock_with_its_hashes():
    installer = "uv==2 \\\n    --hash=sha256:01 \\\n    --hash=sha256:02\n"
    text = f"a==1 \\\n    --hash=sha256:00\n{installer}z==3 \\\n    --hash=sha256:03\n"

    assert environment.requirement_of("uv", text) == installer


# Debian's packages


def test_missing_packages_are_named_and_nothing_is_tried_without_the_right(tmp_path):
    said = tool("tools.debian", "test", PATH=str(tmp_path))

    assert said.returncode == 2
    assert re.findall(r"^  (chromium|default-jre-headless) +(.+)$", said.stdout, re.MULTILINE) == [
        ("chromium", "the tests that use a browser"),
        ("default-jre-headless", "the validator of HTML"),
    ]
    assert "apt-get install --no-install-recommends" in said.stderr
    assert "chromium default-jre-headless" in said.stderr


def test_missing_packages_are_installed_after_an_update(tmp_path):
    log = tmp_path / "log"
    program(tmp_path, "sudo", 'shift; "$@"')
    program(tmp_path, "env", 'shift; "$@"')
    program(
        tmp_path,
        "apt-get",
        f'echo "$@" >> {log}; cd {tmp_path}; for name in chromium java xgettext; do '
        'echo "#!/bin/sh" > $name; /bin/chmod +x $name; done',
    )

    said = tool("tools.debian", "test", PATH=str(tmp_path))

    assert said.returncode == 0, said.stderr
    update, install = log.read_text().splitlines()
    assert update == "-qq update"
    assert install.startswith("-qq install -y --no-install-recommends ")
    assert install.endswith("chromium default-jre-headless gettext")


def test_an_installation_that_brings_nothing_is_not_believed(tmp_path):
    for name in ("sudo", "env"):
        program(tmp_path, name, 'shift; "$@"')
    program(tmp_path, "apt-get", "exit 0")

    said = tool("tools.debian", "test", PATH=str(tmp_path))

    assert said.returncode == 2
    assert "still not found" in said.stderr


def test_nothing_is_said_when_nothing_is_missing():
    assert debian.missing(debian.FOR_TEST) == []


def test_the_newest_postgresql_of_debian_is_taken(tmp_path):
    for version in ("9.6", "13", "15"):
        programs = tmp_path / version / "bin"
        programs.mkdir(parents=True)
        (programs / "initdb").touch()

    assert programs_folder(tmp_path) == tmp_path / "15" / "bin"


# make run


def test_a_taken_port_is_named_with_its_variable():
    with socket.socket() as other:
        other.bind((serve.LOOPBACK, 0))
        other.listen()
        port = other.getsockname()[1]

        said = tool("tools.run", FONDACO_PORT=str(port))

    assert said.returncode == 2
    assert said.stdout == ""
    assert f"Port {port} is taken" in said.stderr
    assert f"FONDACO_PORT={port + 1} make run" in said.stderr


def test_an_address_this_machine_lacks_is_not_taken():
    with socket.socket() as other:
        other.bind((serve.LOOPBACK, 0))
        other.listen()
        port = other.getsockname()[1]

        taken = serve.is_taken(port, serve.LOOPBACK, socket.AF_INET)
        elsewhere = serve.is_taken(port, "192.0.2.1", socket.AF_INET)

    assert taken
    assert not elsewhere


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port):
    said = tool("tools.run", FONDACO_PORT=port)

    assert said.returncode == 2
    assert f"FONDACO_PORT is '{port}'" in said.stderr


def test_the_season_is_played_once_or_again_or_not():
    assert run.season_command("no") is None
    assert run.season_command("") == [run.FONDACO, "season"]
    assert run.season_command("again") == [run.FONDACO, "season", "--again"]
    with pytest.raises(SystemExit):
        run.season_command("perhaps")


def test_the_address_follows_the_port_unless_it_is_set():
    assert serve.environment(8123, {})["FONDACO_ADDRESS"] == "http://localhost:8123"
    given = {"FONDACO_ADDRESS": "https://fondaco.example"}
    assert serve.environment(8123, given)["FONDACO_ADDRESS"] == "https://fondaco.example"


# make test


def test_a_run_shows_and_keeps_what_pytest_says(tmp_path, capfd):
    (tmp_path / "test_two.py").write_text("def test_a(): pass\ndef test_b(): assert 1 == 2\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-c", os.devnull]

    code, lines = suite.run_of("Two tests", [*command, str(tmp_path)], os.environ)

    assert code == 1
    assert re.fullmatch(r"1 failed, 1 passed in [\d.]+s\n", lines[-1])
    assert capfd.readouterr().out == "\n== Two tests\n" + "".join(lines)
    assert [line.split()[0] for line in suite.summary_of(lines)[1:]] == ["FAILED", "1"]


@pytest.mark.parametrize(
    ("first", "second", "code", "closing_lines"),
    [
        (0, 0, 0, ""),
        (0, 1, 1, ""),
        (1, 1, 1, ""),
        (1, 0, 1, "\n== On PostgreSQL, again\n=== short test summary info\nFAILED a\n1 failed\n"),
    ],
)
def test_a_failure_of_either_run_fails_and_closes_the_whole(
    first, second, code, closing_lines, capsys
):
    lines = ["F\n", "=== short test summary info\n", "FAILED a\n", "1 failed\n"]

    assert suite.closing(first, second, lines) == code
    assert capsys.readouterr().out == closing_lines


# Verbs and integration


def test_make_alone_prints_every_verb_with_its_description():
    makefile = (ROOT / "Makefile").read_text()
    verbs = re.search(r"^\.PHONY: verbs (.+)$", makefile, re.MULTILINE)

    env = {"PATH": os.environ["PATH"]}  # without what an outer make hands down
    said = subprocess.run(["make"], cwd=ROOT, env=env, capture_output=True, text=True, check=True)

    assert verbs
    rows = [line.split(maxsplit=2) for line in said.stdout.splitlines()]
    assert sorted(row[1] for row in rows) == sorted(verbs[1].split())
    assert all(row[0] == "make" and row[2] for row in rows)


def test_integration_runs_the_suite_and_nothing_else(tmp_path):
    program(tmp_path, "make", 'echo "$PWD $*"')
    path = f"{tmp_path}:{os.environ['PATH']}"

    said = subprocess.run(
        [ROOT / ".ci" / "run"], cwd=tmp_path, env={"PATH": path}, capture_output=True, check=True
    )

    assert said.stdout.decode() == f"{ROOT} test\n"
    assert "      - run: .ci/run\n" in (ROOT / ".github/workflows/check.yml").read_text()


def test_hooks_come_from_the_checkout_alone():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()

    assert re.findall(r"repo: (\S+)", hooks) == ["local"]
    assert lock.ADDRESS.search(hooks) is None


def test_the_example_of_an_environment_names_what_production_needs():
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#?(FONDACO_\w+)=", example, re.MULTILINE))
    given = set(re.findall(r"^(FONDACO_\w+)=", example, re.MULTILINE))

    assert named == {setting.name for setting in SETTINGS}
    assert {setting.name for setting in SETTINGS if setting.is_needed_in_production} <= given


# The handbook


def test_a_broken_link_stops_the_handbook(tmp_path, monkeypatch):
    (tmp_path / "good.md").write_text("# Good\n\n[there](other.md#a-heading), [here](#good)\n")
    (tmp_path / "other.md").write_text(
        "# Other\n\n## A heading\n\n[gone](gone.md) [no](good.md#no)\n"
    )
    monkeypatch.setattr(handbook, "DOCS", tmp_path)
    monkeypatch.setattr(handbook, "ROOT", tmp_path)

    broken = handbook.broken_links([handbook.read(path) for path in sorted(tmp_path.glob("*.md"))])

    assert broken == [
        "other.md: gone.md leads nowhere",
        "other.md: good.md#no leads nowhere",
    ]


def test_the_handbook_builds(tmp_path):
    assert handbook.build(tmp_path) == len(list(tmp_path.rglob("*.html")))
    assert (tmp_path / "index.html").exists()
