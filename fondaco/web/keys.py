"""Private keys that sign: files outside the database."""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


class UnfitKey(Exception):
    """The key file holds something else than an Ed25519 private key."""


def kept_key(path: Path) -> Ed25519PrivateKey:
    """The key of the file; made, readable by its owner alone, where there is none yet.

    The file is read again only once it has changed: a new key counts without a new start.
    """
    if not path.exists():
        make_key(path)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, changed_at: int) -> Ed25519PrivateKey:
    kept = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(kept, Ed25519PrivateKey):
        raise UnfitKey(f"{path} does not hold an Ed25519 private key")
    return kept


def make_key(path: Path) -> None:
    """Write a new key beside its place and link it there, so that two starts agree on one key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
