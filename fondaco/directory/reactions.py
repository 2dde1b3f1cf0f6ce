"""What the directory does when a person is told of, or erased, as a whole."""

from django.db.models import Q
from django.utils import timezone

from fondaco.directory import access, selectors
from fondaco.directory.services import people
from fondaco.kernel.told import told_about_person
from fondaco.trail.access import INSTALLATION
from fondaco.trail.services import joins_story, names_things, tells_story


def _erase(person_id: int) -> list[str]:
    people.erase_own_rows(person_id, at=timezone.now())
    return []


def _who_runs_it(code: str) -> Q:
    """Who became administrator of the installation, and who is no longer."""
    return Q(verb__in=["person.raised", "person.lowered"])


def _of_person(code: str) -> Q:
    """Where a person began to work and left, and what was answered to them."""
    return Q(verb__startswith="post.", data__person=int(code))


tells_story(INSTALLATION, access.may_read_installation)
tells_story(access.PERSON, access.may_read_person)
tells_story("", access.may_read_organisation)
joins_story(INSTALLATION, _who_runs_it)
joins_story("person", _of_person)
names_things(selectors.things_named)
told_about_person("directory", tell=selectors.told_about, erase=_erase)
