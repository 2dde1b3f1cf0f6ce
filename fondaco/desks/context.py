"""The menus of every page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fondaco.directory.models import Person


def menus(request: HttpRequest) -> dict[str, object]:
    """Main menu and the links at the foot; the link of the page one is on is marked."""
    links = [
        (_("Calls"), reverse("desks:calls")),
        (_("Programmes"), reverse("desks:programmes")),
    ]
    if isinstance(getattr(request, "user", None), Person):
        links.insert(0, (_("My desk"), reverse("desks:home")))
    navigation = [
        {"label": label, "url": url, "is_current": request.path.startswith(url)}
        for label, url in links
    ]
    foot = [
        {"label": _("About Fondaco"), "url": reverse("desks:about")},
        {"label": _("Accessibility"), "url": reverse("desks:accessibility")},
        {"label": _("Privacy"), "url": reverse("desks:privacy")},
        {"label": _("Design"), "url": reverse("web:design")},
    ]
    return {"navigation": navigation, "footer_links": foot}
