"""The words people read for roles and targets."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.programmes.states import PartnerRole, RoleKind

ROLES_OF_ONE = {
    PartnerRole.COORDINATOR: _("Coordinator"),
    PartnerRole.PARTNER: _("Partner"),
    PartnerRole.AFFILIATE: _("Affiliate"),
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
REASONS: dict[str, Promise] = {
    "last-officer": _(
        "This is the last officer of the programme. Make somebody else an officer first."
    ),
    "own-decider": _(
        "Nobody makes themselves a decider. Ask another officer to give you this role."
    ),
    "no-such-programme": _("There is no such programme."),
    "needs-partner": _("Choose the partner for which this person acts."),
    "acts-for-no-partner": _("Only deciders and partners act for a partner. Leave it out."),
    "has-it-already": _(
        "This person has this role already. To change the partner, take the role away first."
    ),
}
VERBS: dict[str, Promise] = {
    "programme.loaded": _("The programme was loaded from its folder"),
    "programme.texts-changed": _("The texts of the programme were changed"),
    "programme.mark-given": _("The programme was given a mark of its own"),
    "programme.mark-removed": _("The mark that was given to the programme was removed"),
    "role.given": _("Somebody was given a role"),
    "role.taken-away": _("A role ended"),
}
VERB_KINDS = {"programme": _("Programme"), "role": _("Roles")}


def _role(data: Mapping[str, Any], zone: str) -> str:
    """Which role it was."""
    return str(ROLES[RoleKind(data["kind"])])


VERB_DETAILS = {"role.given": _role, "role.taken-away": _role}
