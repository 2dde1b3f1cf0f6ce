"""Which files are taken: kind by content, size, a name that is safe to show; how they arrive."""

import base64
import binascii
import struct
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fondaco.kernel.decisions import Decision

MEGABYTE = 1024 * 1024
HEAD = 96
LONGEST_NAME = 120
MOST_MEMBERS = 5000
MOST_CONTENTS = 512 * 1024
LARGEST_PART = 256 * 1024
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
    TOO_MUCH_UNFINISHED = "file-too-much-unfinished"
    OTHER_CONTENT = "file-other-content"


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


class Fault(StrEnum):
    """What is wrong with a request of an upload in parts, whoever sends it."""

    NO_LENGTH = "no-length"
    BAD_METADATA = "bad-metadata"
    NO_OFFSET = "no-offset"
    NOT_OCTETS = "not-octets"
    NO_CONTENT_LENGTH = "no-content-length"
    PART_TOO_LARGE = "part-too-large"
    BEYOND_THE_END = "beyond-the-end"
    BAD_CHECKSUM = "bad-checksum"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file as its request announces it."""

    kind: str
    offset: int | None
    length: int | None
    checksum: str = ""


def part_faults(part: Part, *, whole: int) -> list[Fault]:
    """What forbids reading a part at all; the first is what the answer is about."""
    length, offset = part.length, part.offset
    end = (length or 0) + (offset or 0)
    failed = {
        Fault.NOT_OCTETS: part.kind != "application/offset+octet-stream",
        Fault.NO_OFFSET: offset is None,
        Fault.NO_CONTENT_LENGTH: length is None,
        Fault.PART_TOO_LARGE: length is not None and length > LARGEST_PART,
        Fault.BEYOND_THE_END: end > whole,
        Fault.BAD_CHECKSUM: bool(part.checksum) and checksum_asked(part.checksum) is None,
    }
    return [fault for fault, is_failed in failed.items() if is_failed]


def checksum_asked(text: str) -> bytes | None:
    """The SHA-256 that `sha256 <base64>` names; None for anything else."""
    name, _, sum_ = text.partition(" ")
    try:
        digest = base64.b64decode(sum_, validate=True)
    except (binascii.Error, ValueError):
        return None
    return digest if name == "sha256" and len(digest) == 32 else None  # noqa: PLR2004


def metadata_in(text: str) -> dict[str, str] | None:
    """What `key base64,key base64` says; None where it cannot be read."""
    said = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, _, value = pair.partition(" ")
        try:
            said[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            return None
    return said


def whole_number(text: str | None) -> int | None:
    """A number of bytes as a header gives it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None  # noqa: PLR2004


def announcement(length: int, *, megabytes: int, unfinished: int, quota: int) -> Decision:
    """Whether an upload may begin: its size, and what the person has under way already."""
    failed = {
        Reason.EMPTY: length == 0,
        Reason.TOO_LARGE: length > megabytes * MEGABYTE,
        Reason.TOO_MUCH_UNFINISHED: unfinished + length > quota * MEGABYTE,
    }
    return Decision(tuple(reason for reason, is_failed in failed.items() if is_failed))


def head_acceptance(head: bytes, *, accepts: Collection[str]) -> Decision:
    """What the first bytes say already; of a package only its end can tell what it is."""
    may_be_package = head.startswith(_ZIP) and {"docx", "xlsx", "odt"} & set(accepts)
    if len(head) < HEAD or may_be_package:
        return Decision()
    kind = kind_of(Look(len(head), head))
    if not kind:
        return Decision((Reason.KIND_UNKNOWN,))
    return Decision() if kind in accepts else Decision((Reason.KIND_NOT_ACCEPTED,))


def is_over(touched_at: datetime, *, hours: int, at: datetime) -> bool:
    """Whether an upload on which nothing arrived any more has been kept long enough."""
    return at - touched_at > timedelta(hours=hours)
