"""What training does when a decision is confirmed, or a person is told of or erased."""

from fondaco.kernel.told import told_about_person
from fondaco.trail.models import Entry
from fondaco.trail.services import joins_story, names_things, on, tells_story
from fondaco.training import access, selectors
from fondaco.training.selectors import places_kept, told_about
from fondaco.training.services import free_place, give_places


@on("decision.confirmed")
def give_places_of_decision(entry: Entry) -> None:
    """Whoever was taken on the course has a place."""
    give_places(entry.subject, at=entry.at)


@on("decision.renounced", "decision.reopened")
def free_place_of_award(entry: Entry) -> None:
    """Whose award has ended has no place any more."""
    free_place(entry.subject, application=str(entry.data["application"]), at=entry.at)


def _stays(person_id: int) -> list[str]:
    """A place is part of a decision: it stays, with the person's number and without a name."""
    return ["places"] if places_kept(person_id) else []


told_about_person("training", tell=told_about, erase=_stays)
tells_story(access.STORY, access.may_read_story)
joins_story("call", selectors.entries_about_places_of)
joins_story("place", selectors.entries_that_gave)
names_things(selectors.places_named)
