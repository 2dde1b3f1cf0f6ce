"""How files arrive in parts: announcements, parts, first bytes."""

import base64
import hashlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.documents.rules import (
    HEAD,
    LARGEST_PART,
    MEGABYTE,
    Fault,
    Part,
    Reason,
    announcement,
    checksum_asked,
    head_acceptance,
    is_over,
    metadata_in,
    part_faults,
    whole_number,
)
from tests.factories.directory import AT

OCTETS = "application/offset+octet-stream"
SUM = base64.b64encode(hashlib.sha256(b"part").digest()).decode()


@pytest.mark.parametrize(
    ("length", "unfinished", "reasons"),
    [
        (1, 0, ()),
        (MEGABYTE, 2 * MEGABYTE, ()),
        (0, 0, (Reason.EMPTY,)),
        (MEGABYTE + 1, 0, (Reason.TOO_LARGE,)),
        (2, 3 * MEGABYTE - 1, (Reason.TOO_MUCH_UNFINISHED,)),
        (MEGABYTE + 1, 3 * MEGABYTE, (Reason.TOO_LARGE, Reason.TOO_MUCH_UNFINISHED)),
    ],
)
def test_an_upload_is_announced_within_limit_and_quota(length, unfinished, reasons):
    decision = announcement(length, megabytes=1, unfinished=unfinished, quota=3)

    assert decision.reasons == reasons


@pytest.mark.parametrize(
    ("part", "faults"),
    [
        (Part(OCTETS, 0, 10), []),
        (Part(OCTETS, 90, 10), []),
        (Part(OCTETS, 0, 0), []),
        (Part(OCTETS, 0, 10, f"sha256 {SUM}"), []),
        (Part("text/plain", 0, 10), [Fault.NOT_OCTETS]),
        (Part(OCTETS, None, 10), [Fault.NO_OFFSET]),
        (Part(OCTETS, 0, None), [Fault.NO_CONTENT_LENGTH]),
        (Part(OCTETS, 91, 10), [Fault.BEYOND_THE_END]),
        (Part(OCTETS, 0, 10, "sha1 abcd"), [Fault.BAD_CHECKSUM]),
        (Part(OCTETS, 0, LARGEST_PART + 1), [Fault.PART_TOO_LARGE, Fault.BEYOND_THE_END]),
    ],
)
def test_every_fault_of_a_part_is_found(part, faults):
    assert part_faults(part, whole=100) == faults


def test_the_largest_part_is_taken():
    assert part_faults(Part(OCTETS, 0, LARGEST_PART), whole=MEGABYTE) == []


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (f"sha256 {SUM}", hashlib.sha256(b"part").digest()),
        (f"sha1 {SUM}", None),
        ("sha256 c2hvcnQ=", None),
        ("sha256 %%%", None),
        ("", None),
    ],
)
def test_only_a_sha256_is_a_checksum(text, digest):
    assert checksum_asked(text) == digest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", {}),
        ("filename b2ZmZXIucGRm,to YTpiOmM=", {"filename": "offer.pdf", "to": "a:b:c"}),
        ("is_private", {"is_private": ""}),
        ("filename ***", None),
        ("filename /w==", None),
    ],
)
def test_metadata_is_read_or_refused_whole(text, said):
    assert metadata_in(text) == said


@given(st.dictionaries(st.sampled_from(["filename", "to", "sha256"]), st.text(max_size=9)))
def test_metadata_comes_through_unchanged(said):
    pairs = (f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())

    assert metadata_in(",".join(pairs)) == said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("-1", None),
        ("1.5", None),
        ("", None),
        (None, None),
        ("٣", None),
        ("9" * 16, None),
    ],
)
def test_a_number_of_bytes_is_digits(text, number):
    assert whole_number(text) == number


def padded(start):
    return start + b"\0" * (HEAD - len(start))


@pytest.mark.parametrize(
    ("head", "accepts", "reasons"),
    [
        (padded(b"%PDF-1.7"), ["pdf"], ()),
        (padded(b"%PDF-1.7"), ["png"], (Reason.KIND_NOT_ACCEPTED,)),
        (padded(b"MZ"), ["pdf"], (Reason.KIND_UNKNOWN,)),
        (padded(b"PK\x03\x04"), ["docx"], ()),
        (padded(b"PK\x03\x04"), ["pdf"], (Reason.KIND_UNKNOWN,)),
        (b"MZ", ["pdf"], ()),
    ],
)
def test_the_first_bytes_say_what_they_can(head, accepts, reasons):
    assert head_acceptance(head, accepts=accepts).reasons == reasons


def test_an_upload_is_over_once_its_hours_have_passed():
    assert not is_over(AT, hours=2, at=AT + timedelta(hours=2))
    assert is_over(AT, hours=2, at=AT + timedelta(hours=2, seconds=1))
