"""Records on the disk: whole ones are found, whatever stands between them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.intake.rules.records import (
    HEAD,
    LARGEST,
    MARK,
    Kind,
    Record,
    TooLarge,
    framed,
    records_in,
    sha256_of,
    text_of,
    torn_bytes,
)
from tests.factories.directory import AT

SAVE = Record("a" * 32, Kind.SAVE, "bc-a2b3c4", 7, 3, AT, section="project", body="q-title=Pont+é")
SUBMIT = replace(SAVE, identity="b" * 32, kind=Kind.SUBMIT, section="", body="", key="k")
records = st.builds(
    replace,
    st.sampled_from([SAVE, SUBMIT]),
    identity=st.text("0123456789abcdef", min_size=32, max_size=32),
    person=st.integers(1, 10**9),
    at=st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda past: AT - past),
    body=st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore").decode()),
)
noise = st.binary(max_size=60)


@given(st.lists(records, max_size=6))
def test_what_was_written_is_read(written):
    assert list(records_in(b"".join(map(framed, written)))) == written


@given(st.lists(records, min_size=1, max_size=4), st.data())
def test_a_torn_last_record_costs_no_earlier_one(written, data):
    text = b"".join(map(framed, written))
    last = len(framed(written[-1]))
    cut = data.draw(st.integers(1, last))

    assert list(records_in(text[:-cut])) == written[:-1]


@given(st.lists(records, min_size=1, max_size=3), records, st.data())
def test_what_follows_a_torn_record_is_found(written, torn, data):
    whole = framed(torn)
    part = whole[: data.draw(st.integers(0, len(whole) - 1))]
    text = part + b"".join(map(framed, written))

    assert list(records_in(text)) == written
    assert torn_bytes(text) == len(part)


@given(records, records, st.data())
def test_a_changed_byte_costs_that_record_alone(first, second, data):
    text = bytearray(framed(first) + framed(second))
    place = data.draw(st.integers(0, len(framed(first)) - 1))
    text[place] ^= data.draw(st.integers(1, 255))

    assert list(records_in(bytes(text))) == [second]


@given(noise)
def test_noise_holds_no_record(text):
    assert list(records_in(text)) == []


def test_a_length_that_is_a_lie_is_not_believed():
    lie = HEAD.pack(MARK, LARGEST + 1, b"\x00" * 32)

    assert list(records_in(lie + framed(SAVE))) == [SAVE]
    assert list(records_in(MARK)) == []


def test_the_hash_is_of_the_whole_record():
    assert len(sha256_of(SAVE)) == 64
    assert sha256_of(SAVE) != sha256_of(replace(SAVE, at=AT + timedelta(microseconds=1)))


def test_more_than_a_form_can_hold_is_not_taken():
    least = len(text_of(replace(SAVE, body="")))

    assert framed(replace(SAVE, body="x" * (LARGEST - least)))
    with pytest.raises(TooLarge):
        framed(replace(SAVE, body="x" * (LARGEST - least + 1)))
