"""`fondaco backup`, `fondaco restore`, `fondaco drill`."""

import argparse
import sys

import dj_database_url
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from fondaco.backup import drills, services
from fondaco.backup.databases import Configured
from fondaco.backup.faults import MEGABYTE, NotDone, named
from fondaco.backup.manifests import Manifest
from fondaco.trail.phrases import FAULTS


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _refused(why: object) -> int:
    sys.stderr.write(f"{why}\n")
    return 1


def _say_missing(manifest: Manifest) -> None:
    if manifest.missing_keys:
        names = named(manifest.missing_keys)
        _say(_("Keys that are not in the archive: %(names)s. Keep them apart.") % {"names": names})


def backup(arguments: argparse.Namespace) -> int:
    """Make one archive of everything; 1 where it could not be made."""
    folder = arguments.to or settings.BACKUPS
    if folder is None:
        return _refused(_("Say where to: --to FOLDER, or set FONDACO_BACKUPS."))
    try:
        made = services.back_up(folder, kept=settings.BACKUPS_KEPT, at=timezone.now())
    except NotDone as fault:
        return _refused(fault)
    told = {
        "archive": made.archive,
        "size": f"{made.size / MEGABYTE:.1f}",
        "uploads": len(made.manifest.below("uploads")),
        "head": made.manifest.contents.head,
        "sha256": made.sha256,
    }
    _say(_("%(archive)s: %(size)s MB, %(uploads)s uploads, readable by its owner alone") % told)
    _say(_("Head of the trail: %(head)s\nSHA-256 of the archive: %(sha256)s") % told)
    _say_missing(made.manifest)
    if made.removed:
        _say(_("Removed: %(names)s") % {"names": named(made.removed)})
    return 0


def _database(url: str) -> Configured | None:
    """The database that an address names, if one was given."""
    if not url:
        return None
    try:
        configured: Configured = {**dj_database_url.parse(url)}
    except ValueError as fault:
        raise NotDone(str(fault)) from fault
    return configured


def restore(arguments: argparse.Namespace) -> int:
    """Put an archive back into an empty place; 1 where it was refused or the trail differs."""
    into = arguments.into.absolute()
    try:
        restored = services.restore(
            arguments.archive, into=into, database=_database(arguments.database)
        )
    except NotDone as fault:
        return _refused(fault)
    manifest = restored.manifest
    _say(
        _("Restored as of %(at)s, version %(version)s:")
        % {"at": f"{manifest.made_at:%Y-%m-%d %H:%M:%S %Z}", "version": manifest.version}
    )
    _say(f"  {restored.database.configured['NAME']}: {len(manifest.contents.tables)}")
    for folder in ("uploads", "keys"):
        _say(f"  {into / folder}: {len(manifest.below(folder))}")
    _say_missing(manifest)
    differs = restored.verification.fault
    if differs:
        return _refused(f"{manifest.contents.head}: {FAULTS[differs.why]}")
    _say(_("The trail is whole up to %(head)s.") % {"head": manifest.contents.head})
    return 0


def drill(arguments: argparse.Namespace) -> int:
    """Restore where it does no harm and compare; 1 where anything differs."""
    try:
        lines = drills.drill(arguments.archive, database=_database(arguments.database))
    except NotDone as fault:
        return _refused(fault)
    widest = max(len(line.what) for line in lines)
    for line in lines:
        verdict = _("same") if line.is_same else _("DIFFERS")
        said = line.kept if line.is_same else f"{line.kept} -> {line.found}"
        _say(f"{line.what:{widest}}  {verdict:8}  {said}")
    differing = sum(not line.is_same for line in lines)
    if differing:
        words = _("%(count)s of %(all)s differ.")
        return _refused(words % {"count": differing, "all": len(lines)})
    _say(_("Everything came back as it was; what the drill made is removed."))
    return 0
