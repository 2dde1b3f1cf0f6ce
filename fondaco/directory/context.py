"""Who reads, and for whom they act; every page shows it."""

from functools import cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondaco.directory.models import Organisation, Person
from fondaco.trail.access import INSTALLATION


def acting(request: HttpRequest) -> dict[str, object]:
    """`acting_for`, `acting_choices`, `person_links`, and `way_back` to a page that was refused."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {}
    organisations: list[Organisation] = getattr(request, "organisations", [])
    return {
        "acting_for": getattr(request, "acting_for", None),
        "acting_choices": organisations,
        "person_links": _links(get_language() or "", is_admin=person.is_installation_admin),
        "way_back": request.session.get("way_back", ""),
    }


@cache
def _links(_language: str, *, is_admin: bool) -> list[dict[str, str]]:
    """The links of the reader's menu, worked out once for each language."""
    links = [
        (_("Your account"), "directory:me", "person"),
        (_("Your organisations"), "directory:organisations", "organisation"),
    ]
    if is_admin:
        links.append((_("Requests to run an organisation"), "directory:requests", "people"))
        links.append((_("Reactions that failed"), "trail:troubles", "warning"))
    found = [{"label": label, "url": reverse(name), "icon": icon} for label, name, icon in links]
    if is_admin:
        story = reverse("trail:story", args=[INSTALLATION])
        found.append({"label": _("Story of the installation"), "url": story, "icon": "clock"})
    return found
