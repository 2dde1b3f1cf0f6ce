"""Accepting profiles of hosts and visitors."""

from datetime import datetime

from django.db import transaction

from fondaco.calls.states import Kind
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.selectors.decisions import awarded_in
from fondaco.exchanges.models import Profile
from fondaco.exchanges.selectors import locked_profile_of, profile_by
from fondaco.trail import services as trail


@transaction.atomic
def accept_profiles(decision: str, *, at: datetime) -> int:
    """A profile for every organisation that a confirmed decision accepted; how many now."""
    return sum(_accept(outcome, at=at) for outcome in awarded_in(decision, Kind.EXCHANGE))


def _accept(outcome: Outcome, *, at: datetime) -> int:
    if profile_by(outcome.pk):
        return 0
    application = outcome.application
    programme = application.call.programme
    Profile.objects.create(
        programme=programme,
        call=application.call.code,
        organisation=application.organisation,
        outcome=outcome,
        at=at,
    )
    trail.record(
        "profile.accepted",
        subject=application.code,
        programme=programme.code,
        by_id=None,
        at=at,
        organisation=application.organisation.code,
    )
    return 1


@transaction.atomic
def close_profile(decision: str, *, application: str, at: datetime) -> Profile | None:
    """The profile leaves the catalogue with the award behind it."""
    profile = locked_profile_of(decision, application)
    if profile is None:
        return None
    profile.closed_at = at
    profile.save(update_fields=["closed_at"])
    trail.record(
        "profile.closed",
        subject=application,
        programme=profile.programme.code,
        by_id=None,
        at=at,
        organisation=profile.organisation.code,
    )
    return profile
