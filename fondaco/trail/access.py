"""Who may read the story of a thing: the slice that owns the thing answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from fondaco.trail.models import Heard

INSTALLATION = "installation"


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of a story somebody reads: people's names, and all verbs but those hidden."""

    shows_people: bool = False
    may_export: bool = False
    hides: tuple[str, ...] = ()

    def shows(self, verb: str) -> bool:
        """Whether the reader learns that this happened; `hides` names verbs or their beginnings."""
        return not verb.startswith(self.hides) if self.hides else True


FULL = Reading(shows_people=True, may_export=True)
MayRead = Callable[[Any, str], Reading | None]
OWNERS: list[tuple[str, MayRead]] = []
Subjects = Callable[[str], Iterable[str]]
KEPT_BACK: list[Subjects] = []


def reading_of(reader: object, subject: str) -> Reading:
    """How much of the story of `subject` the reader may read; 404 where no owner lets them in.

    An owner answers None for what is not its own or for a stranger, and may raise a refusal of
    its own (403, or that a second factor is needed).
    """
    for prefix, may_read in OWNERS:
        reading = may_read(reader, subject) if subject.startswith(prefix) else None
        if reading is not None:
            return reading
    raise Http404


def export_of(reader: object, programme: str) -> Reading:
    """Lets in whoever may carry the trail of a programme away."""
    reading = reading_of(reader, programme)
    if not reading.may_export:
        raise Http404
    return reading


def trouble(pk: int) -> Heard:
    """A reaction that failed, or 404."""
    return get_object_or_404(Heard.objects.exclude(error=""), pk=pk)
