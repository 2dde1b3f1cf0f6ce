"""Reading profiles of hosts and visitors."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from fondaco.evaluation.selectors import awards
from fondaco.exchanges.access import STORY
from fondaco.exchanges.models import Profile
from fondaco.exchanges.phrases import PROFILE_NAMED
from fondaco.programmes.models import Programme


def all_profiles_in(programme: Programme) -> QuerySet[Profile]:
    """Every profile that was ever accepted, the latest first."""
    rows = awards.with_outcomes(Profile.objects.filter(programme=programme))
    return rows.select_related("organisation").order_by("-at", "-pk")


def profiles_in(programme: Programme) -> QuerySet[Profile]:
    """The accepted profiles that stand in the catalogue, the latest first."""
    return all_profiles_in(programme).filter(closed_at__isnull=True)


def profiles_of(organisations: Collection[int]) -> QuerySet[Profile]:
    """The profiles of these organisations, the latest first."""
    rows = awards.with_outcomes(Profile.objects.filter(organisation_id__in=organisations))
    return rows.order_by("-at", "-pk")


def profile_by(outcome_id: int) -> Profile | None:
    """The profile that an outcome has made already."""
    return awards.made_by(Profile.objects.all(), outcome_id)


def locked_profile_of(decision: str, application: str) -> Profile | None:
    """For services only: the profile that this decision accepted for this application, if open."""
    open_ones = Profile.objects.filter(closed_at__isnull=True)
    return awards.locked_made_by(open_ones, decision, application)


def entries_that_made(number: str) -> Q:
    """That a profile was accepted or closed stands in the story of its application."""
    rows = Profile.objects.filter(pk=int(number))
    return awards.entries_that_made(rows, "profile.accepted", "profile.closed")


def profiles_named(subjects: Iterable[str]) -> dict[str, str]:
    """What people call profiles."""
    return awards.numbered(subjects, STORY, PROFILE_NAMED)
