"""`fondaco check`, `fondaco load`, `fondaco dump`."""

import argparse
import sys
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fondaco.calls.models import Call
from fondaco.files import selectors, services, shapes
from fondaco.files.comparing import Change
from fondaco.files.mistakes import FolderRefused
from fondaco.files.reading import read_folder
from fondaco.files.writing import folder_of, write_folder
from fondaco.programmes.models import Programme

MOST_SHOWN, WIDEST = 40, 60


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _read(path: Path) -> shapes.Folder | None:
    """The folder, or None after its mistakes have been printed."""
    try:
        return read_folder(path)
    except FolderRefused as refused:
        for mistake in refused.mistakes:
            sys.stderr.write(f"{mistake}\n")
        count = len(refused.mistakes)
        found = ngettext("%(count)s mistake", "%(count)s mistakes", count) % {"count": count}
        sys.stderr.write(f"{path}: {found}\n")
        return None


def check(arguments: argparse.Namespace) -> int:
    """Name every mistake of the folders; 1 where there is one."""
    folders = [_read(path) for path in arguments.path]
    for path, folder in zip(arguments.path, folders, strict=True):
        if folder:
            _say(_("%(path)s: no mistakes") % {"path": path})
    return 0 if all(folders) else 1


def load(arguments: argparse.Namespace) -> int:
    """Show what would change and ask; nothing is half loaded."""
    folders = [_read(path) for path in arguments.path]
    if not all(folders):
        return 1
    with transaction.atomic():
        results = [_load_one(folder, arguments) for folder in folders if folder]
    return max(results)


def _load_one(folder: shapes.Folder, arguments: argparse.Namespace) -> int:
    code = folder.programme.code
    if arguments.only_absent and selectors.loaded_programme(code):
        return _load_absent(folder)
    pending = selectors.pending_changes(folder)
    if not pending:
        _say(_("%(programme)s: nothing to change") % {"programme": code})
        return 0
    if selectors.loaded_programme(code) or not arguments.yes:
        _show(code, pending)
    else:
        calls = ", ".join(sorted(folder.calls)) or _("no call yet")
        _say(_("%(programme)s: new; calls: %(calls)s") % {"programme": code, "calls": calls})
    if not _is_free(folder, arguments):
        return 1
    if not arguments.yes and not _asked(_("Load this? Type yes: ")):
        _say(_("Nothing was loaded."))
        return 1
    services.load_folder(folder, by_id=None, at=timezone.now())
    _say(_("%(programme)s: loaded") % {"programme": code})
    return 0


def _load_absent(folder: shapes.Folder) -> int:
    programme = selectors.loaded_programme(folder.programme.code)
    absent = selectors.absent_calls(folder)
    for call in absent.values():
        if programme:
            services.load_call(programme, call, by_id=None, at=timezone.now())
    names = ", ".join(absent) or _("nothing is absent")
    _say(f"{folder.programme.code}: {names}")
    return 0


def _show(code: str, pending: list[Change]) -> None:
    _say(_("%(programme)s: %(count)s changes") % {"programme": code, "count": len(pending)})
    for change in pending[:MOST_SHOWN]:
        _say(f"  {change.place}: {_short(change.before)} -> {_short(change.after)}")
    if len(pending) > MOST_SHOWN:
        _say(_("  and %(count)s more") % {"count": len(pending) - MOST_SHOWN})


def _short(value: object) -> str:
    text = "—" if value is None else " ".join(str(value).split())
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def _is_free(folder: shapes.Folder, arguments: argparse.Namespace) -> bool:
    """Edits made in the browser are replaced only when somebody says so; drafts keep their form."""
    elsewhere = selectors.calls_elsewhere(folder)
    for call in elsewhere:
        _say(
            _("%(call)s: a call of %(programme)s has this code already. Choose another.")
            % {"call": call.code, "programme": call.programme.code}
        )
    for call in selectors.calls_with_new_form(folder):
        _say(
            _(
                "%(call)s: applications are being written; "
                "they keep their form, new ones get a new version."
            )
            % {"call": call.code}
        )
    programme = selectors.edited_programme(folder)
    edited: list[Programme | Call] = [*([programme] if programme else [])]
    edited += selectors.edited_calls(folder)
    for thing in edited:
        _say(
            _(
                "%(call)s: edited in the browser on %(day)s; the folder would undo that. "
                "Dump the programme first, or add --over-edits."
            )
            % {"call": thing.code, "day": f"{thing.edited_at:%Y-%m-%d %H:%M}"}
        )
    return not elsewhere and (not edited or bool(arguments.over_edits))


def _asked(question: str) -> bool:
    try:
        return input(question).strip().lower() in {"yes", "oui", "نعم"}
    except EOFError:
        return False


def dump(arguments: argparse.Namespace) -> int:
    """Write the folder of a programme; its files are named."""
    programme = selectors.loaded_programme(arguments.programme)
    if programme is None:
        sys.stderr.write(_("There is no programme “%(code)s”.\n") % {"code": arguments.programme})
        return 1
    for path in write_folder(folder_of(programme), arguments.to / programme.code):
        _say(str(path))
    return 0
