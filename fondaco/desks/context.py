"""The menus of every page, and the face of the programme it belongs to."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondaco.calls.models import Call
from fondaco.calls.selectors import call_in_programme
from fondaco.desks.selectors.faces import Face, face_of, programme_at
from fondaco.desks.selectors.office import Office, office_of
from fondaco.directory.models import Person


def menus(request: HttpRequest) -> dict[str, object]:
    """Main menu and the links at the foot; the link of the page one is on is marked."""
    language = get_language() or ""
    navigation = [
        {"label": label, "url": url, "is_current": request.path.startswith(url)}
        for label, url in _menu(language, is_signed_in=_reader(request) is not None)
    ]
    return {"navigation": navigation, "footer_links": _foot(language)}


@cache
def _menu(_language: str, *, is_signed_in: bool) -> tuple[tuple[str, str], ...]:
    """The links of the main menu, worked out once for each language."""
    desk = [(_("My desk"), reverse("desks:home"))] if is_signed_in else []
    return (
        *desk,
        (_("Calls"), reverse("desks:calls")),
        (_("Programmes"), reverse("desks:programmes")),
    )


@cache
def _foot(_language: str) -> tuple[Mapping[str, str], ...]:
    """The links at the foot, worked out once for each language."""
    return (
        {"label": _("About Fondaco"), "url": reverse("desks:about")},
        {"label": _("Accessibility"), "url": reverse("desks:accessibility")},
        {"label": _("Privacy"), "url": reverse("desks:privacy")},
        {"label": _("Design"), "url": reverse("web:design")},
    )


def _reader(request: HttpRequest) -> Person | None:
    person = getattr(request, "user", None)
    return person if isinstance(person, Person) else None


class _Place:
    """Where the reader is, looked up once and only where a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        match = request.resolver_match
        self.page = match.view_name if match else ""
        self.kept: Mapping[str, Any] = match.kwargs if match else {}
        self.person = _reader(request)
        self.known: list[Call | None] = []

    def call(self) -> Call | None:
        """The call that the address names."""
        if "call" not in self.kept:
            return None
        if not self.known:
            self.known.append(call_in_programme(self.kept["call"]))
        return self.known[0]

    def face(self) -> Face | None:
        """The face of the programme; what a view says of it itself goes before."""
        person_id = self.person.pk if self.person else None
        programme = programme_at(self.page, self.kept, person_id, self.call())
        return face_of(programme) if programme else None

    def office(self) -> Office | None:
        """The office of the call, with what is open to the reader there."""
        call = self.call()
        return office_of(call, self.person) if call and self.person else None


def place(request: HttpRequest) -> dict[str, object]:
    """`programme_face` for the frame of a page, `office` for the menu of a call's office."""
    here = _Place(request)
    return {
        "programme_face": SimpleLazyObject(here.face),
        "office": SimpleLazyObject(here.office),
    }
