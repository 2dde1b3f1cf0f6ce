"""Which files are taken: kind by content, size, and a name that is safe to show."""

import struct
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fondaco.kernel.decisions import Decision

MEGABYTE = 1024 * 1024
HEAD = 96
LONGEST_NAME = 120
MOST_MEMBERS = 5000
MOST_CONTENTS = 512 * 1024
ZIP_END_LENGTH = 22
ZIP_TAIL = ZIP_END_LENGTH + 0xFFFF
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
_ALIASES = {"jpeg": "jpg"}
_STARTS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP_LONG = b"PK\x06\x07"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_PACKAGES = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_MACROS = ("vbaproject.bin", "vbadata.xml")


class Reason(StrEnum):
    """Why a file is not taken."""

    EMPTY = "file-empty"
    TOO_LARGE = "file-too-large"
    KIND_UNKNOWN = "file-kind-unknown"
    KIND_NOT_ACCEPTED = "file-kind-not-accepted"
    HAS_MACROS = "file-has-macros"


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a file: its size, its first bytes, and what a package holds."""

    size: int
    head: bytes
    members: frozenset[str] = frozenset()


def kind_of(look: Look) -> str:
    """The kind that the content shows, whatever the name says; empty where it is none of ours."""
    for start, kind in _STARTS.items():
        if look.head.startswith(start):
            return kind
    return _kind_of_package(look) if look.head.startswith(_ZIP) else ""


def _kind_of_package(look: Look) -> str:
    if look.head[30:].startswith(_ODT) and look.head[30 + len(_ODT) :][:1] != b"-":
        return "odt"
    return next((kind for name, kind in _PACKAGES.items() if name in look.members), "")


def is_small_package(tail: bytes) -> bool:
    """Whether the last bytes of a package promise a table of contents that may be read whole.

    Documents never need the long form of the table, which may say something else again.
    """
    at = tail.rfind(_ZIP_END)
    if at < 0 or len(tail) < at + ZIP_END_LENGTH or _ZIP_LONG in tail[max(0, at - 20) : at]:
        return False
    entries, size = struct.unpack("<HI", tail[at + 10 : at + 16])
    return bool(entries <= MOST_MEMBERS and size <= MOST_CONTENTS)


def has_macros(look: Look) -> bool:
    """Whether the package carries a program."""
    return any(member.lower().endswith(_MACROS) for member in look.members) or any(
        member.startswith(("Basic/", "Scripts/")) for member in look.members
    )


def acceptance(look: Look, *, accepts: Collection[str], megabytes: int) -> Decision:
    """Everything that speaks against keeping the file."""
    kind = kind_of(look)
    failed = {
        Reason.EMPTY: look.size == 0,
        Reason.TOO_LARGE: look.size > megabytes * MEGABYTE,
        Reason.KIND_UNKNOWN: look.size > 0 and not kind,
        Reason.KIND_NOT_ACCEPTED: bool(kind) and kind not in accepts,
        Reason.HAS_MACROS: bool(kind) and has_macros(look),
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def cleaned_name(name: str, kind: str) -> str:
    """The file's own name without folders and signs that deceive, ending as its content is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in unicodedata.normalize("NFC", last) if _is_harmless(sign))
    stem, dot, ending = " ".join(kept.split()).rpartition(".")
    if not dot or _ALIASES.get(ending.lower(), ending.lower()) != kind:
        stem = " ".join(kept.split())
    return f"{stem[:LONGEST_NAME].strip(' .') or 'file'}.{kind}"


def _is_harmless(sign: str) -> bool:
    return sign not in '"<>|:*?' and not unicodedata.category(sign).startswith(("C", "Zl", "Zp"))
