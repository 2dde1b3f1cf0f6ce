"""What each slice keeps about a person: told on request, erased on request."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chapter:
    """One slice's part: `tell` yields plain values, `erase` removes and says what must stay.

    `against` names what forbids the erasure as long as it is so.
    """

    tell: Callable[[int], object]
    erase: Callable[[int], list[str]]
    against: Callable[[int], list[str]]


def _nothing(_person_id: int) -> list[str]:
    return []


_CHAPTERS: dict[str, Chapter] = {}


def told_about_person(
    name: str,
    *,
    tell: Callable[[int], object],
    erase: Callable[[int], list[str]],
    against: Callable[[int], list[str]] = _nothing,
) -> None:
    """Register what the slice `name` keeps about a person."""
    _CHAPTERS[name] = Chapter(tell, erase, against)


def everything_about(person_id: int) -> dict[str, object]:
    """All that is kept about a person, by slice."""
    return {name: chapter.tell(person_id) for name, chapter in sorted(_CHAPTERS.items())}


def against_erasing(person_id: int) -> list[str]:
    """What forbids every slice together to erase a person."""
    return [why for _, chapter in sorted(_CHAPTERS.items()) for why in chapter.against(person_id)]


def erase_everywhere(person_id: int) -> list[str]:
    """Erase a person in every slice; the reasons for what has to stay."""
    return [why for _, chapter in sorted(_CHAPTERS.items()) for why in chapter.erase(person_id)]
