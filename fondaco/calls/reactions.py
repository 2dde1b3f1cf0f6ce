"""Who may read the story of a call."""

from fondaco.calls.selectors import call_named
from fondaco.directory.models import Person
from fondaco.programmes.access import require_role
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import FULL, Reading
from fondaco.trail.services import tells_story


def _may_read(person: Person, subject: str) -> Reading | None:
    call = call_named(subject)
    if call is None:
        return None
    require_role(person, call.programme, RoleKind.OFFICER)
    return FULL


tells_story("", _may_read)
