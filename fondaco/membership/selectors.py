"""Reading memberships, and which organisation stands for a cluster."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from fondaco.calls.models import Call
from fondaco.directory.models import Organisation
from fondaco.evaluation.selectors import awards
from fondaco.evaluation.selectors.outcomes import groups_told
from fondaco.membership.access import STORY
from fondaco.membership.models import Membership
from fondaco.membership.phrases import MEMBERSHIP_NAMED
from fondaco.programmes.models import Partner, Programme
from fondaco.programmes.states import PartnerRole


def memberships_in(programme: Programme) -> QuerySet[Membership]:
    """The members that joined by letter, the latest first."""
    return _rows().filter(programme=programme)


def memberships_held(organisations: Collection[int]) -> QuerySet[Membership]:
    """The memberships of these organisations, the latest first."""
    return _rows().filter(outcome__application__organisation_id__in=organisations)


def _rows() -> QuerySet[Membership]:
    rows = awards.with_outcomes(Membership.objects.all())
    return rows.select_related("bond__cluster").order_by("-at", "-pk")


def memberships_of(organisation_id: int, *, of: str = "") -> QuerySet[Membership]:
    """The memberships of an organisation, in any programme or in that of a code."""
    found = Membership.objects.filter(outcome__application__organisation_id=organisation_id)
    if of:
        found = found.filter(Q(programme__code=of) | Q(outcome__application__call__code=of))
    return found.select_related("bond", "programme").order_by("pk")


def membership_by(outcome_id: int) -> Membership | None:
    """The membership that an outcome has made already."""
    return awards.made_by(Membership.objects.all(), outcome_id)


def locked_membership_of(decision: str, application: str) -> Membership | None:
    """For services only: the running membership that this decision made for this application."""
    running = Membership.objects.filter(ended_at__isnull=True).select_related("bond__cluster")
    return awards.locked_made_by(running, decision, application)


def entries_that_made(number: str) -> Q:
    """That a membership began or ended stands in the story of its application."""
    rows = Membership.objects.filter(pk=int(number))
    return awards.entries_that_made(rows, "membership.begun", "membership.ended")


def memberships_named(subjects: Iterable[str]) -> dict[str, str]:
    """What people call memberships."""
    return awards.numbered(subjects, STORY, MEMBERSHIP_NAMED)


def untold_evidence(organisation_id: int) -> list[str]:
    """What shows the bonds whose award the organisation has not been told of by letter."""
    rows = list(
        Membership.objects.filter(
            outcome__application__organisation_id=organisation_id, bond__isnull=False
        ).select_related("outcome__application", "bond")
    )
    told = groups_told([row.outcome.application for row in rows]) if rows else {}
    return [
        row.bond.evidence for row in rows if row.bond and row.outcome.application_id not in told
    ]


def cluster_behind(call: Call) -> Organisation | None:
    """Who the members belong to: who runs the call, else who leads, else who coordinates."""
    if call.partner is not None:
        return call.partner.organisation
    partners = Partner.objects.filter(programme_id=call.programme_id).select_related("organisation")
    by_code = {partner.code: partner for partner in partners}
    contact = str(call.programme.contact.get("partner", ""))
    leading = [by_code.get(code) for code in [*call.deciding_partners, contact]]
    leading += [one for one in by_code.values() if one.role == PartnerRole.COORDINATOR]
    return next((one.organisation for one in leading if one), None)
