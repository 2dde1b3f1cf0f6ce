"""The site on one machine: the web server and the worker of jobs, kept alive together."""

import errno
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools import processes
from tools.paths import BIN, PYTHON, ROOT, stop

LOOPBACK, LOOPBACK_6 = "127.0.0.1", "::1"
HOME = "localhost"
"""How people write this machine: passkeys need a name."""
SECONDS_TO_START = 60
PORTS = range(1, 65536)
WAITS = (0.0, 2.0, 10.0, 30.0)
CALM = 60.0
GUNICORN = (
    *("-k", "fondaco.web.arrivals.Worker", "-w", "2", "--threads", "8", "--timeout", "60"),
    *("--graceful-timeout", "30", "--keep-alive", "5", "--backlog", "4096"),
    *("--worker-connections", "4000", "--max-requests", "20000", "--max-requests-jitter", "2000"),
)


@dataclass(slots=True)
class Kept:
    """A program that runs as long as we do: what it is called, how it starts, how often it fell."""

    name: str
    command: Sequence[str]
    child: "subprocess.Popen[bytes]"
    began: float
    falls: int = 0
    again_at: float | None = None


def port_from(environ: Mapping[str, str], variable: str = "FONDACO_PORT", usual: int = 8000) -> int:
    """The port the environment asks for."""
    asked = environ.get(variable) or str(usual)
    if not asked.isdecimal() or int(asked) not in PORTS:
        raise stop(f"{variable} is {asked!r}: write a number from 1 to 65535.")
    return int(asked)


def refuse_taken(port: int, *, variable: str = "FONDACO_PORT", verb: str = "run") -> None:
    """Say so, and what to do, when somebody else listens on the port; a browser asks both ways."""
    if is_taken(port, LOOPBACK, socket.AF_INET) or is_taken(port, LOOPBACK_6, socket.AF_INET6):
        raise stop(
            f"Port {port} is taken by another program. Choose another one with {variable}:",
            f"  {variable}={port + 1} make {verb}",
        )


def is_taken(port: int, host: str, family: socket.AddressFamily) -> bool:
    """Whether we could not listen there because somebody does; an address we lack is free."""
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as fault:
        return fault.errno not in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
    return False


def commands(port: int) -> dict[str, list[str]]:
    """What the site consists of while it runs."""
    bind = ["--bind", f"{LOOPBACK}:{port}"]
    memory = ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []  # noqa: S108
    web = [str(BIN / "gunicorn"), "fondaco.config.wsgi", *bind, *memory, *GUNICORN]
    return {
        "web server": [*web, "--log-level", "warning"],
        "worker": [PYTHON, str(ROOT / "manage.py"), "worker"],
    }


def answers(port: int) -> bool:
    """Whether somebody accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def wait_for(port: int, kept: Kept) -> None:
    """Return once the web server accepts connections; stop when it cannot."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and kept.child.poll() is None:
        if answers(port):
            return
        time.sleep(0.1)
    raise stop(f"The {kept.name} did not start; what it said stands above.", code=1)


def keep_alive(kept: Kept, env: Mapping[str, str], now: float) -> None:
    """Start again what has died, at once the first time, later when it keeps dying."""
    if kept.child.poll() is None:
        return
    if kept.again_at is None:
        kept.falls = 1 if now - kept.began > CALM else kept.falls + 1
        wait = WAITS[min(kept.falls, len(WAITS)) - 1]
        kept.again_at = now + wait
        when = f"in {wait:.0f} seconds" if wait else "now"
        print(f"The {kept.name} ended with code {kept.child.returncode}; starting it again {when}.")
    if now >= kept.again_at:
        kept.child = processes.start(kept.command, env=env, cwd=ROOT)
        kept.began, kept.again_at = now, None


def serve(
    programs: Mapping[str, Sequence[str]],
    port: int,
    env: Mapping[str, str],
    once_up: Callable[[], None],
) -> None:
    """Keep the programs up until Ctrl-C or SIGTERM; the first is the one that answers on the port.

    All that was started here is stopped, and nothing else.
    """
    processes.stop_on_sigterm()
    started: list[Kept] = []
    try:
        for name, command in programs.items():
            child = processes.start(command, env=env, cwd=ROOT)
            started.append(Kept(name, command, child, time.monotonic()))
        wait_for(port, started[0])
        once_up()
        while True:
            for kept in started:
                keep_alive(kept, env, time.monotonic())
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nStopping.")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for kept in started:
            if kept.child.poll() is None:
                kept.child.terminate()
        for kept in started:
            processes.end(kept.child, by=signal.SIGTERM, patience=35)


def environment(port: int, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The children's environment: the address follows the port unless somebody set it."""
    address = {"FONDACO_ADDRESS": f"http://{HOME}:{port}"}
    return {**address, **environ, "PYTHONUNBUFFERED": "1"}
