"""`fondaco role give` and `fondaco role take`: who does what in a programme."""

import argparse
import sys

from django.utils import timezone
from django.utils.translation import gettext as _

from fondaco.directory.models import Person
from fondaco.directory.phrases import REASONS as DIRECTORY_REASONS
from fondaco.directory.selectors import person_of_address, why_nobody
from fondaco.kernel.decisions import Refused
from fondaco.programmes.models import Partner, Programme
from fondaco.programmes.phrases import REASONS, ROLES
from fondaco.programmes.selectors import partner_codes, partner_of, programme_of, role_now
from fondaco.programmes.services import give_role, take_role_away
from fondaco.programmes.states import ACTS_FOR_PARTNER, NEEDS_PARTNER, RoleKind


class _Wrong(Exception):
    """What was typed cannot be done; says why and what to do."""


def role(arguments: argparse.Namespace) -> int:
    """Give a registered person a role, or take it away."""
    act = _give if arguments.action == "give" else _take
    try:
        said = act(arguments, RoleKind(arguments.role))
    except _Wrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


def _meant(arguments: argparse.Namespace) -> tuple[Programme, Person]:
    programme, person = programme_of(arguments.programme), person_of_address(arguments.email)
    if programme is None:
        raise _Wrong(_("There is no programme “%(code)s”.") % {"code": arguments.programme})
    if person is None:
        why = DIRECTORY_REASONS[why_nobody(arguments.email)]
        raise _Wrong(f"{arguments.email}: {why}")
    return programme, person


def _partner(programme: Programme, kind: RoleKind, code: str) -> Partner | None:
    if not code and kind in NEEDS_PARTNER:
        raise _Wrong(_("Say for which partner: --partner CODE"))
    if not code:
        return None
    if kind not in ACTS_FOR_PARTNER:
        raise _Wrong(str(REASONS["acts-for-no-partner"]))
    found = partner_of(programme, code)
    if found is None:
        words = _("“%(code)s” is no partner of %(programme)s. Its partners: %(codes)s")
        codes = ", ".join(partner_codes(programme)) or "–"
        raise _Wrong(words % {"code": code, "programme": programme.code, "codes": codes})
    return found


def _give(arguments: argparse.Namespace, kind: RoleKind) -> str:
    programme, person = _meant(arguments)
    partner = _partner(programme, kind, arguments.partner)
    told = {"email": arguments.email, "role": ROLES[kind], "programme": programme.code}
    held = role_now(programme, person, kind)
    if held and held.partner_id != (partner.pk if partner else None):
        raise _Wrong(str(REASONS["has-it-already"]))
    if held:
        return _("%(email)s: %(role)s of %(programme)s already") % told
    give_role(person, kind, programme=programme, partner=partner, by_id=None, at=timezone.now())
    return _("%(email)s: %(role)s of %(programme)s from now on") % told


def _take(arguments: argparse.Namespace, kind: RoleKind) -> str:
    programme, person = _meant(arguments)
    told = {"email": arguments.email, "role": ROLES[kind], "programme": programme.code}
    held = role_now(programme, person, kind)
    if held is None:
        raise _Wrong(_("%(email)s does not have this role in %(programme)s: %(role)s") % told)
    try:
        take_role_away(held.pk, by_id=None, at=timezone.now())
    except Refused as refused:
        raise _Wrong(" ".join(str(REASONS[reason]) for reason in refused.reasons)) from None
    return _("%(email)s: no longer %(role)s of %(programme)s") % told
