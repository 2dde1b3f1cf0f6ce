"""What exchanges do when a decision is confirmed, and who reads of it."""

from fondaco.exchanges import access, selectors
from fondaco.exchanges.services import accept_profiles, close_profile
from fondaco.trail.models import Entry
from fondaco.trail.services import joins_story, names_things, on, tells_story


@on("decision.confirmed")
def accept_profiles_of_decision(entry: Entry) -> None:
    """Whoever was accepted stands in the catalogue from now on."""
    accept_profiles(entry.subject, at=entry.at)


@on("decision.renounced", "decision.reopened")
def close_profile_of_award(entry: Entry) -> None:
    """Whose award has ended leaves the catalogue."""
    close_profile(entry.subject, application=str(entry.data["application"]), at=entry.at)


tells_story(access.STORY, access.may_read_story)
joins_story("profile", selectors.entries_that_made)
names_things(selectors.profiles_named)
