"""What the headers of an upload in parts say, by the protocol tus 1.0.0."""

import re
from collections.abc import Mapping

from fondaco.documents.rules import Fault, Part, metadata_in, whole_number
from fondaco.documents.services import Wanted

SUM = re.compile(r"[0-9a-f]{64}")
PLACES = 3


class Faulty(Exception):
    """The request cannot be understood; says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def wanted_in(headers: Mapping[str, str]) -> Wanted:
    """What is to be uploaded, and where to: `to` reads `door:owner:place`."""
    length = whole_number(headers.get("Upload-Length"))
    if length is None:
        raise Faulty(Fault.NO_LENGTH)
    said = metadata_in(headers.get("Upload-Metadata", "")) or {}
    places, sha256 = said.get("to", "").split(":"), said.get("sha256", "")
    if len(places) != PLACES or (sha256 and not SUM.fullmatch(sha256)):
        raise Faulty(Fault.BAD_METADATA)
    door, owner, place = places
    return Wanted(door, owner, place, said.get("filename", "") or "file", length, sha256)


def part_in(headers: Mapping[str, str]) -> Part:
    """The part that a request brings."""
    return Part(
        kind=headers.get("Content-Type", ""),
        offset=whole_number(headers.get("Upload-Offset")),
        length=whole_number(headers.get("Content-Length")),
        checksum=headers.get("Upload-Checksum", ""),
    )


def first_part_in(headers: Mapping[str, str]) -> Part | None:
    """The part that the announcement itself brings; None where it brings none."""
    part = part_in({**headers, "Upload-Offset": "0"})
    return part if part.length and part.kind else None
