"""What starts processes stops them: the site's supervisor and the throw-away database."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tools.paths import ROOT
from tools.postgres import throw_away_cluster

SERVE = """
import os, sys
from tools.serve import serve
folder, port = sys.argv[1], int(sys.argv[2])
listen = f"import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(600)"
idle = "import os, sys, time; print(os.getpid(), file=open(sys.argv[1], 'a')); time.sleep(600)"
serve(
    {
        "web server": [sys.executable, "-c", listen],
        "worker": [sys.executable, "-c", idle, folder + "/worker"],
    },
    port,
    os.environ,
    lambda: print("up", flush=True),
)
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether something comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


def is_alive(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def workers(folder: Path) -> list[int]:
    """The workers that were started so far."""
    file = folder / "worker"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


@pytest.fixture
def site(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A supervisor of two small programs."""
    command = [sys.executable, "-u", "-c", SERVE, str(tmp_path), str(free_port())]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as supervisor:
        try:
            assert supervisor.stdout
            assert supervisor.stdout.readline() == "up\n"
            assert within(10, lambda: bool(workers(tmp_path)))
            yield supervisor
        finally:
            supervisor.kill()


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_stopping_the_site_stops_its_children_and_nobody_else(site, tmp_path, by):
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as bystander:
        try:
            site.send_signal(by)

            assert site.wait(20) == 0
            assert not is_alive(workers(tmp_path)[0])
            assert is_alive(bystander.pid)
        finally:
            bystander.kill()


def test_a_child_that_dies_is_started_again_with_a_message(site, tmp_path):
    os.kill(workers(tmp_path)[0], signal.SIGKILL)

    assert site.stdout.readline() == "The worker ended with code -9; starting it again now.\n"
    assert within(10, lambda: len(workers(tmp_path)) == 2)
    assert is_alive(workers(tmp_path)[1])


def test_children_do_not_outlive_a_killed_supervisor(site, tmp_path):
    worker = workers(tmp_path)[0]

    site.kill()
    site.wait()

    assert within(10, lambda: not is_alive(worker))


def test_a_web_server_that_cannot_start_ends_the_whole():
    begin = "import os; from tools.serve import serve; "
    program = begin + "serve({'web server': ['false']}, 1, os.environ, print)"

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert said.returncode == 1
    assert said.stderr == "The web server did not start; what it said stands above.\n"


def test_the_throw_away_database_works_and_is_gone_afterwards():
    with throw_away_cluster() as address:
        folder = Path(address.split("@")[1].split("/")[0].replace("%2F", "/"))
        with psycopg.connect(address.replace("postgres://", "postgresql://")) as connection:
            row = connection.execute(
                "SELECT current_setting('fsync'), current_setting('listen_addresses')"
            )
            assert row.fetchone() == ("off", "")
        server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    assert not folder.exists()
    assert not is_alive(server)
