"""Which request is served first: what must not be lost before what can be looked at later."""

import re
from enum import IntEnum


class Rank(IntEnum):
    """The lowest is served first; only the last is ever asked to come again."""

    FIRST = 0
    """What people save, upload, submit, and their receipts."""
    NEXT = 1
    """What they need for it: their drafts, signing in, what pages are made of."""
    LAST = 2
    """Lists, statistics and everything else that waits well."""


_FIRST = re.compile(
    r"/(keep|uploads|received|alive)/"
    r"|/[a-z]{2}/calls/[^/]+/applications/[^/]+/(submit|receipt)/"
    r"|/[a-z]{2}/receipts/"
)
_NEXT = re.compile(
    r"/static/|/[a-z]{2}/account/|/[a-z]{2}/link/"
    r"|/[a-z]{2}/calls/[^/]+/applications/(?!office/)[^/]+/"
)


def rank_of(method: str, path: str) -> Rank:
    """The rank of a request; what is posted anywhere is never the last."""
    if _FIRST.match(path):
        return Rank.FIRST
    if method not in {"GET", "HEAD"} or _NEXT.match(path):
        return Rank.NEXT
    return Rank.LAST
