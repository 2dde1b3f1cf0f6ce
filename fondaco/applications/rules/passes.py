"""The pass of a draft page: who may send what to which application, proven without a database."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fondaco.kernel.plain import canonical

LIFE = timedelta(hours=24)
LONGEST = 400
"""A pass is written by us and short; what is longer is none."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A person, the application they may write, the version of its form, and until when."""

    person: int
    application: str
    form: int
    until: datetime


def written(given: Pass, *, key: bytes) -> str:
    """The pass as a page carries it: what it says, a dot, the proof that we said it."""
    says = canonical(
        {
            "person": given.person,
            "application": given.application,
            "form": given.form,
            "until": int(given.until.timestamp()),
        }
    )
    return f"{_letters(says)}.{_letters(_proof(says, key))}"


def read(text: str, *, key: bytes, at: datetime) -> Pass | None:
    """The pass, where it was written with this key and is still good at that moment."""
    said, _, proof = text.partition(".")
    says, proven = _bytes(said), _bytes(proof)
    if len(text) > LONGEST or not hmac.compare_digest(proven, _proof(says, key)):
        return None
    found = json.loads(says)
    until = datetime.fromtimestamp(found["until"], tz=UTC)
    given = Pass(found["person"], found["application"], found["form"], until)
    return given if at < until else None


def _proof(says: bytes, key: bytes) -> bytes:
    return hmac.digest(key, says, "sha256")


def _letters(given: bytes) -> str:
    return urlsafe_b64encode(given).decode().rstrip("=")


def _bytes(letters: str) -> bytes:
    try:
        return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    except (NotBase64, ValueError):
        return b""
