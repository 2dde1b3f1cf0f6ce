"""A site of the benchmark's own: database, web server, worker of jobs, and what they cost."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tools import postgres, processes, run, serve
from tools.paths import PYTHON, ROOT, stop
from tools.site import free_port

TICKS = os.sysconf("SC_CLK_TCK")
LASTING = ("listen_addresses=", "max_connections=100", "timezone=UTC", "max_wal_size=4GB")
"""PostgreSQL as it comes: what was committed waits for the disk."""
PATIENCE = 60.0
LONGEST = 120.0
"""Seconds after which one of our own commands is given up."""
Child = subprocess.Popen[bytes]
Volumes = Callable[[Path], AbstractContextManager[tuple[str, ...]]]


def no_volumes(_folder: Path) -> AbstractContextManager[tuple[str, ...]]:
    """Everything lies on the volume that is there."""
    return nullcontext(())


@dataclass(slots=True)
class Postgres:
    """A PostgreSQL server in a folder of its own that can be stopped at once and started again."""

    folder: Path
    programs: Path
    owner: str | None
    server: Child | None = None

    def make(self) -> None:
        """An empty cluster."""
        if self.owner:
            shutil.chown(self.folder, self.owner, self.owner)
        how = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        who = {"user": self.owner, "group": self.owner, "extra_groups": []} if self.owner else {}
        command = [self.programs / "initdb", "-D", self.folder / "data", "-U", "fondaco", *how]
        subprocess.run(command, cwd=self.folder, capture_output=True, check=True, **who)  # type: ignore[call-overload]

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start the server; it ends with the thread that calls this."""
        options = [word for option in LASTING for word in ("-c", option)]
        data, place = str(self.folder / "data"), str(self.folder)
        with (self.folder / "log").open("ab") as log:
            self.server = processes.start(
                [str(self.programs / "postgres"), "-D", data, "-k", place, *options],
                env=os.environ,
                cwd=self.folder,
                owner=self.owner,
                log=log.fileno(),
                at_our_death=signal.SIGQUIT,
            )

    def wait(self) -> None:
        """Return once the server answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            asked = (self.programs / "pg_isready", "-q", "-h", self.folder)
            if subprocess.run(asked, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise stop("PostgreSQL did not start:", (self.folder / "log").read_text(errors="replace"))

    def stop_at_once(self) -> None:
        """Every process of the server ends where it stands."""
        if self.server is not None and self.server.poll() is None:
            processes.end(self.server, by=signal.SIGQUIT, patience=20)

    @property
    def address(self) -> str:
        """Where the site finds it."""
        return f"postgres://fondaco@{quote(str(self.folder), safe='')}/postgres"


@contextmanager
def postgres_of_its_own() -> Iterator[Postgres]:
    """A server for as long as the block lasts."""
    programs = postgres.programs_folder()
    if programs is None:
        raise stop("No PostgreSQL server was found on this machine.")
    folder = Path(tempfile.mkdtemp(prefix="fondaco-bench-pg-"))
    kept = Postgres(folder, programs, "postgres" if os.geteuid() == 0 else None)
    try:
        kept.make()
        kept.start()
        yield kept
    finally:
        kept.stop_at_once()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class Place:
    """The served site: where it is, what runs of it, and how much it has cost so far."""

    var: Path
    env: dict[str, str]
    port: int
    database: Postgres | None
    within: tuple[str, ...] = ()
    """What commands are started through, such as a namespace with a volume of its own."""
    children: dict[str, Child] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What its database is called."""
        return "PostgreSQL" if self.database else "SQLite"

    def start(self, name: str) -> None:
        """Start one of the site's programs: `web server` or `worker`."""
        command = [*self.within, *serve.commands(self.port)[name]]
        with (self.var / "log").open("ab") as log:
            self.children[name] = processes.start(command, env=self.env, cwd=ROOT, log=log.fileno())
        if name == "web server":
            serve.wait_for(self.port, serve.Kept(name, command, self.children[name], 0.0))

    def end(self, name: str, by: signal.Signals = signal.SIGTERM) -> None:
        """Stop one of them, kindly or not."""
        child = self.children.pop(name, None)
        if child is not None:
            processes.end(child, by=by, patience=20)

    def keep_alive(self) -> None:
        """Start again what has ended, as `make run` does: a worker finds no database and ends."""
        for name, child in list(self.children.items()):
            if child.poll() is not None:
                self.start(name)

    def kill_web_worker(self, turn: int) -> None:
        """End one of the processes that serve, as a lack of memory would."""
        workers = sorted(children_of(self.children["web server"].pid))
        if workers:
            with suppress(ProcessLookupError):
                os.kill(workers[turn % len(workers)], signal.SIGKILL)

    def processor_seconds(self) -> float:
        """Processor time so far of web server and database together."""
        roots = [child.pid for name, child in self.children.items() if name != "worker"]
        if self.database and self.database.server:
            roots.append(self.database.server.pid)
        return sum(seconds_of(root) for root in roots)

    def worker_seconds(self) -> float:
        """Processor time so far of the worker of jobs that runs now."""
        return seconds_of(self.children["worker"].pid) if "worker" in self.children else 0.0

    def ask(self, *words: str, given: str = "") -> str:
        """What one of the benchmark's own commands says in the site's surroundings."""
        command = [*self.within, PYTHON, "-m", *words]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.env,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
        if done.returncode:
            raise stop(f"{' '.join(words)} failed:", done.stderr[-3000:], code=1)
        return done.stdout


def _stat_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and that run still."""
    found: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(word) for word in tasks.read_text().split()]
    return found


def seconds_of(pid: int) -> float:
    """Processor seconds of a process, of its children, and of those of them that have ended."""
    stat = _stat_of(pid)
    own = sum(int(ticks) for ticks in stat[11:15]) / TICKS if stat else 0.0
    return own + sum(seconds_of(child) for child in children_of(pid))


@contextmanager
def served(
    database: Postgres | None, volumes: Volumes = no_volumes, *, is_bare: bool = False
) -> Iterator[Place]:
    """A site with its web server and worker running; a bare one has no programmes.

    `volumes` makes the folder of uploads a volume of its own, and says how programs see it.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="fondaco-bench-") as var, ExitStack() as stack:
        (Path(var) / "uploads").mkdir()
        within = stack.enter_context(volumes(Path(var) / "uploads"))
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("FONDACO_")}
        own = {"FONDACO_VAR": var, "FONDACO_PAGES_BY_ADDRESS": "0", "FONDACO_PAGES_BY_PERSON": "0"}
        where = {"FONDACO_DATABASE_URL": database.address} if database else {}
        own |= {"DJANGO_SETTINGS_MODULE": "fondaco.config.settings", "PYTHONPATH": str(ROOT)}
        env = serve.environment(port, {**inherited, **own, **where})
        if is_bare:
            run.step("Database: tables", *run.MANAGE, "migrate", "--verbosity", "0", env=env)
            run.step("Database: cache", *run.MANAGE, "createcachetable", env=env)
            static = (*run.MANAGE, "collectstatic", "--noinput", "--verbosity", "0")
            run.step("Styles, scripts, fonts", *static, env=env)
        else:
            run.prepare(env, None)
        place = Place(Path(var), env, port, database, within)
        try:
            place.start("web server")
            place.start("worker")
            yield place
        finally:
            for name in list(place.children):
                place.end(name)
