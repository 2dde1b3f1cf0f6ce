"""Accepting profiles of hosts and visitors."""

from datetime import datetime

from django.db import transaction

from fondaco.calls.states import Kind
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.services.awards import make_of_awards, of_award
from fondaco.exchanges.models import Profile
from fondaco.exchanges.selectors import locked_profile_of, profile_by
from fondaco.trail import services as trail


@transaction.atomic
def accept_profiles(decision: str, *, at: datetime) -> int:
    """A profile for every organisation that a confirmed decision accepted; how many now."""
    return make_of_awards(decision, Kind.EXCHANGE, _accept, at=at)


def _accept(outcome: Outcome, at: datetime) -> bool:
    if profile_by(outcome.pk):
        return False
    application = outcome.application
    Profile.objects.create(
        programme=application.call.programme,
        call=application.call.code,
        organisation=application.organisation,
        outcome=outcome,
        at=at,
    )
    told = {"organisation": application.organisation.code}
    trail.record("profile.accepted", **of_award(outcome), at=at, **told)
    return True


@transaction.atomic
def close_profile(decision: str, *, application: str, at: datetime) -> Profile | None:
    """The profile leaves the catalogue with the award behind it."""
    profile = locked_profile_of(decision, application)
    if profile is None:
        return None
    profile.closed_at = at
    profile.save(update_fields=["closed_at"])
    told = {"organisation": profile.outcome.application.organisation.code}
    trail.record("profile.closed", **of_award(profile.outcome), at=at, **told)
    return profile
