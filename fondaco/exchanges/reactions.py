"""What exchanges do when a decision is confirmed."""

from fondaco.exchanges.services import accept_profiles
from fondaco.trail.models import Entry
from fondaco.trail.services import on


@on("decision.confirmed")
def accept_profiles_of_decision(entry: Entry) -> None:
    """Whoever was accepted stands in the catalogue from now on."""
    accept_profiles(entry.subject, at=entry.at)
