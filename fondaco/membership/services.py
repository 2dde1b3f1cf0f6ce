"""Beginning a membership: the letter was accepted, the bond is written in the directory."""

from datetime import datetime

from django.db import transaction

from fondaco.calls.states import Kind
from fondaco.directory.models import Bond, Organisation
from fondaco.directory.services.organisations import begin_bond, end_bond
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.services.awards import make_of_awards, of_award
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
    return make_of_awards(decision, Kind.MEMBERSHIP, _begin, at=at)


def _begin(outcome: Outcome, at: datetime) -> bool:
    if membership_by(outcome.pk):
        return False
    application = outcome.application
    cluster = cluster_behind(application.call)
    bond = _bond(outcome, cluster, at=at) if cluster else None
    programme = application.call.programme
    Membership.objects.create(programme=programme, outcome=outcome, bond=bond, at=at)
    told = {
        "organisation": application.organisation.code,
        "cluster": cluster.code if cluster else "",
    }
    trail.record("membership.begun", **of_award(outcome), at=at, **told)
    return True


def _bond(outcome: Outcome, cluster: Organisation, *, at: datetime) -> Bond | None:
    """The bond in the directory; None where an earlier membership has it already."""
    application = outcome.application
    bond = begin_bond(
        application.organisation,
        cluster,
        since=at.date(),
        evidence=f"{application.code}, {outcome.decision.code}",
        at=at,
    )
    return None if Membership.objects.filter(bond=bond).exists() else bond


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
        "membership.ended", **of_award(membership.outcome), at=at, organisation=member.code
    )
    return membership
