"""Reading profiles of hosts and visitors."""

from django.db.models import QuerySet

from fondaco.exchanges.models import Profile
from fondaco.programmes.models import Programme


def profiles_in(programme: Programme) -> QuerySet[Profile]:
    """The accepted profiles, the latest first."""
    return (
        Profile.objects.filter(programme=programme)
        .select_related("organisation", "outcome__application")
        .order_by("-at", "-pk")
    )


def profile_by(outcome_id: int) -> Profile | None:
    """The profile that an outcome has made already."""
    return Profile.objects.filter(outcome_id=outcome_id).first()
