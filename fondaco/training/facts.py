"""What training can tell about an organisation."""

from fondaco.kernel.facts import UNKNOWN, Question, Told, fact
from fondaco.training.selectors import completed_by_colleague


@fact("training.completed")
def has_completed(question: Question) -> Told:
    """Whether somebody who works there completed the course; unknown until an officer says so."""
    place = completed_by_colleague(question.organisation_id, of=question.of)
    if place is None:
        return UNKNOWN
    return Told(value=True, source=f"{place.call}, place {place.pk}", at=place.marked_at)
