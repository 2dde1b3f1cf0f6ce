"""What is signed of a receipt: whatever is changed is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from fondaco.applications.rules.receipts import Proof, Receipt, pem_of, signature_over
from fondaco.trail.rules import SigningKey, is_genuine

KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(32)))
HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
MOMENTS = st.datetimes(timezones=st.just(UTC), min_value=datetime(2020, 1, 1))  # noqa: DTZ001
RECEIPTS = st.builds(
    Receipt,
    number=st.from_regex(r"[a-z]{1,4}-[2-9a-z]{6}-[1-9]", fullmatch=True),
    fingerprint=HASHES,
    files=st.lists(HASHES, max_size=3).map(tuple),
    received=MOMENTS,
)
RECEIPT = Receipt("bc-a2b3c4-1", "f" * 64, ("b" * 64, "a" * 64), datetime(2026, 11, 1, tzinfo=UTC))


def proof_of(receipt, key=KEY):
    return Proof(receipt, signature_over(receipt, key), key.key_id, key.public.hex())


def test_the_text_is_canonical_and_has_no_salt():
    text = RECEIPT.text.decode()

    assert text == (
        f'{{"files":["{"a" * 64}","{"b" * 64}"],"fingerprint":"{"f" * 64}",'
        '"number":"bc-a2b3c4-1","received":"2026-11-01T00:00:00+00:00"}'
    )


@given(RECEIPTS)
def test_a_receipt_that_nobody_changed_is_genuine(receipt):
    assert proof_of(receipt)


@given(RECEIPTS, st.data())
def test_a_changed_byte_of_the_text_is_found(receipt, data):
    place = data.draw(st.integers(0, len(receipt.text) - 1))
    byte = data.draw(st.integers(1, 255))
    signature = KEY.signature(receipt.text)

    changed = bytearray(receipt.text)
    changed[place] ^= byte

    assert is_genuine(KEY.public.hex(), receipt.text, signature)
    assert not is_genuine(KEY.public.hex(), bytes(changed), signature)


@given(RECEIPTS, st.integers(0, 63), st.integers(1, 255))
def test_a_changed_byte_of_the_signature_is_found(receipt, place, byte):
    from base64 import b64decode, b64encode

    proof = proof_of(receipt)
    changed = bytearray(b64decode(proof.signature))
    changed[place] ^= byte

    assert not replace(proof, signature=b64encode(changed).decode())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"number": "bc-a2b3c4-2"}, id="number"),
        pytest.param({"fingerprint": "e" + "f" * 63}, id="fingerprint"),
        pytest.param({"files": ("b" * 64,)}, id="a file less"),
        pytest.param({"files": ("b" * 64, "a" * 64, "a" * 64)}, id="a file more"),
        pytest.param({"received": RECEIPT.received - timedelta(microseconds=1)}, id="earlier"),
    ],
)
def test_whatever_a_receipt_says_is_signed(change):
    assert not replace(proof_of(RECEIPT), receipt=replace(RECEIPT, **change))


def test_neither_the_zone_nor_the_order_of_files_changes_the_text():
    there = RECEIPT.received.astimezone(timezone(timedelta(hours=5, minutes=45)))

    told = replace(RECEIPT, received=there, files=RECEIPT.files[::-1])

    assert told.text == RECEIPT.text


def test_the_signature_of_another_key_is_not_ours():
    assert not replace(proof_of(RECEIPT, OTHER), public=KEY.public.hex())
    assert not replace(proof_of(RECEIPT), signature="not base64!")


def test_the_commands_hold_everything_in_short_lines():
    proof = proof_of(RECEIPT)

    assert pem_of(proof.public) in proof.commands
    assert max(map(len, proof.commands.splitlines())) <= 64
    assert proof.text == RECEIPT.text.decode()
