"""A throw-away PostgreSQL cluster in a temporary folder, reached by a socket there."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tools import processes
from tools.paths import stop

SECONDS_TO_START = 60
DEBIAN = Path("/usr/lib/postgresql")
# Nothing in it must survive a power cut, so it never waits for the disk.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "listen_addresses=",
    "max_connections=100",
    "timezone=UTC",
)


def programs_folder(debian: Path = DEBIAN) -> Path | None:
    """Where initdb and postgres are: Debian's newest version, else what the PATH offers."""
    versions = sorted(debian.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """The address of an empty database, for as long as the block lasts."""
    programs = programs_folder()
    if programs is None:
        raise stop("No PostgreSQL server was found on this machine.")
    owner = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="fondaco-pg-"))
    try:
        if owner:
            shutil.chown(folder, owner, owner)
        _make(programs, folder, owner)
        server = _start(programs, folder, owner)
        try:
            _wait_for(programs, folder, server)
            yield f"postgres://fondaco@{quote(str(folder), safe='')}/postgres"
        finally:
            processes.end(server, by=signal.SIGINT, patience=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(programs: Path, folder: Path, owner: str | None) -> None:
    how = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    made = subprocess.run(
        [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "fondaco", *how],
        user=owner,
        group=owner,
        extra_groups=[] if owner else None,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise stop("PostgreSQL's initdb failed:", made.stdout, made.stderr)


def _start(programs: Path, folder: Path, owner: str | None) -> "subprocess.Popen[bytes]":
    options = [word for option in FAST for word in ("-c", option)]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
    with (folder / "log").open("wb") as log:
        return processes.start(
            command,
            env=os.environ,
            cwd=folder,
            owner=owner,
            log=log.fileno(),
            at_our_death=signal.SIGINT,  # PostgreSQL's word for stopping without waiting
        )


def _wait_for(programs: Path, folder: Path, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        asked = subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False)
        if asked.returncode == 0:
            return
        time.sleep(0.1)
    raise stop("PostgreSQL did not start:", (folder / "log").read_text(errors="replace"))
