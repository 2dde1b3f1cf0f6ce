"""How entries are chained, what a seal signs, and when a reaction is tried again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from fondaco.kernel.plain import canonical

FIRST_CHAIN = "0" * 64
MOST_ATTEMPTS = 8
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Head:
    """A place in the sealed order with its chain, as somebody may have kept it."""

    number: int
    chain: str

    def __str__(self) -> str:
        return f"{self.number}:{self.chain}"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where the trail is not what was sealed, and what is wrong there."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What reading the whole trail again has shown."""

    sealed: int
    unsealed: int
    head: Head
    keys: tuple[str, ...] = ()
    fault: Fault | None = None

    def __bool__(self) -> bool:
        return self.fault is None


def chained(previous: str, entry: Mapping[str, object]) -> str:
    """SHA-256, in hexadecimal, over the chain so far (64 ASCII characters) and the entry's text."""
    return hashlib.sha256(previous.encode() + canonical(entry)).hexdigest()


def sealed_message(head: Head, at: datetime) -> bytes:
    """What a seal signs: the place, the chain up to it, and the moment the seal claims."""
    return canonical({"number": head.number, "chain": head.chain, "at": at})


def key_id_of(public: bytes) -> str:
    """The name of a key: the first 16 hexadecimal digits of SHA-256 over its public half."""
    return hashlib.sha256(public).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key that signs seals."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """The name of the key."""
        return key_id_of(self.public)

    def signature(self, message: bytes) -> str:
        """The signature over the message, in hexadecimal."""
        return self.private.sign(message).hex()


def is_genuine(public: str, message: bytes, signature: str) -> bool:
    """Whether the signature over the message was made with the private half of `public`."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def head_of(text: str) -> Head:
    """A head as people keep it, `NUMBER:CHAIN`; raises `ValueError` where it is not one."""
    number, _, chain = text.strip().partition(":")
    if len(chain) != len(FIRST_CHAIN) or int(chain, 16) < 0:
        raise ValueError(f"{text!r} is not NUMBER:CHAIN")
    return Head(int(number), chain.lower())


def wait_before(attempt: int) -> timedelta:
    """How long to wait after the attempt with that number: four times as long each time."""
    return min(timedelta(minutes=float(4 ** (attempt - 1))), LONGEST_WAIT)
