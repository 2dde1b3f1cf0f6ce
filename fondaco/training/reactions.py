"""What training does when a decision is confirmed, or a person is told of or erased."""

from fondaco.kernel.told import told_about_person
from fondaco.trail.models import Entry
from fondaco.trail.services import on
from fondaco.training.selectors import places_kept, told_about
from fondaco.training.services import give_places


@on("decision.confirmed")
def give_places_of_decision(entry: Entry) -> None:
    """Whoever was taken on the course has a place."""
    give_places(entry.subject, at=entry.at)


def _stays(person_id: int) -> list[str]:
    """A place is part of a decision: it stays, with the person's number and without a name."""
    return ["places"] if places_kept(person_id) else []


told_about_person("training", tell=told_about, erase=_stays)
