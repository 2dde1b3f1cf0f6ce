"""The key that seals the trail: a file outside the database."""

from pathlib import Path

from fondaco.trail.rules import SigningKey
from fondaco.web.keys import kept_key


def seal_key(path: Path) -> SigningKey:
    """The key of the file; made where there is none yet."""
    return SigningKey(kept_key(path))
