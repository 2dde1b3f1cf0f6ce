"""The words people read for roles and targets."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.programmes.states import PartnerRole, RoleKind

PARTNER_ROLES = {
    PartnerRole.COORDINATOR: _("Coordinator"),
    PartnerRole.PARTNER: _("Partners"),
    PartnerRole.AFFILIATE: _("Affiliates"),
}
ROLES = {
    RoleKind.OFFICER: _("Programme officer"),
    RoleKind.DECIDER: _("Decider"),
    RoleKind.EVALUATOR: _("Evaluator"),
    RoleKind.OBSERVER: _("Observer"),
    RoleKind.PARTNER: _("Partner"),
}
OPERATORS = {
    "at-least": _("at least %(number)s"),
    "more-than": _("more than %(number)s"),
    "exactly": "%(number)s",
}
VERBS: dict[str, Promise] = {
    "programme.loaded": _("The programme was loaded from its folder"),
    "programme.texts-changed": _("The texts of the programme were changed"),
    "role.given": _("Somebody was given a role"),
    "role.taken-away": _("A role ended"),
}
