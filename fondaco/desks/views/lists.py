"""What the lists of the desks are made of, and the moment that counts for a request."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fondaco.calls import phrases
from fondaco.calls.states import Kind, Stage
from fondaco.desks.selectors.calls import Listed, text_of
from fondaco.desks.selectors.office import OfficeCall
from fondaco.desks.selectors.own import OwnApplication
from fondaco.desks.selectors.partner import PartnerCall
from fondaco.desks.selectors.results import CallResult
from fondaco.desks.selectors.waiting import Wait
from fondaco.mail.models import Letter
from fondaco.mail.phrases import OCCASIONS
from fondaco.programmes.models import Partner, Programme, Role
from fondaco.programmes.phrases import ROLES, ROLES_OF_ONE
from fondaco.programmes.states import PartnerRole, RoleKind
from fondaco.web import reference, words
from fondaco.web.lists import Column, Filter, Plan, Words

PAGE_OF_CARDS = 24
PAGE_OF_PARTNERS = 12
PUBLIC_STAGES = (
    Stage.OPEN,
    Stage.FORTHCOMING,
    Stage.SUSPENDED,
    Stage.CLOSED,
    Stage.DECIDED,
    Stage.CANCELLED,
)
CALLS = {
    "code": Column(_("Code"), cell=lambda one: one.call.code),
    "title": Column(_("Title"), lambda one: (one.title, one.call.code), lambda one: one.title),
    "programme": Column(
        _("Programme"),
        lambda one: (one.call.programme.acronym, one.title, one.call.code),
        lambda one: one.call.programme.acronym,
    ),
    "kind": Column(_("Kind"), cell=lambda one: one.call.kind),
    "stage": Column(_("Stage"), cell=lambda one: one.stage),
    "opens": Column(_("Opens"), cell=lambda one: one.call.opens_at),
    "deadline": Column(_("Deadline"), ["closes_at", "call__code"], lambda one: one.closes_at),
    "countries": Column(_("Countries"), cell=lambda one: " ".join(sorted(one.countries))),
}


def now(request: HttpRequest) -> datetime:
    """The moment that counts for this request, UTC."""
    received: datetime = request.received_at  # type: ignore[attr-defined]
    return received


def plan_of_calls(calls: Sequence[Listed]) -> Plan:
    """The public list: each filter offers only what would find something."""
    return Plan(
        "calls",
        CALLS,
        text_of,
        _filters_for(calls),
        unasked=_("Open ones first"),
        has_head=False,
        most=PAGE_OF_CARDS,
    )


def _filters_for(calls: Sequence[Listed]) -> Sequence[Filter]:
    programmes = {one.call.programme.code: one.call.programme.acronym for one in calls}
    kinds = {one.call.kind for one in calls}
    countries = {country for one in calls for country in one.countries}
    named = {code: reference.name_of(reference.countries(), code) for code in countries}
    return (
        Filter("programme", _("Programme"), _named(programmes), "call__programme__code"),
        Filter(
            "kind", _("Kind"), [(k, phrases.KINDS[k]) for k in Kind if k in kinds], "call__kind"
        ),
        Filter("stage", _("Stage"), [(s, phrases.STAGES[s]) for s in PUBLIC_STAGES], "stage"),
        Filter(
            "country", _("Country"), _named(named), lambda one, country: country in one.countries
        ),
    )


def _country_of(partner: Partner) -> str:
    return reference.name_of(reference.countries(), partner.organisation.country)


def _partner_told(partner: Partner) -> str:
    group = partner.partnership.name if partner.partnership else ""
    told = [partner.organisation.name, group, _country_of(partner), words.say(partner.does).text]
    return " ".join([*told, *partner.organisation.names.values()])


PARTNERS = {
    "organisation": Column(
        _("Organisation"), ["organisation__name"], lambda one: one.organisation.name
    ),
    "partnership": Column(
        _("Partnership"),
        ["partnership__name"],
        lambda one: one.partnership.name if one.partnership else "",
    ),
    "role": Column(
        _("Role"), lambda one: list(PartnerRole).index(PartnerRole(one.role)), lambda one: one.role
    ),
    "country": Column(_("Country"), _country_of, lambda one: one.organisation.country),
}


def plan_of_partners(programme: Programme) -> Plan:
    """Who takes part in a programme; each filter offers only what would find something."""
    partners = list(programme.partners.all())
    roles = {partner.role for partner in partners}
    countries = {one.organisation.country: _country_of(one) for one in partners}
    groups = {one.partnership.code: one.partnership.name for one in partners if one.partnership}
    filters = (
        Filter("partnership", _("Partnership"), _named(groups), "partnership__code"),
        Filter(
            "role", _("Role"), [(r, ROLES_OF_ONE[r]) for r in PartnerRole if r in roles], "role"
        ),
        Filter("country", _("Country"), _named(countries), "organisation__country"),
    )
    return Plan(
        f"{programme.code}-partners",
        {name: one for name, one in PARTNERS.items() if groups or name != "partnership"},
        _partner_told,
        [one for one in filters if len(one.choices) > 1],
        place="partners",
        title=_("Partners"),
        most=PAGE_OF_PARTNERS,
    )


def _named(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Codes and names in the order of the names."""
    return sorted(names.items(), key=lambda pair: words.in_order(pair[1]))


def _wait_told(wait: Wait) -> str:
    return f"{wait.what} {wait.about}"


WAITS = Plan(
    "waiting",
    {
        "what": Column(_("What waits"), ["what"], lambda wait: wait.what),
        "about": Column(_("About"), ["about"], lambda wait: wait.about),
        "until": Column(_("Until"), ["day"], lambda wait: wait.day),
    },
    _wait_told,
    place="waits",
    title=_("What waits for you"),
    has_head=False,
)


def _title_of(row: OwnApplication) -> str:
    return words.say(row.application.call.title).text


def _application_told(row: OwnApplication) -> str:
    call = row.application.call
    told = [row.application.code, row.application.organisation.name, str(row.state)]
    return " ".join([*told, call.code, call.programme.acronym, *call.title.values()])


APPLICATIONS = Plan(
    "applications",
    {
        "application": Column(_("Application"), _title_of, _title_of),
        "number": Column(_("Number"), cell=lambda row: row.application.code, is_shown=False),
        "organisation": Column(
            _("Organisation"),
            ["application__organisation__name"],
            lambda row: row.application.organisation.name,
        ),
        "state": Column(_("Where it stands"), ["state"], lambda row: row.state),
        "changed": Column(
            _("Last change"),
            ["application__edited_at"],
            lambda row: row.application.edited_at,
        ),
    },
    _application_told,
    first="-changed",
    title=_("Your applications"),
)


def _letter_told(one: Letter) -> str:
    acronym = one.programme.acronym if one.programme else ""
    occasion = {kept.value: words for kept, words in OCCASIONS.items()}.get(one.occasion, "")
    return f"{one.subject} {occasion} {acronym} {one.code} {one.subject_code}"


LETTERS = Plan(
    "letters",
    {
        "code": Column(_("Number"), cell=lambda one: one.code, is_shown=False),
        "subject": Column(_("Letter"), ["subject"], lambda one: one.subject),
        "occasion": Column(_("Occasion"), cell=lambda one: one.occasion, is_shown=False),
        "programme": Column(
            _("Programme"),
            ["programme__acronym"],
            lambda one: one.programme.acronym if one.programme else "",
        ),
        "released": Column(_("Date"), ["released_at"], lambda one: one.released_at),
    },
    _letter_told,
    first="-released",
)


CallRow = OfficeCall | CallResult | PartnerCall


def call_told(row: CallRow) -> str:
    """What searching looks at in a row about a call."""
    return " ".join([row.call.code, *row.call.title.values()])


def _call_title(row: CallRow) -> str:
    return words.say(row.call.title).text


def _how_many(label: Words, order: str, number: Callable[[Any], int]) -> Column:
    """A column of numbers."""
    return Column(label, [order], number, is_number=True)


RECEIVED, AWARDED = pgettext_lazy("how many", "Received"), pgettext_lazy("how many", "Awarded")
WHERE_IT_STANDS = {
    "call": Column(_("Call"), _call_title, _call_title),
    "code": Column(_("Code"), cell=lambda row: row.call.code, is_shown=False),
    "stage": Column(_("Where it stands"), ["stage"], lambda row: row.stage),
    "deadline": Column(_("Deadline"), ["closes"], lambda row: row.closes),
}
OFFICE_CALLS = {
    **WHERE_IT_STANDS,
    "received": _how_many(RECEIVED, "call__received", lambda row: row.call.received),
}
PARTNER_CALLS = {
    **WHERE_IT_STANDS,
    "received": _how_many(RECEIVED, "received", lambda row: row.received),
    "awarded": _how_many(AWARDED, "awards", lambda row: row.awards),
}


def plan_of_office(programme: Programme) -> Plan:
    """The calls of a programme for those who run it."""
    return Plan(f"{programme.code}-calls", OFFICE_CALLS, call_told)


RESULTS = {
    "call": Column(_("Code"), cell=lambda row: row.call.code, is_shown=False),
    "title": Column(_("Call"), _call_title, _call_title),
    "received": PARTNER_CALLS["received"],
    "awarded": PARTNER_CALLS["awarded"],
    "amount": Column(
        _("Money decided"), ["cents"], lambda row: f"{row.cents / 100:.2f}", is_number=True
    ),
    "currency": Column(_("Currency"), cell=lambda row: row.call.currency, is_shown=False),
}


def plan_of_partner(programme: Programme) -> Plan:
    """The calls of a programme for its partners."""
    return Plan(f"{programme.code}-calls", PARTNER_CALLS, call_told)


def plan_of_results(programme: Programme) -> Plan:
    """What came of the calls of a programme."""
    return Plan(f"{programme.code}-results", RESULTS, call_told)


def _member_told(role: Role) -> str:
    partner = role.partner.organisation.name if role.partner else ""
    return f"{role.person.name} {role.person.email} {ROLES[RoleKind(role.kind)]} {partner}"


TEAM = {
    "person": Column(_("Person"), ["person__name", "person__email"], lambda role: role.person.name),
    "e-mail": Column(_("E-mail"), cell=lambda role: role.person.email, is_shown=False),
    "role": Column(_("Role"), ["kind", "person__name"], lambda role: role.kind),
    "partner": Column(
        _("For"),
        ["partner__organisation__name", "person__name"],
        lambda role: role.partner.code if role.partner else "",
    ),
    "since": Column(_("Since"), ["since", "person__name"], lambda role: role.since),
    "actions": Column(_("Actions"), is_seen=False),
}


def plan_of_team(programme: Programme, kinds: Iterable[RoleKind] = RoleKind) -> Plan:
    """Who does what in a programme."""
    roles = Filter("role", _("Role"), [(kind.value, ROLES[kind]) for kind in kinds], "kind")
    return Plan(f"{programme.code}-team", TEAM, _member_told, (roles,), first="person")
