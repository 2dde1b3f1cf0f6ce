"""Who may read and release letters."""

from dataclasses import replace

from django.db.models import F
from django.http import Http404
from django.urls import reverse

from fondaco.directory.models import Person
from fondaco.mail.models import Letter
from fondaco.mail.states import TOLD
from fondaco.programmes.access import require_role
from fondaco.programmes.models import Programme
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import About, Reading, full


def office_of(person: Person, call: str) -> Programme:
    """The programme of a call, with the call's title as `call_title`, for its officers alone."""
    found = Programme.objects.filter(calls__code=call).annotate(call_title=F("calls__title"))
    programme = found.first()
    if programme is None:
        raise Http404
    require_role(person, programme, RoleKind.OFFICER)
    return programme


def letter_in_office(person: Person, call: str, code: str) -> Letter:
    """A letter of a call, for the officers of its programme."""
    programme = office_of(person, call)
    letters = Letter.objects.select_related("programme", "to", "released_by")
    letter = letters.filter(programme=programme, call=call, code=code).first()
    if letter is None:
        raise Http404
    return letter


def letter_for(person: Person, code: str) -> Letter:
    """A letter that stands in the portal, for its reader alone; 404 to everybody else."""
    letters = Letter.objects.select_related("programme", "to")
    letter = letters.filter(code=code, to_id=person.pk, state__in=TOLD).first()
    if letter is None:
        raise Http404
    return letter


def may_read_story(person: Person, code: str) -> Reading | None:
    """A letter's reader learns what became of it, an officer also through whom."""
    letter = Letter.objects.select_related("programme").filter(code=code).first()
    if letter is None:
        return None
    about = About("letter", letter.code, letter.code, zone=letter.zone)
    if letter.to_id == person.pk and letter.state in TOLD:
        return Reading(about=replace(about, url=reverse("mail:letter", args=[letter.code])))
    if letter.programme is None:
        return None
    role = require_role(person, letter.programme, RoleKind.OFFICER, RoleKind.OBSERVER)
    if role.kind == RoleKind.OBSERVER:
        return Reading(shows_people=True, about=about)
    page = reverse("mail:preview", args=[letter.call, letter.code]) if letter.call else ""
    return full(replace(about, url=page))
