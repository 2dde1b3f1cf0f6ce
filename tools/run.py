"""Everything from nothing: the environment, the database, the programmes, the season, the site."""

import os
import subprocess
import time
from collections.abc import Mapping

from tools import debian, environment, serve
from tools.paths import BIN, PYTHON, ROOT, stop

FONDACO = str(BIN / "fondaco")
MANAGE = (PYTHON, str(ROOT / "manage.py"))


def step(says: str, *command: str, env: Mapping[str, str]) -> None:
    """One announced step; what it prints stands under its announcement."""
    print(f"{says} …")
    done = subprocess.run(command, cwd=ROOT, env=dict(env), check=False)
    if done.returncode:
        raise stop(f"This step failed: {' '.join(command)}", code=1)


def season_command(wish: str) -> list[str] | None:
    """What SEASON asks for: nothing, the demonstration season anew, or (empty) once."""
    known = {"no": None, "again": [FONDACO, "season", "--again"], "": [FONDACO, "season"]}
    if wish not in known:
        raise stop(f"SEASON is {wish!r}: write SEASON=no or SEASON=again, or leave it out.")
    return known[wish]


def prepare(env: Mapping[str, str], season: list[str] | None) -> None:
    """A database with the founding programmes in it, and the files that pages need."""
    step("Database: tables", *MANAGE, "migrate", "--verbosity", "0", env=env)
    step("Database: cache", *MANAGE, "createcachetable", "--verbosity", "0", env=env)
    folders = sorted(str(path) for path in ROOT.glob("programmes/*/"))
    if folders:
        load = (FONDACO, "load", *folders, "--yes", "--only-absent")
        step("Programmes that are absent", *load, env=env)
    if season:
        step("The demonstration season", *season, env=env)
    collect = (*MANAGE, "collectstatic", "--noinput", "--verbosity", "0")
    step("Styles, scripts, fonts", *collect, env=env)


def main() -> None:
    """Bring the site up and keep it up."""
    began = time.monotonic()
    port = serve.port_from(os.environ)
    season = season_command(os.environ.get("SEASON", ""))
    serve.refuse_taken(port)
    debian.provide("run")
    environment.provide("prod")
    env = serve.environment(port)
    prepare(env, season)

    def announce() -> None:
        print(f"\nFondaco is up after {time.monotonic() - began:.0f} s: {env['FONDACO_ADDRESS']}")
        print("Ctrl-C stops it.\n")
        subprocess.run([FONDACO, "sign-in-links"], cwd=ROOT, env=env, check=False)

    serve.serve(serve.commands(port), port, env, announce)


if __name__ == "__main__":
    main()
