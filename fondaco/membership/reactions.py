"""What membership does when a decision is confirmed."""

from fondaco.membership.services import begin_memberships
from fondaco.trail.models import Entry
from fondaco.trail.services import on


@on("decision.confirmed")
def begin_memberships_of_decision(entry: Entry) -> None:
    """Whoever was taken in is a member from now on."""
    begin_memberships(entry.subject, at=entry.at)
