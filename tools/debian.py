"""The Debian packages a task needs: which are missing, what for, and their installation."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from tools.paths import stop
from tools.postgres import programs_folder


@dataclass(frozen=True, slots=True)
class Package:
    """A Debian package, what it is for, and how one sees that it is there."""

    name: str
    why: str
    is_here: Callable[[], bool]


def has_library(name: str) -> bool:
    """Whether the loader finds this shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(name: str) -> bool:
    """Whether this program can be started."""
    return shutil.which(name) is not None


def has_module(name: str) -> bool:
    """Whether Python's own library is complete in this point."""
    return importlib.util.find_spec(name) is not None


def has_postgresql() -> bool:
    """Whether the programs of a PostgreSQL server are on the machine."""
    return programs_folder() is not None


FOR_THE_ENVIRONMENT = (
    Package(
        "python3-venv", "the project's own Python environment", partial(has_module, "ensurepip")
    ),
)
FOR_RUN = (
    *FOR_THE_ENVIRONMENT,
    Package("libpango-1.0-0", "letters as PDF: text", partial(has_library, "libpango-1.0.so.0")),
    Package(
        "libpangoft2-1.0-0", "letters as PDF: fonts", partial(has_library, "libpangoft2-1.0.so.0")
    ),
    Package(
        "libharfbuzz-subset0",
        "letters as PDF: only the characters used",
        partial(has_library, "libharfbuzz-subset.so.0"),
    ),
)
FOR_TEST = (
    *FOR_RUN,
    Package("postgresql", "the suite on PostgreSQL, in a throw-away cluster", has_postgresql),
    Package("chromium", "the tests that use a browser", partial(has_program, "chromium")),
    Package("default-jre-headless", "the validator of HTML", partial(has_program, "java")),
    Package("gettext", "whether every string has its words", partial(has_program, "xgettext")),
)
TASKS = {"setup": FOR_THE_ENVIRONMENT, "run": FOR_RUN, "test": FOR_TEST}


def missing(packages: Iterable[Package]) -> list[Package]:
    """The packages that are not on the machine."""
    return [package for package in packages if not package.is_here()]


def apt_get() -> list[str] | None:
    """The start of an installing command, or nothing when we may not install."""
    if not has_program("apt-get"):
        return None
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    if os.geteuid() == 0:
        return quiet
    if not has_program("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n", *quiet] if asked.returncode == 0 else None


def provide(task: str) -> None:
    """Install what the task lacks, saying what and why; without the right to, name it and stop."""
    lacking = missing(TASKS[task])
    if not lacking:
        return
    names = [package.name for package in lacking]
    print("Debian packages that are missing:")
    for package in lacking:
        print(f"  {package.name:22} {package.why}")
    command = apt_get()
    if command is None:
        raise stop(
            "They need root, or sudo without a password. Please install them, then try again:",
            f"  apt-get install --no-install-recommends {' '.join(names)}",
        )
    print("Installing them with apt-get.")
    install = [*command, "install", "-y", "--no-install-recommends", *names]
    for step in ([*command, "update"], install):
        if subprocess.run(step, stdout=subprocess.DEVNULL, check=False).returncode:
            raise stop(f"apt-get could not do it; the command was: {' '.join(step)}")
    if still := missing(lacking):
        raise stop(f"Installed, but still not found: {', '.join(p.name for p in still)}")


if __name__ == "__main__":
    provide(sys.argv[1])
