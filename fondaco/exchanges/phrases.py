"""The words of exchanges."""

from django.utils.translation import gettext_lazy as _

PROFILE_NAMED = _("Profile %(number)s")
VERBS = {
    "profile.accepted": _("The profile was accepted"),
    "profile.closed": _("The profile left the catalogue"),
}
VERB_KINDS = {"profile": _("Profiles")}
