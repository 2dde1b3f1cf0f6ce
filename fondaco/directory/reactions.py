"""What the directory does when a person is told of, or erased, as a whole."""

from django.utils import timezone

from fondaco.directory import selectors
from fondaco.directory.access import require_installation_admin
from fondaco.directory.models import Person
from fondaco.directory.services import people
from fondaco.kernel.told import told_about_person
from fondaco.trail.access import FULL, Reading
from fondaco.trail.services import tells_story


def _erase(person_id: int) -> list[str]:
    people.erase_own_rows(person_id, at=timezone.now())
    return []


def _may_read_troubles(person: Person, subject: str) -> Reading | None:
    require_installation_admin(person)
    return FULL


tells_story("installation", _may_read_troubles)
told_about_person("directory", tell=selectors.told_about, erase=_erase)
