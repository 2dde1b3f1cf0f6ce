"""Who may read the story of a programme, and what becomes of the roles of the erased."""

from django.utils import timezone

from fondaco.directory.models import Person
from fondaco.kernel.told import told_about_person
from fondaco.programmes.access import require_role
from fondaco.programmes.selectors import objections_to_erasing, programme_of, told_about
from fondaco.programmes.services import end_roles_of
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import FULL, Reading
from fondaco.trail.services import tells_story


def _may_read(person: Person, subject: str) -> Reading | None:
    programme = programme_of(subject)
    if programme is None:
        return None
    require_role(person, programme, RoleKind.OFFICER)
    return FULL


def _erase(person_id: int) -> list[str]:
    end_roles_of(person_id, at=timezone.now())
    return []


tells_story("", _may_read)
told_about_person("programmes", tell=told_about, erase=_erase, against=objections_to_erasing)
