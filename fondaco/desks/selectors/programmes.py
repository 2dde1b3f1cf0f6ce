"""Programmes as the public sees them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fondaco.calls.states import Stage
from fondaco.desks.selectors.calls import Listed, listed_calls
from fondaco.kernel.texts import Spoken
from fondaco.programmes.models import Partner, Partnership, Programme, Result
from fondaco.programmes.phrases import OPERATORS
from fondaco.programmes.states import PartnerRole
from fondaco.web import reference, words

USUAL_WEEKEND = {"saturday", "sunday"}


@dataclass(frozen=True, slots=True)
class Group:
    """A partnership with the partners of it that are known."""

    partnership: Partnership
    partners: list[Partner]

    @property
    def unknown(self) -> int:
        """How many partners it states beyond those that are known."""
        return max((self.partnership.partners_stated or 0) - len(self.partners), 0)


@dataclass(frozen=True, slots=True)
class Promise:
    """An expected result: what was promised, what was reported, and how much of it that is."""

    result: Result
    target: str
    reported: str
    share: float | None


def calls_of(programme: Programme, *, at: datetime) -> list[Listed]:
    """Its published calls, open ones first."""
    return [listed for listed in listed_calls(at=at) if listed.call.programme_id == programme.pk]


def facts_of(programme: Programme) -> list[dict[str, object]]:
    """The strip under the title: money, time, partners, countries."""
    return [
        _money_fact(programme),
        _time_fact(programme),
        _partners_fact(programme),
        {
            "label": _("Countries"),
            "value": words.number(len(programme.countries)),
            "note": _stated_note(programme, "countries", len(programme.countries)),
        },
    ]


def _stated_note(programme: Programme, name: str, known: int) -> str:
    stated = programme.stated.get(name)
    if not stated or stated == known:
        return ""
    return _("of %(count)s stated") % {"count": words.number(stated)}


def _money_fact(programme: Programme) -> dict[str, object]:
    if programme.budget_cents is not None:
        rate = ""
        if programme.rate is not None:
            rate = _("the funder pays up to %(rate)s") % {"rate": words.share(programme.rate / 100)}
        amount = words.amount(programme.budget_cents, programme.currency)
        return {"label": _("Budget"), "value": amount, "note": rate}
    if programme.contribution_cents is not None:
        amount = words.amount(programme.contribution_cents, programme.currency)
        return {"label": _("Contribution of the funder"), "value": amount, "note": ""}
    return {"label": _("Budget"), "value": _("Not known"), "note": ""}


def _time_fact(programme: Programme) -> dict[str, object]:
    periods = list(programme.periods.all())
    if not periods:
        return {"label": _("Duration"), "value": _("Not known"), "note": ""}
    note = _("the sources differ, see below") if len(periods) > 1 else ""
    return {
        "label": _("Duration"),
        "value": period_line(periods[0].starts, periods[0].ends),
        "note": note,
    }


def period_line(starts: str, ends: str) -> str:
    """`April 2022 to October 2026`; a side that is not known is left open."""
    begin = words.published_day(starts) if starts else "…"
    return f"{begin} – {words.published_day(ends) if ends else '…'}"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many organisations take part, each once, and how many places they fill."""

    known: int
    places: int

    @property
    def is_told(self) -> bool:
        """Whether the lists show more names than there are organisations."""
        return self.places > self.known


def partners_counted(programme: Programme) -> Counted:
    """The one number of partners that every page says, and how it comes about."""
    partners = list(programme.partners.all())
    return Counted(len({partner.organisation_id for partner in partners}), len(partners))


def _partners_fact(programme: Programme) -> dict[str, object]:
    known = partners_counted(programme).known
    count = ngettext("%(count)s partner known", "%(count)s partners known", known)
    stated = _stated_note(programme, "partners", known)
    return {
        "label": _("Partners"),
        "value": words.number(known),
        "note": stated or count % {"count": words.number(known)},
    }


def groups_of(programme: Programme) -> list[Group]:
    """Its partnerships with their partners; empty where partners do not stand in groups."""
    partners = list(programme.partners.all())
    return [
        Group(group, [partner for partner in partners if partner.partnership_id == group.pk])
        for group in programme.partnerships.all()
    ]


def partners_in_turn(programme: Programme) -> list[Partner]:
    """Its partners: those of no partnership first, in each the coordinator before the others."""
    order = list(PartnerRole)

    def turn(partner: Partner) -> tuple[int, int, int]:
        group = partner.partnership
        role = order.index(PartnerRole(partner.role))
        return (-1 if group is None else group.position, role, partner.position)

    return sorted(programme.partners.all(), key=turn)


def partners_by_country(programme: Programme) -> list[tuple[str, str, float]]:
    """How many partners each country has, for the map and its table: code, name, number."""
    once = {
        partner.organisation_id: partner.organisation.country
        for partner in programme.partners.all()
    }
    counts = Counter(country for country in once.values() if country)
    for country in programme.countries:
        counts.setdefault(country, 0)
    named = [(code, country_name(code), float(count)) for code, count in counts.items()]
    return sorted(named, key=lambda row: (-row[2], words.in_order(row[1])))


def working_days_of(programme: Programme) -> str:
    """The working days by name; empty where they are Monday to Friday, as readers expect."""
    weekend = set(programme.weekend)
    if not weekend or weekend == USUAL_WEEKEND:
        return ""
    return words.working_days(weekend)


def country_name(code: str) -> str:
    """The country's name for the reader."""
    return reference.name_of(reference.countries(), code)


def country_names(programme: Programme) -> list[str]:
    """The countries it works in, by name."""
    return sorted(map(country_name, programme.countries), key=words.in_order)


def promises_of(programme: Programme) -> list[Promise]:
    """Its expected results, each with what was reported."""
    return [_promise(result) for result in programme.results.all()]


def _promise(result: Result) -> Promise:
    target = ""
    if result.target is not None:
        operator = str(OPERATORS.get(result.operator, "%(number)s"))
        target = operator % {"number": words.number(result.target)}
    reported = "" if result.reported is None else words.number(result.reported)
    share = float(result.reported / result.target) if result.reported and result.target else None
    return Promise(result, target, reported, share)


def open_count(listed: list[Listed]) -> int:
    """How many calls of a list are open."""
    return sum(1 for call in listed if call.stage == Stage.OPEN)


def unknown_partnerships(programme: Programme) -> int:
    """How many partnerships are stated beyond those that are known."""
    stated = int(programme.stated.get("partnerships", 0))
    return max(stated - len(programme.partnerships.all()), 0)


def contact_of(programme: Programme) -> tuple[Partner | None, str]:
    """Whom to ask: a partner and an address."""
    code = programme.contact.get("partner")
    partner = next((p for p in programme.partners.all() if p.code == code), None)
    return partner, programme.contact.get("website", "")


def about_of(programme: Programme) -> Spoken:
    """The long text, in the reader's language where it is written in it."""
    return words.say(programme.about)
