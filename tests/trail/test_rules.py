"""Chains, signatures, heads and waits, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fondaco.trail import rules
from fondaco.trail.rules import Head

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def test_a_chain_is_sha256_over_the_chain_before_and_the_canonical_entry():
    # printf '%s{"a":1,"b":"é"}' 000…0 (64 zeros) | sha256sum
    expected = "08b7698f3d6b80ae5d83c9c2f8bea5af5a7db11a3d65c608b96a338365227b68"

    assert rules.chained(rules.FIRST_CHAIN, {"b": "é", "a": 1}) == expected
    assert rules.chained("1" * 64, {"a": 1, "b": "é"}) != expected


def test_a_signature_holds_for_its_message_and_key_alone():
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw().hex()
    message = rules.sealed_message(Head(3, "a" * 64), AT)
    signature = key.sign(message).hex()

    assert rules.is_genuine(public, message, signature)
    assert not rules.is_genuine(public, message + b" ", signature)
    assert not rules.is_genuine(other.public_key().public_bytes_raw().hex(), message, signature)
    assert not rules.is_genuine("not a key", message, signature)


def test_a_seal_signs_place_chain_and_moment():
    assert rules.sealed_message(Head(3, "ab"), AT) == (
        b'{"at":"2026-11-01T09:00:00+00:00","chain":"ab","number":3}'
    )


def test_a_key_is_named_by_the_beginning_of_its_hash():
    # SHA-256 of 32 zero bytes begins like this.
    assert rules.key_id_of(bytes(32)) == "66687aadf862bd77"


def test_a_kept_head_is_read_as_people_write_it():
    assert rules.head_of(f" 12:{'AB' * 32}\n") == Head(12, "ab" * 32)
    assert str(Head(12, "ab")) == "12:ab"


@pytest.mark.parametrize("text", ["", "12", "12:abc", f"x:{'a' * 64}", f"12:{'g' * 64}"])
def test_what_is_no_head_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        rules.head_of(text)


def test_waits_grow_up_to_six_hours():
    minutes = [rules.wait_before(attempt) / timedelta(minutes=1) for attempt in range(1, 7)]

    assert minutes == [1, 4, 16, 64, 256, 360]
