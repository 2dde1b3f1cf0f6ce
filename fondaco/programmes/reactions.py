"""Who may read the story of a programme, and what becomes of the roles of the erased."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from fondaco.directory.models import Person
from fondaco.kernel.told import told_about_person
from fondaco.programmes.access import require_role
from fondaco.programmes.selectors import (
    objections_to_erasing,
    programme_of,
    programmes_by_code,
    told_about,
)
from fondaco.programmes.services import end_roles_of
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import PROGRAMME, About, Reading, full, within
from fondaco.trail.services import joins_story, names_things, tells_story


def _may_read(person: Person, subject: str) -> Reading | None:
    programme = programme_of(subject)
    if programme is None:
        return None
    require_role(person, programme, RoleKind.OFFICER)
    page = reverse("desks:run", args=[programme.code])
    about = About(PROGRAMME, programme.code, programme.acronym, page)
    return full(about, only=within(programme.code))


def _of_person(code: str) -> Q:
    """The roles that a person was given and lost."""
    return Q(verb__startswith="role.", data__person=int(code))


def _named(subjects: Iterable[str]) -> dict[str, str]:
    return {row.code: row.acronym for row in programmes_by_code(subjects)}


def _erase(person_id: int) -> list[str]:
    end_roles_of(person_id, at=timezone.now())
    return []


tells_story("", _may_read)
joins_story("person", _of_person)
names_things(_named)
told_about_person("programmes", tell=told_about, erase=_erase, against=objections_to_erasing)
