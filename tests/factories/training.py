"""Places on courses; all invented."""

from typing import Any

from fondaco.directory.models import Person
from fondaco.training.models import Place
from tests.factories import evaluation as made
from tests.factories.directory import AT


def course(**more: Any) -> Any:
    """A course for which one officer decides on each application by itself."""
    given = {"kind": "training", "experts": 0, "decided_by": "one", "intake": "always"}
    return made.graded_call(**given | {"support": "none", "total_cents": None} | more)


def place(call: Any, person: Person | None = None, *, file: Any = None, **more: Any) -> Place:
    """A place on the course for whoever started the application."""
    application: Any = file or made.sent(call)
    return Place.objects.create(
        programme=call.programme,
        call=call.code,
        outcome=made.decided(application),
        person=person or application.started_by,
        given_at=AT,
        **more,
    )
