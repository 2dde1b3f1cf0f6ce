"""Who may see the accepted profile of a host or visitor."""

from django.http import Http404
from django.urls import reverse

from fondaco.directory.models import Person
from fondaco.evaluation.access import Sight, award_story, sight_of_award
from fondaco.evaluation.selectors.awards import awards_told, with_outcomes
from fondaco.exchanges import phrases
from fondaco.exchanges.models import Profile
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import About, Reading

OFFICE = (RoleKind.OFFICER, RoleKind.DECIDER)
STORY = "profile-"
"""How the subject of a profile begins."""


def profile_for(person: Person, number: int) -> tuple[Profile, Sight]:
    """A profile and how the person sees it: as its office, or as somebody told of it."""
    profile = with_outcomes(Profile.objects.filter(pk=number)).first()
    if profile is None:
        raise Http404
    outcome = profile.outcome
    sight = sight_of_award(
        person, outcome, *OFFICE, is_told=lambda: outcome.pk in awards_told([outcome])
    )
    return profile, sight


def may_read_story(person: Person, subject: str) -> Reading | None:
    """Whoever may see a profile reads its story."""
    number = subject.removeprefix(STORY)
    if not number.isdecimal():
        return None
    profile, sight = profile_for(person, int(number))
    named = str(phrases.PROFILE_NAMED) % {"number": number}
    about = About("profile", number, named, reverse("desks:profile", args=[number]))
    return award_story(about, profile.outcome, sight)
