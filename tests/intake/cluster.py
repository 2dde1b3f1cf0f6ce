"""A PostgreSQL server of a test's own, that is stopped at once and started again."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tools import postgres, processes

KEPT = ("synchronous_commit=on", "fsync=off", "listen_addresses=", "timezone=UTC")
"""What was committed is on its way to the disk before anybody hears of it; only a power cut, which
no test makes, could lose it."""
NAME = "own"


class Cluster:
    """The server, its folder, and the schema of the suite's own database."""

    def __init__(self, folder):
        self.folder, self.programs = folder, postgres.programs_folder()
        self.owner = "postgres" if os.geteuid() == 0 else None
        self.server = None

    def _run(self, program, *words, given=None, owner=None):
        who = {"user": owner, "group": owner, "extra_groups": []} if owner else {}
        command = [str(self.programs / program), *map(str, words)]
        done = subprocess.run(
            command, input=given, capture_output=True, check=False, cwd="/", **who
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def make(self):
        """An empty database with every table of the suite's."""
        if self.owner:
            shutil.chown(self.folder, self.owner, self.owner)
        how = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self._run("initdb", "-D", self.folder / "data", "-U", "fondaco", *how, owner=self.owner)
        self.start()
        self._run("createdb", "-h", self.folder, "-U", "fondaco", NAME)
        suite = connection.settings_dict
        schema = self._run("pg_dump", "-s", "-h", suite["HOST"], "-U", suite["USER"], suite["NAME"])
        quiet = ("-q", "-v", "ON_ERROR_STOP=1")
        self._run("psql", *quiet, "-h", self.folder, "-U", "fondaco", NAME, given=schema)

    def start(self):
        """Start the server and wait until it answers."""
        options = [word for option in KEPT for word in ("-c", option)]
        with (self.folder / "log").open("ab") as log:
            self.server = processes.start(
                [
                    str(self.programs / "postgres"),
                    "-D",
                    str(self.folder / "data"),
                    "-k",
                    str(self.folder),
                    *options,
                ],
                env=os.environ,
                cwd=self.folder,
                owner=self.owner,
                log=log.fileno(),
                at_our_death=signal.SIGQUIT,
            )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            asked = subprocess.run(
                [self.programs / "pg_isready", "-q", "-h", self.folder], check=False
            )
            if asked.returncode == 0:
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text("utf-8", "replace"))

    def stop_at_once(self):
        """What `pg_ctl stop -m immediate` does: every process ends where it stands."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(20)

    @property
    def address(self):
        """Where the site finds it."""
        return f"postgres://fondaco@{str(self.folder).replace('/', '%2F')}/{NAME}"

    @property
    def configured(self):
        """The same, as Django's settings have it."""
        return {
            **connection.settings_dict,
            "NAME": NAME,
            "USER": "fondaco",
            "PASSWORD": "",
            "HOST": str(self.folder),
            "PORT": "",
        }


@contextmanager
def running():
    """A server for as long as the block lasts; its account can reach the folder."""
    folder = Path(tempfile.mkdtemp(prefix="fondaco-pg-"))
    cluster = Cluster(folder)
    try:
        cluster.make()
        yield cluster
    finally:
        if cluster.server is not None and cluster.server.poll() is None:
            cluster.stop_at_once()
        shutil.rmtree(folder, ignore_errors=True)
