"""A site of one's own for a while: its folder and port are nobody else's, and vanish with it."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tools import processes, run, serve
from tools.paths import ROOT

LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: its address, its environment, and the process that answers."""

    address: str
    env: dict[str, str]
    server: "subprocess.Popen[bytes]"

    def sign_in_links(self) -> dict[str, str]:
        """The invented people of the season and the link that signs each of them in."""
        command = [run.FONDACO, "sign-in-links"]
        said = subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=True
        )
        links: dict[str, str] = {}
        for line in said.stdout.splitlines():
            if found := LINK.search(line):
                who = re.sub(r"\W+", "-", LINK.sub("", line).lower()).strip("-")
                links[who or f"person-{len(links) + 1}"] = found.group()
        return links


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((serve.LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def site_of_its_own() -> Iterator[Site]:
    """The founding programmes and the season, served as `make run` serves them."""
    processes.stop_on_sigterm()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="fondaco-site-") as var:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("FONDACO_")}
        env = serve.environment(port, {**inherited, "FONDACO_VAR": var})
        run.prepare(env, run.season_command(""))
        name, command = next(iter(serve.commands(port).items()))
        server = processes.start(command, env=env, cwd=ROOT)
        try:
            serve.wait_for(port, serve.Kept(name, command, server, time.monotonic()))
            yield Site(env["FONDACO_ADDRESS"], env, server)
        finally:
            processes.end(server, by=signal.SIGTERM, patience=35)
