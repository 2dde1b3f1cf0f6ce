"""`fondaco season` and `fondaco sign-in-links`."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondaco.directory.selectors import demonstration_address, invented_people
from fondaco.season import services
from fondaco.season.material import read_cast
from fondaco.season.stage import address_of

ROOT: Path = settings.ROOT


def season(arguments: argparse.Namespace) -> int:
    """Load the season where it is absent; with --again count its dates from today."""
    if not settings.IS_DEMONSTRATION:
        sys.stderr.write(_("Only a demonstration has a season: FONDACO_MODE is production.\n"))
        return 1
    programmes, root, now = ROOT / "programmes", ROOT / "season", timezone.now()
    if arguments.again and invented_people().exists():
        dated = services.date_anew(programmes, root, at=now)
        sys.stdout.write(_("Season: %(count)s calls dated anew\n") % {"count": len(dated.anew)})
        for code in dated.left:
            sys.stdout.write(_("  %(call)s: edited in the browser, left alone\n") % {"call": code})
        return 0
    if invented_people().exists():
        sys.stdout.write(_("Season: it is there already; SEASON=again dates it anew\n"))
        return 0
    summary = services.load_season(programmes, root, at=now)
    for call, applications in summary.applications.items():
        sys.stdout.write(f"  {call}: {applications}\n")
    return 0


def sign_in_links(_arguments: argparse.Namespace) -> int:
    """One link for each person of the cast, and what to try with it."""
    people = {person.email: person for person in invented_people()}
    for member in read_cast(ROOT / "season"):
        person = people.get(address_of(member))
        if person:
            does = member.does.get(get_language() or "en", member.does["en"])
            sys.stdout.write(f"  {member.name}: {does}\n    {demonstration_address(person)}\n")
    return 0
