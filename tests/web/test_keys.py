"""Keys that sign are files: made once, for their owner alone, read again when they change."""

import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from fondaco.web.keys import UnfitKey, kept_key, make_key


def public(key):
    """What tells one key from another."""
    return key.public_key().public_bytes_raw()


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "keys" / "some.pem"

    first, second = kept_key(path), kept_key(path)

    assert public(first) == public(second)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [kept.name for kept in path.parent.iterdir()] == ["some.pem"]


def test_two_starts_agree_on_one_key(tmp_path):
    path = tmp_path / "some.pem"
    first = kept_key(path)

    make_key(path)

    assert public(kept_key(path)) == public(first)


def test_another_file_in_its_place_counts_without_a_new_start(tmp_path):
    path, other = tmp_path / "some.pem", tmp_path / "other.pem"
    first, second = kept_key(path), kept_key(other)

    other.replace(path)

    assert public(first) != public(second) == public(kept_key(path))


def test_a_file_that_holds_another_key_is_refused(tmp_path):
    path = tmp_path / "some.pem"
    path.write_bytes(
        X25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )

    with pytest.raises(UnfitKey, match="Ed25519"):
        kept_key(path)
