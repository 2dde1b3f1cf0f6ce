"""Whether a request comes from a page of our own, judged by what the browser says of it."""

from collections.abc import Collection
from urllib.parse import urlsplit


def is_own(origin: str, referer: str, *, ours: Collection[str]) -> bool:
    """Whether the browser names one of our addresses; who names none is not believed."""
    said = origin or origin_of(referer)
    return bool(said) and said in ours


def origin_of(address: str) -> str:
    """Scheme, host and port of an address; nothing where it has none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""
