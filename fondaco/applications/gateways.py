"""The outside of applications: mail to an address without a person, and the files of exports."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from secrets import token_hex
from typing import IO

from django.conf import settings
from django.core.mail import send_mail

from fondaco.applications.states import Sheet
from fondaco.web.downloads import without_formula
from fondaco.web.sheets import write_sheet_to

WIDTH = 22


def mail_to_address(address: str, subject: str, body: str) -> None:
    """One plain letter to an address without a person."""
    send_mail(subject, f"{body.strip()}\n", settings.DEFAULT_FROM_EMAIL, [address])


def export_path(code: str, kind: str) -> Path:
    """Where the file of an export lies; no backup takes it."""
    return Path(settings.VAR) / "exports" / f"{code}.{kind}"


def write_export(code: str, kind: Sheet, head: Sequence[str], rows: Iterable[list[object]]) -> int:
    """Write a table into its file, row by row, no cell taken for a formula; how large it is.

    The file is there whole or not at all, also where two workers write it at once.
    """
    path = export_path(code, kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ([without_formula(cell) for cell in row] for row in _with_head(head, rows))
    part = path.with_suffix(f".{token_hex(4)}.part")
    if kind == Sheet.XLSX:
        with part.open("wb") as packed:
            write_sheet_to(packed, "Applications", lines, widths=[WIDTH] * len(head))
    else:
        with part.open("w", encoding="utf-8-sig", newline="") as plain:
            csv.writer(plain).writerows(lines)
    part.replace(path)
    return path.stat().st_size


def _with_head(head: Sequence[str], rows: Iterable[list[object]]) -> Iterable[Sequence[object]]:
    yield head
    yield from rows


def opened_export(code: str, kind: str) -> IO[bytes] | None:
    """The file of an export; None where it is gone."""
    path = export_path(code, kind)
    return path.open("rb") if path.is_file() else None


def remove_export(code: str, kind: str) -> None:
    """Remove the file of an export, also one that is half written."""
    path = export_path(code, kind)
    path.unlink(missing_ok=True)
    for part in path.parent.glob(f"{code}.*.part"):
        part.unlink(missing_ok=True)
