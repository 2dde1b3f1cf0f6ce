"""What stops a backup, a restoring or a drill."""

import shutil
from collections.abc import Collection
from pathlib import Path

from django.utils.translation import gettext as _

MOST_NAMED = 8
MEGABYTE = 1024 * 1024


class NotDone(Exception):
    """Nothing was made or changed; says why, and what to do."""


def named(names: Collection[str]) -> str:
    """The first few of some names."""
    shown = sorted(names)[:MOST_NAMED]
    return ", ".join(shown) + (", …" if len(names) > MOST_NAMED else "")


def require_room(folder: Path, needed: int) -> None:
    """Refuse what would not fit beside what is there already."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NotDone(
            _("%(folder)s: %(needed)s MB are needed, %(free)s MB are free.")
            % {"folder": folder, "needed": needed // MEGABYTE + 1, "free": free // MEGABYTE}
        )
