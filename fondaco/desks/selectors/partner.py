"""A programme as one of its partners sees it: its calls, its people, what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fondaco.calls.models import Call
from fondaco.calls.selectors import deadline_of, stage_of
from fondaco.calls.states import Stage
from fondaco.desks.selectors.calls import badges_of
from fondaco.desks.selectors.programmes import country_name
from fondaco.desks.selectors.results import CallResult
from fondaco.programmes.models import Partner, Programme, Role
from fondaco.programmes.phrases import ROLES_OF_ONE
from fondaco.programmes.states import PartnerRole, RoleKind
from fondaco.web import words

Pairs = list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class PartnerCall:
    """One call: where it stands, until when, and how many came; never who."""

    call: Call
    badges: list[dict[str, object]]
    stage: Stage
    closes: datetime | None
    received: int
    awards: int
    is_own: bool


def calls_for(
    programme: Programme, partner: Partner | None, results: Iterable[CallResult], *, at: datetime
) -> list[PartnerCall]:
    """The published calls of the programme, the partner's own first."""
    by_call = {row.call.pk: row for row in results}
    calls = Call.objects.filter(programme=programme, published_at__isnull=False)
    rows = calls.select_related("partner__organisation").prefetch_related("acts").order_by("code")
    found = [_row(call, partner, by_call.get(call.pk), at) for call in rows]
    return sorted(found, key=lambda row: not row.is_own)


def _row(
    call: Call, partner: Partner | None, result: CallResult | None, at: datetime
) -> PartnerCall:
    stage = stage_of(call, at=at)
    is_own = bool(partner and call.partner and call.partner.code == partner.code)
    return PartnerCall(
        call=call,
        badges=badges_of(call, stage),
        stage=stage,
        closes=deadline_of(call, at=at),
        received=result.received if result else 0,
        awards=result.awards if result else 0,
        is_own=is_own,
    )


def part_of(role: Role) -> Partner | None:
    """The partner that a role acts for, with its organisation and what it leads."""
    rows = Partner.objects.select_related("organisation", "partnership").prefetch_related("leads")
    return rows.filter(pk=role.partner_id).first() if role.partner_id else None


def people_for(partner: Partner) -> QuerySet[Role]:
    """Who acts for the partner in the programme now."""
    held = Role.objects.filter(
        programme_id=partner.programme_id, partner__code=partner.code, until__isnull=True
    )
    return held.select_related("person").order_by("person__name", "kind", "pk")


def officers_of(programme: Programme) -> QuerySet[Role]:
    """Who runs the programme: whom a partner asks to let a colleague in."""
    held = Role.objects.filter(programme=programme, kind=RoleKind.OFFICER, until__isnull=True)
    return held.select_related("person").order_by("person__name", "pk")


def described(partner: Partner) -> Pairs:
    """What the programme says of the partner."""
    organisation = partner.organisation
    where = ", ".join(one for one in (organisation.city, _country_of(partner)) if one)
    leads = [words.say(package.title).text for package in partner.leads.all()]
    told: Pairs = [
        (_("Role"), str(ROLES_OF_ONE[PartnerRole(partner.role)])),
        (_("Partnership"), partner.partnership.name if partner.partnership else ""),
        (_("Seat"), where),
        (_("Part in the programme"), words.say(partner.does).text),
        (_("Leads"), " · ".join(leads)),
    ]
    return [(label, said) for label, said in told if said]


def _country_of(partner: Partner) -> str:
    country = partner.organisation.country
    return country_name(country) if country else ""


def tiles_of(calls: Iterable[PartnerCall]) -> list[dict[str, object]]:
    """The figures at the head of the page."""
    kept = list(calls)
    counted = (
        (_("Calls open now"), sum(row.stage == Stage.OPEN for row in kept)),
        (_("Applications received"), sum(row.received for row in kept)),
        (pgettext("how many", "Awarded"), sum(row.awards for row in kept)),
    )
    return [{"label": label, "value": words.number(number)} for label, number in counted]
