"""Who may read the story of a thing: the slice that owns the thing answers."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from fondaco.trail.models import Heard

INSTALLATION = "installation"


@dataclass(frozen=True, slots=True)
class About:
    """The thing whose story it is: its sort and code, what people call it, its page, its clock."""

    sort: str = ""
    code: str = ""
    title: str = ""
    url: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of a story somebody reads: people's names, and all verbs but those hidden.

    `only` is what every entry must meet; `leads_on` links the stories of the things it is about.
    """

    shows_people: bool = False
    may_export: bool = False
    hides: tuple[str, ...] = ()
    about: About = About()
    only: Q | None = None
    leads_on: bool = False

    def shows(self, verb: str) -> bool:
        """Whether the reader learns that this happened; `hides` names verbs or their beginnings."""
        return not verb.startswith(self.hides) if self.hides else True


PROGRAMME = "programme"
"""The sort of thing whose whole trail can be carried away, not its story alone."""
MayRead = Callable[[Any, str], Reading | None]
OWNERS: list[tuple[str, MayRead]] = []
Subjects = Callable[[str], Iterable[str]]
KEPT_BACK: list[Subjects] = []
Joined = Callable[[str], Q]
JOINED: dict[str, list[Joined]] = defaultdict(list)
Named = Callable[[Iterable[str]], dict[str, str]]
NAMED: list[Named] = []


EVERYWHERE = ("reaction.tried-again", "upload.infected")
"""What the lowest slices record of things whose programme they do not know."""


def within(programme: str) -> Q:
    """Entries of one programme: another owner's thing of the same code is not meant."""
    return Q(programme=programme) | Q(verb__in=EVERYWHERE)


def full(about: About, *, only: Q | None = None) -> Reading:
    """Everything, with names: for those who run the thing."""
    return Reading(shows_people=True, may_export=True, about=about, only=only, leads_on=True)


def reading_of(reader: object, subject: str) -> Reading:
    """How much of the story of `subject` the reader may read; 404 where no owner lets them in.

    An owner answers None for what is not its own or for a stranger, and may raise a refusal of
    its own (404, 403, or that a second factor is needed). Two things of different owners may have
    one code: all owners are asked before anybody is refused.
    """
    refusal: Exception = Http404()
    for prefix, may_read in OWNERS:
        try:
            reading = may_read(reader, subject) if subject.startswith(prefix) else None
        except (PermissionDenied, Http404) as said:
            refusal = said if isinstance(refusal, Http404) else refusal
            continue
        if reading is not None:
            return reading
    raise refusal


def export_of(reader: object, programme: str) -> Reading:
    """Lets in whoever may carry the trail of a programme away."""
    reading = reading_of(reader, programme)
    if not reading.may_export or reading.about.sort != PROGRAMME:
        raise Http404
    return reading


def trouble(pk: int) -> Heard:
    """A reaction that failed, or 404."""
    return get_object_or_404(Heard.objects.exclude(error=""), pk=pk)
