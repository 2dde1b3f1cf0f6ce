"""Who may read the story of a call, and what of it belongs to its programme's."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from fondaco.calls.models import Call
from fondaco.calls.selectors import call_in_programme, calls_by_code
from fondaco.directory.models import Person
from fondaco.programmes.access import require_role
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import PROGRAMME, About, Reading, full, within
from fondaco.trail.services import joins_story, names_things, tells_story
from fondaco.web import words


def _may_read(person: Person, subject: str) -> Reading | None:
    call = call_in_programme(subject)
    if call is None:
        return None
    require_role(person, call.programme, RoleKind.OFFICER)
    page = reverse("desks:office", args=[call.code])
    about = About("call", call.code, _name_of(call), page, call.zone)
    return full(about, only=within(call.programme.code))


def _name_of(call: Call) -> str:
    return words.say(call.title).text or call.code


def _of_programme(code: str) -> Q:
    return Q(verb__startswith="call.", programme=code)


def _named(subjects: Iterable[str]) -> dict[str, str]:
    return {call.code: _name_of(call) for call in calls_by_code(subjects)}


tells_story("", _may_read)
joins_story(PROGRAMME, _of_programme)
names_things(_named)
