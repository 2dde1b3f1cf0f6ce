"""What membership does when a decision is confirmed, and who reads of it."""

from fondaco.directory.access import knows_untold
from fondaco.membership import access, selectors
from fondaco.membership.selectors import untold_evidence
from fondaco.membership.services import begin_memberships, end_membership
from fondaco.trail.models import Entry
from fondaco.trail.services import joins_story, names_things, on, tells_story


@on("decision.confirmed")
def begin_memberships_of_decision(entry: Entry) -> None:
    """Whoever was taken in is a member from now on."""
    begin_memberships(entry.subject, at=entry.at)


@on("decision.renounced", "decision.reopened")
def end_membership_of_award(entry: Entry) -> None:
    """Whose award has ended is a member no more."""
    end_membership(entry.subject, application=str(entry.data["application"]), at=entry.at)


knows_untold(untold_evidence)
tells_story(access.STORY, access.may_read_story)
joins_story("membership", selectors.entries_that_made)
names_things(selectors.memberships_named)
