"""How much two questions are alike: by the threes of letters that their words share."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_COMPARED = 300
"""So many questions of a call are compared with a new one, the newest."""
LONGEST = 1_000
"""So many letters of a question are looked at."""
MOST_SHOWN = 5
LIKELY = 0.4
"""From this share of what both have on, they are likely to ask the same."""


@dataclass(frozen=True, slots=True)
class Known:
    """A question that was asked before: its code and its words."""

    code: str
    text: str


def _words(text: str) -> Iterator[str]:
    """The words of a text without capitals, accents and signs."""
    apart = unicodedata.normalize("NFKD", text[:LONGEST].casefold())
    bare = "".join(one for one in apart if not unicodedata.combining(one) and one != "\u0640")
    yield from "".join(one if one.isalnum() else " " for one in bare).split()


def _threes(text: str) -> frozenset[str]:
    found: set[str] = set()
    for word in _words(text):
        padded = f"  {word} "
        found |= {padded[place : place + 3] for place in range(len(padded) - 2)}
    return frozenset(found)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def likeness(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, the same words."""
    return _shared(_threes(one), _threes(other))


def alike(text: str, known: Iterable[Known]) -> list[str]:
    """The codes of what was likely asked before, the most alike first; few, and of few."""
    own = _threes(text)
    if not own:
        return []
    found = []
    for place, one in enumerate(known):
        if place >= MOST_COMPARED:
            break
        shared = _shared(own, _threes(one.text))
        if shared >= LIKELY:
            found.append((-shared, place, one.code))
    return [code for _shared_part, _place, code in sorted(found)[:MOST_SHOWN]]
