"""Beginning a membership: the letter was accepted, the bond is written in the directory."""

from datetime import datetime

from django.db import transaction

from fondaco.calls.states import Kind
from fondaco.directory.services.organisations import begin_bond, end_bond
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.selectors.decisions import awarded_in
from fondaco.membership.models import Membership
from fondaco.membership.selectors import (
    cluster_behind,
    locked_membership_of,
    membership_by,
)
from fondaco.trail import services as trail


@transaction.atomic
def begin_memberships(decision: str, *, at: datetime) -> int:
    """A membership for everybody whom a confirmed decision took in; how many began now."""
    return sum(_begin(outcome, at=at) for outcome in awarded_in(decision, Kind.MEMBERSHIP))


def _begin(outcome: Outcome, *, at: datetime) -> int:
    if membership_by(outcome.pk):
        return 0
    application = outcome.application
    call = application.call
    cluster = cluster_behind(call)
    bond = None
    if cluster is not None:
        bond = begin_bond(
            application.organisation,
            cluster,
            since=at.date(),
            evidence=f"{application.code}, {outcome.decision.code}",
            at=at,
        )
    if bond is not None and Membership.objects.filter(bond=bond).exists():
        bond = None
    Membership.objects.create(programme=call.programme, outcome=outcome, bond=bond, at=at)
    trail.record(
        "membership.begun",
        subject=application.code,
        programme=call.programme.code,
        by_id=None,
        at=at,
        organisation=application.organisation.code,
        cluster=cluster.code if cluster else "",
    )
    return 1


@transaction.atomic
def end_membership(decision: str, *, application: str, at: datetime) -> Membership | None:
    """The membership ends with its award, and with it the bond that it began.

    A bond that stood in the directory before, or by another letter, is left alone.
    """
    membership = locked_membership_of(decision, application)
    if membership is None:
        return None
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    bond = membership.bond
    member = membership.outcome.application.organisation
    evidence = f"{application}, {decision}"
    if bond is not None and bond.until is None and bond.evidence == evidence:
        end_bond(member, bond.cluster, until=at.date(), at=at)
    trail.record(
        "membership.ended",
        subject=application,
        programme=membership.programme.code,
        by_id=None,
        at=at,
        organisation=member.code,
    )
    return membership
