"""Reading profiles of hosts and visitors."""

from django.db.models import QuerySet

from fondaco.exchanges.models import Profile
from fondaco.programmes.models import Programme


def profiles_in(programme: Programme) -> QuerySet[Profile]:
    """The accepted profiles that stand in the catalogue, the latest first."""
    return (
        Profile.objects.filter(programme=programme, closed_at__isnull=True)
        .select_related("organisation", "outcome__application")
        .order_by("-at", "-pk")
    )


def profile_by(outcome_id: int) -> Profile | None:
    """The profile that an outcome has made already."""
    return Profile.objects.filter(outcome_id=outcome_id).first()


def locked_profile_of(decision: str, application: str) -> Profile | None:
    """For services only: the profile that this decision accepted for this application, if open."""
    return (
        Profile.objects.select_for_update(of=("self",))
        .select_related("programme", "organisation")
        .filter(
            outcome__decision__code=decision,
            outcome__application__code=application,
            closed_at__isnull=True,
        )
        .first()
    )
