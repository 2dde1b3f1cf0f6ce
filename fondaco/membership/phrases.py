"""The words of membership."""

from django.utils.translation import gettext_lazy as _

MEMBERSHIP_NAMED = _("Membership %(number)s")
VERBS = {
    "membership.begun": _("The membership began"),
    "membership.ended": _("The membership ended"),
}
VERB_KINDS = {"membership": _("Memberships")}
