"""`fondaco`: the commands of an officer and an operator."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

import django

from fondaco.programmes.states import RoleKind

COMMANDS = {
    "check": "fondaco.files.commands",
    "load": "fondaco.files.commands",
    "dump": "fondaco.files.commands",
    "season": "fondaco.season.commands",
    "sign-in-links": "fondaco.season.commands",
    "role": "fondaco.programmes.commands",
    "admin": "fondaco.directory.commands",
    "trail": "fondaco.trail.commands",
    "backup": "fondaco.backup.commands",
    "restore": "fondaco.backup.commands",
    "drill": "fondaco.backup.commands",
}


class Command(Protocol):
    """What a command module offers for one verb."""

    def __call__(self, arguments: argparse.Namespace) -> int: ...


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fondaco", description="Runs cluster programmes: check, load and write their folders."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    check = verbs.add_parser("check", help="read a programme's folder and name every mistake")
    check.add_argument("path", type=Path, nargs="+")
    load = verbs.add_parser("load", help="show what a folder would change, ask, and load it")
    load.add_argument("path", type=Path, nargs="+")
    load.add_argument("--yes", action="store_true", help="load without asking")
    load.add_argument("--only-absent", action="store_true", help="leave what is there untouched")
    load.add_argument(
        "--over-edits", action="store_true", help="also replace what was edited in the browser"
    )
    dump = verbs.add_parser("dump", help="write a programme's folder")
    dump.add_argument("programme")
    dump.add_argument("--to", type=Path, default=Path("programmes"), help="folder to write into")
    season = verbs.add_parser("season", help="load the demonstration season")
    season.add_argument("--again", action="store_true", help="date what is there anew, from today")
    verbs.add_parser("sign-in-links", help="print a sign-in link for each demonstration person")
    _add_people(verbs)
    _add_backups(verbs)
    trail = verbs.add_parser("trail", help="verify the trail")
    trail.add_argument("action", choices=["verify"])
    trail.add_argument("--head", default="", help="NUMBER:CHAIN that somebody kept")
    return parser


def _add_people(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands that say who may do what."""
    role = verbs.add_parser("role", help="give a registered person a role in a programme")
    role.add_argument("action", choices=["give", "take"])
    role.add_argument("programme")
    role.add_argument("email")
    role.add_argument("role", choices=[kind.value for kind in RoleKind])
    role.add_argument("--partner", default="", metavar="CODE", help="the partner they act for")
    admin = verbs.add_parser("admin", help="make a registered person administrator")
    admin.add_argument("email")
    admin.add_argument("--take", action="store_true", help="take that back")


def _add_backups(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands that keep everything and bring it back."""
    backup = verbs.add_parser("backup", help="write one archive of everything the house holds")
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="instead of FONDACO_BACKUPS")
    restore = verbs.add_parser("restore", help="put an archive back into an empty place")
    restore.add_argument("archive", type=Path)
    restore.add_argument("--into", type=Path, required=True, metavar="VAR_FOLDER")
    drill = verbs.add_parser("drill", help="restore an archive where it does no harm, and compare")
    drill.add_argument("archive", type=Path)
    for verb in (restore, drill):
        verb.add_argument("--database", default="", metavar="URL", help="an empty database")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 mistakes found or refused, 2 wrong words."""
    arguments = _parser().parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fondaco.config.settings")
    django.setup()
    _speak()
    module = import_module(COMMANDS[arguments.verb])
    command: Command = getattr(module, arguments.verb.replace("-", "_"))
    return command(arguments)


def _speak() -> None:
    """Answer in the language of the terminal, where the house speaks it."""
    from django.conf import settings
    from django.utils import translation

    wanted = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")[:2]
    translation.activate(wanted if wanted in dict(settings.LANGUAGES) else "en")


if __name__ == "__main__":
    sys.exit(main())
