"""The whole suite from nothing: on PostgreSQL, then on SQLite with the browser.

The closing lines are pytest's own summary: of the SQLite run, or, when only the PostgreSQL run
failed, of that one, printed again.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

from tools import debian, environment, processes
from tools.paths import PYTHON, ROOT
from tools.postgres import throw_away_cluster

PYTEST = (PYTHON, "-m", "pytest", "-n", "3", "--dist", "worksteal")
ON_POSTGRES = ("-m", "not browser and not once or both")
SUMMARY = "short test summary info"


def run_of(title: str, command: Sequence[str], env: Mapping[str, str]) -> tuple[int, list[str]]:
    """One run of pytest, shown while it goes on: its exit code and its lines."""
    print(f"\n== {title}", flush=True)
    lines: list[str] = []
    with processes.start(command, env=env, cwd=ROOT, log=subprocess.PIPE) as child:
        try:
            for line in child.stdout or ():
                lines.append(line.decode(errors="replace"))
                print(lines[-1], end="", flush=True)
            child.wait()
        finally:
            processes.end(child, by=signal.SIGINT, patience=5)
    return child.returncode, lines


def summary_of(lines: Sequence[str]) -> list[str]:
    """The closing part of a run: the failures by name and the count, or the last line alone."""
    starts = [number for number, line in enumerate(lines) if SUMMARY in line]
    return list(lines[starts[-1] :] if starts else lines[-1:])


def closing(first: int, second: int, lines: Sequence[str]) -> int:
    """The worse exit code; a failure that the second run's summary hides is shown again."""
    if first and not second:
        print("\n== On PostgreSQL, again")
        print("".join(summary_of(lines)), end="", flush=True)
    return first or second


def both_runs(extra: Sequence[str], env: Mapping[str, str]) -> int:
    """The suite on both databases."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    pytest = [*PYTEST, *colour, *extra]
    with throw_away_cluster() as address:
        on_postgres = {**env, "FONDACO_DATABASE_URL": address}
        first, lines = run_of("On PostgreSQL", [*pytest, *ON_POSTGRES], on_postgres)
    second, _ = run_of("On SQLite, browser included", pytest, env)
    return closing(first, second, lines)


def main() -> int:
    """Install what is missing, run everything, tidy up; also on Ctrl-C."""
    processes.stop_on_sigterm()
    debian.provide("test")
    environment.provide("dev")
    with tempfile.TemporaryDirectory(prefix="fondaco-test-") as var:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("FONDACO_")}
        env = {**inherited, "FONDACO_VAR": var, "FONDACO_TEST_SYNCHRONOUS": "OFF"}
        return both_runs(sys.argv[1:], env)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
