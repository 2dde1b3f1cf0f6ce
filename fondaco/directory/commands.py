"""`fondaco admin`: who runs the installation."""

import argparse
import sys

from django.utils import timezone
from django.utils.translation import gettext as _

from fondaco.directory.phrases import REASONS
from fondaco.directory.rules.reasons import Reason
from fondaco.directory.selectors import person_of_address, why_nobody
from fondaco.directory.services.people import end_installation_admin, make_installation_admin
from fondaco.kernel.decisions import Refused


def admin(arguments: argparse.Namespace) -> int:
    """Make a registered person administrator of the installation, or take that back."""
    person = person_of_address(arguments.email)
    if person is None:
        sys.stderr.write(f"{arguments.email}: {REASONS[why_nobody(arguments.email)]}\n")
        return 1
    act, done = make_installation_admin, _("%(email)s: administrator of the installation")
    if arguments.take:
        act, done = end_installation_admin, _("%(email)s: no longer administrator")
    try:
        act(person.pk, by_id=None, at=timezone.now())
    except Refused as refused:
        for reason in refused.reasons:
            sys.stderr.write(f"{arguments.email}: {REASONS[Reason(reason)]}\n")
        return 1
    sys.stdout.write(done % {"email": arguments.email} + "\n")
    return 0
