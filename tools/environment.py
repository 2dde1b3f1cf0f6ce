"""The project's Python environment, as the locks say, and the compiled translations."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import debian
from tools.paths import BIN, LOCKS, PYTHON, ROOT, VENV, stop

STAMPS = VENV / "stamps.json"
OLDEST = (3, 11)
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def digest(path: Path) -> str:
    """What a stamp remembers: the file, and where the environment lies."""
    return hashlib.sha256(path.read_bytes() + str(VENV).encode()).hexdigest()


def stamps() -> dict[str, str]:
    """What the environment was last made of."""
    if not STAMPS.exists() or not Path(PYTHON).exists():
        return {}
    kept: dict[str, str] = json.loads(STAMPS.read_text())
    return kept


def requirement_of(name: str, lock: str) -> str:
    """The lines of one package in a lock, hashes included."""
    found = re.search(rf"^{re.escape(name)}==.*(?:\n {{4}}.*)*", lock, re.MULTILINE)
    if found is None:
        raise stop(f"{name} is not in the lock; `make lock` writes it.")
    return found.group() + "\n"


def own_certificates() -> dict[str, str]:
    """Let the installer trust whom the machine trusts: a house may have its own authority."""
    return {"UV_SYSTEM_CERTS": "true"} if CERTIFICATES.exists() else {}


def run(*command: str | Path) -> None:
    """One step; its own words tell what went wrong."""
    done = subprocess.run(command, cwd=ROOT, env=own_certificates() | os.environ, check=False)
    if done.returncode:
        raise stop(f"This step failed: {' '.join(map(str, command))}", code=1)


def make_environment() -> None:
    """An empty environment with the installer in it, at the version and hash of the lock."""
    debian.provide("setup")
    print(f"Making the environment in {VENV.name} with Python {sys.version.split()[0]}.")
    run(sys.executable, "-m", "venv", "--clear", VENV)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as installer:
        installer.write(requirement_of("uv", (LOCKS / "dev.lock").read_text()))
        installer.flush()
        pip = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check")
        run(*pip, "--require-hashes", "-r", installer.name)


def install(lock: Path) -> None:
    """Everything the lock names, every file checked against its hash."""
    print(f"Installing what {lock.relative_to(ROOT)} names.")
    uv = (BIN / "uv", "pip", "install", "-q", "--python", PYTHON)
    run(*uv, "--require-hashes", "-r", lock)


def install_project() -> None:
    """The project itself, by reference, so that every edit counts at once."""
    uv = (BIN / "uv", "pip", "install", "-q", "--python", PYTHON)
    run(*uv, "--no-deps", "--no-build-isolation", "--editable", ROOT)


def compile_messages() -> None:
    """Translations that are newer than their compiled form."""
    for source in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            pybabel = (BIN / "pybabel", "-q", "compile", "-i", source, "-o", compiled)
            run(*pybabel, "-l", source.parts[-3])


def provide(kind: str) -> None:
    """An environment for `prod` or `dev`, touched only where something changed."""
    if sys.version_info < OLDEST:
        raise stop("Fondaco needs Python 3.11 or later; name one: make PYTHON=python3.11 …")
    kept = stamps()
    lock = LOCKS / f"{kind}.lock"
    project = ROOT / "pyproject.toml"
    if not kept:
        make_environment()
    if digest(lock) not in kept.values():
        install(lock)
        kept[kind] = digest(lock)
    if kept.get("project") != digest(project):
        install_project()
        kept["project"] = digest(project)
    STAMPS.write_text(json.dumps(kept, indent=1) + "\n")
    compile_messages()


if __name__ == "__main__":
    provide(sys.argv[1])
