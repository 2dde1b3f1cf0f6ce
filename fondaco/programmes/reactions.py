"""Who may read the story of a programme."""

from fondaco.directory.models import Person
from fondaco.programmes.access import require_role
from fondaco.programmes.selectors import programme_of
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import FULL, Reading
from fondaco.trail.services import tells_story


def _may_read(person: Person, subject: str) -> Reading | None:
    programme = programme_of(subject)
    if programme is None:
        return None
    require_role(person, programme, RoleKind.OFFICER)
    return FULL


tells_story("", _may_read)
