"""Values as plain JSON, and one canonical text of it, so that hashes mean the same everywhere."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum


def _of_collection(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(kept) for key, kept in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((plain(kept) for kept in value), key=str)
    if isinstance(value, Sequence):
        return [plain(kept) for kept in value]
    return str(value)


def plain(value: object) -> object:
    """`value` as what JSON knows: dates as ISO 8601, decimals as text, sets sorted."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return _of_collection(value)


def canonical(value: object) -> bytes:
    """One text for one content: keys sorted, no spaces, UTF-8 (as in RFC 8785 for plain values)."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def fingerprint(value: object, *, salt: str = "") -> str:
    """SHA-256, in hexadecimal, over the salt and the canonical text of `value`."""
    return hashlib.sha256(salt.encode() + canonical(value)).hexdigest()
