"""Races over sketches: officers who build one call at the same moment."""

from fondaco.sketches.models import Sketch
from fondaco.sketches.rules.places import value_at
from fondaco.sketches.rules.typed import mark
from fondaco.sketches.services import keeping
from tests.factories.calls import CallFactory
from tests.factories.directory import AT, PersonFactory
from tests.locks.race import Scene, race

SKETCH = "sketches.locked_sketch"
ONE_REVISION = "constraint sketch_revision_once"
NOTHING = mark(None)


def typing(first, second):
    """Two officers who type at two places of one sketch."""
    call, one, two = CallFactory(published_at=None), PersonFactory(), PersonFactory()
    keeping.opened_sketch(call, at=AT)

    def keep(place, by):
        keeping.keep_typed(call.pk, {place: "Said."}, {place: NOTHING}, by=by, at=AT)

    def stands():
        content = Sketch.objects.get().content
        return [value_at(content, place) for place in (first, second)]

    return Scene(lambda: keep(first, one), lambda: keep(second, two), stands)


@race(
    SKETCH,
    held=("", "", ["Said.", "Said."]),
    broken=("", ONE_REVISION, ["Said.", None]),
)
def two_officers_type_at_two_places():
    return typing("call.summary.en", "call.summary.fr")
