"""What the spool holds: records one after the other, each proving that it is whole.

A record is written as a mark, its length, the SHA-256 of its text, and the text. Whatever a crash
left between two records is passed over; a record that was whole once is found again.
"""

import hashlib
import json
import re
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from fondaco.kernel.plain import canonical

MARK = b"\x00FDO\x01"
HEAD = struct.Struct(f">{len(MARK)}sI32s")
LARGEST = 512 * 1024
"""The most bytes of one record: a section of a form with every answer at its limit is far below."""
APPLICATION = re.compile(r"[-\w]{1,60}", re.ASCII)
IDENTITY = re.compile(r"[0-9a-f]{32}")


class Kind(StrEnum):
    """What somebody sent."""

    SAVE = "save"
    SUBMIT = "submit"


@dataclass(frozen=True, slots=True)
class Record:
    """One request as it was received: who sent what to which application, and when.

    `section` is of a save, `key` of a submission; `body` has the fields as the page posted them.
    """

    identity: str
    kind: Kind
    application: str
    person: int
    form: int
    at: datetime
    section: str = ""
    key: str = ""
    body: str = ""


class TooLarge(ValueError):
    """More than a form can hold."""


def text_of(record: Record) -> bytes:
    """The record as it is written and hashed."""
    return canonical(asdict(replace(record, at=record.at.astimezone(UTC))))


def sha256_of(record: Record) -> str:
    """The hash that whoever sent it is told."""
    return hashlib.sha256(text_of(record)).hexdigest()


def framed(record: Record) -> bytes:
    """The record as it goes to the disk; raises `TooLarge`."""
    text = text_of(record)
    if len(text) > LARGEST:
        raise TooLarge(len(text))
    return HEAD.pack(MARK, len(text), hashlib.sha256(text).digest()) + text


def records_in(written: bytes) -> Iterator[Record]:
    """Every whole record, in the order in which they were received."""
    start = written.find(MARK)
    while start >= 0:
        found = _record_at(written, start)
        if found is None:
            start = written.find(MARK, start + 1)
            continue
        record, end = found
        yield record
        start = written.find(MARK, end)


def torn_bytes(written: bytes) -> int:
    """How many bytes belong to no whole record."""
    return len(written) - sum(len(framed(record)) for record in records_in(written))


def _record_at(written: bytes, start: int) -> tuple[Record, int] | None:
    """The record that begins there and where it ends; None where it is torn or damaged."""
    begins = start + HEAD.size
    if begins > len(written):
        return None
    _mark, length, proof = HEAD.unpack_from(written, start)
    text = written[begins : begins + length]
    if length > LARGEST or len(text) < length or hashlib.sha256(text).digest() != proof:
        return None
    return _read(text), begins + length


def _read(text: bytes) -> Record:
    said: dict[str, Any] = json.loads(text)
    said["kind"], said["at"] = Kind(said["kind"]), datetime.fromisoformat(said["at"])
    return Record(**said)
