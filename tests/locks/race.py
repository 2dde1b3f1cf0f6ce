"""A race: two who act at the same moment, what must come of it, and what comes without the lock."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from fondaco.trail.models import Entry
from tests.threads import overlapping, taken_out

Ran = tuple[str, str, object]
"""What was said against the first, against the second, and how things stand afterwards."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Two acts, a question about how things stand after both, and what holds meanwhile."""

    first: Callable[[], object]
    second: Callable[[], object]
    stands: Callable[[], object]
    meanwhile: AbstractContextManager[Any] = field(default_factory=nullcontext)


@dataclass(frozen=True, slots=True)
class Race:
    """What one lock is for.

    `besides` are locks that keep the same thing safe: they are out while this one is tried, so that
    what is seen is its doing. Where a constraint of the database holds what the lock lets through,
    `broken` names it.
    """

    name: str
    lock: str
    scene: Callable[[], Scene]
    held: Ran
    broken: Ran
    besides: tuple[str, ...] = ()

    def run(self, *, is_locked: bool) -> tuple[Ran, list[str]]:
        """Run the race with or without its lock; what came of it, and who asked for locks."""
        out = self.besides if is_locked else (self.lock, *self.besides)
        scene = self.scene()
        with taken_out(*out) as asked, scene.meanwhile:
            first, second = overlapping(scene.first, scene.second)
        return (first, second, scene.stands()), asked


RACES: list[Race] = []


def race(
    lock: str, *, held: Ran, broken: Ran, besides: tuple[str, ...] = ()
) -> Callable[[Callable[[], Scene]], Callable[[], Scene]]:
    """Register a scene as what this lock is for; a lock is named by its slice and its function."""

    def register(scene: Callable[[], Scene]) -> Callable[[], Scene]:
        RACES.append(Race(scene.__name__, lock, scene, held, broken, besides))
        return scene

    return register


def told(*verbs: str) -> Callable[[], int]:
    """Ask how often the trail tells of these."""
    return lambda: Entry.objects.filter(verb__in=verbs).count()
