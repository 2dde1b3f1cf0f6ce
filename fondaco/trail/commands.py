"""`fondaco trail verify`."""

import argparse
import re
import sys

from django.utils.translation import gettext as _

from fondaco.trail.phrases import FAULTS
from fondaco.trail.rules import Head
from fondaco.trail.selectors import verified

_HEAD = re.compile(r"^(\d+):([0-9a-f]{64})$")


def trail(arguments: argparse.Namespace) -> int:
    """Read the whole trail again: 0 when it is what was sealed, 1 when it is not, 2 wrong words."""
    kept = _HEAD.match(arguments.head)
    if arguments.head and not kept:
        sys.stderr.write(_("--head wants NUMBER:CHAIN, the chain in 64 hexadecimal digits.\n"))
        return 2
    found = verified(Head(int(kept[1]), kept[2]) if kept else None)
    sys.stdout.write(
        _("Sealed: %(sealed)s entries, head %(head)s\nNot sealed yet: %(unsealed)s\n")
        % {"sealed": found.sealed, "head": found.head, "unsealed": found.unsealed}
    )
    if found.fault is None:
        sys.stdout.write(_("The trail is what was sealed.\n"))
        return 0
    where = _("Entry %(number)s:") % {"number": found.fault.number}
    sys.stdout.write(f"{where} {FAULTS[found.fault.why]}\n")
    return 1
