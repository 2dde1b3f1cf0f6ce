"""Who may see the membership of an organisation."""

from django.http import Http404
from django.urls import reverse

from fondaco.directory.models import Person
from fondaco.evaluation.access import Sight, award_story, sight_of_award
from fondaco.evaluation.selectors.awards import awards_told, with_outcomes
from fondaco.membership import phrases
from fondaco.membership.models import Membership
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import About, Reading

OFFICE = (RoleKind.OFFICER, RoleKind.DECIDER)
STORY = "membership-"
"""How the subject of a membership begins."""


def membership_for(person: Person, number: int) -> tuple[Membership, Sight]:
    """A membership and how the person sees it: as its office, or as somebody told of it."""
    rows = with_outcomes(Membership.objects.filter(pk=number))
    membership = rows.select_related("bond__cluster").first()
    if membership is None:
        raise Http404
    outcome = membership.outcome
    sight = sight_of_award(
        person, outcome, *OFFICE, is_told=lambda: outcome.pk in awards_told([outcome])
    )
    return membership, sight


def may_read_story(person: Person, subject: str) -> Reading | None:
    """Whoever may see a membership reads its story."""
    number = subject.removeprefix(STORY)
    if not number.isdecimal():
        return None
    membership, sight = membership_for(person, int(number))
    named = str(phrases.MEMBERSHIP_NAMED) % {"number": number}
    about = About("membership", number, named, reverse("desks:member", args=[number]))
    return award_story(about, membership.outcome, sight)
