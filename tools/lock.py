"""The locks: every package pinned with its hashes, and no registry's address."""

import os
import re
import subprocess
from pathlib import Path

from tools.environment import own_certificates
from tools.paths import BIN, LOCKS, ROOT, stop

PRODUCTION = ("build", "postgres")
DEVELOPMENT = (*PRODUCTION, "test", "lint", "dev")
ADDRESS = re.compile(r"://|^\s*--(?:index|extra-index|find-links|trusted)")
PACKAGE = re.compile(r"^[a-z0-9._-]+==", re.MULTILINE)


def addresses_in(lock: Path) -> list[str]:
    """The lines of a lock that say where packages come from."""
    return [line for line in lock.read_text().splitlines() if ADDRESS.search(line)]


def compile_lock(name: str, extras: tuple[str, ...], *more: str) -> None:
    """Write one lock; pins already in it stay unless UPGRADE=yes."""
    extra = [word for extra in extras for word in ("--extra", extra)]
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") == "yes" else []
    command = [str(BIN / "uv"), "pip", "compile", "-q", "--universal", "--python-version", "3.11"]
    header = ["--generate-hashes", "--no-annotate", "--custom-compile-command", "make lock"]
    target = ["pyproject.toml", *extra, *more, "-o", f"requirements/{name}.lock"]
    env = {**own_certificates(), **os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    done = subprocess.run([*command, *header, *upgrade, *target], cwd=ROOT, env=env, check=False)
    if done.returncode:
        raise stop(f"requirements/{name}.lock could not be written.", code=1)


def main() -> None:
    """Both locks, the development's a superset of the production's, and the proof of no address."""
    LOCKS.mkdir(exist_ok=True)
    compile_lock("prod", PRODUCTION)
    compile_lock("dev", DEVELOPMENT, "-c", "requirements/prod.lock")
    for lock in sorted(LOCKS.glob("*.lock")):
        if found := addresses_in(lock):
            raise stop(f"{lock.name} names an address:", *found, code=1)
        print(f"{lock.relative_to(ROOT)}: {len(PACKAGE.findall(lock.read_text()))} packages")


if __name__ == "__main__":
    main()
