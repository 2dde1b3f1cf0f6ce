"""Reading memberships, and which organisation stands for a cluster."""

from django.db.models import Q, QuerySet

from fondaco.calls.models import Call
from fondaco.directory.models import Organisation
from fondaco.membership.models import Membership
from fondaco.programmes.models import Partner, Programme
from fondaco.programmes.states import PartnerRole


def memberships_in(programme: Programme) -> QuerySet[Membership]:
    """The members that joined by letter, the latest first."""
    return (
        Membership.objects.filter(programme=programme)
        .select_related("outcome__application__organisation", "bond")
        .order_by("-at", "-pk")
    )


def memberships_of(organisation_id: int, *, of: str = "") -> QuerySet[Membership]:
    """The memberships of an organisation, in any programme or in that of a code."""
    found = Membership.objects.filter(outcome__application__organisation_id=organisation_id)
    if of:
        found = found.filter(Q(programme__code=of) | Q(outcome__application__call__code=of))
    return found.select_related("bond", "programme").order_by("pk")


def membership_by(outcome_id: int) -> Membership | None:
    """The membership that an outcome has made already."""
    return Membership.objects.filter(outcome_id=outcome_id).first()


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
