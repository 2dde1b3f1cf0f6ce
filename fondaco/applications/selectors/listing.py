"""The officer's list of a call: its columns, its filters, and what an address asks of it."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fondaco.applications import phrases
from fondaco.applications.models import Application
from fondaco.applications.selectors.office import (
    countries_applying,
    found_by,
    office_list,
    with_verdict,
)
from fondaco.applications.states import SENT, State, Verdict
from fondaco.calls.models import Call
from fondaco.web import reference, words
from fondaco.web.lists import Column, Filter, Plan, Words, rows_asked

COLUMNS = {
    "code": Column(_("Number"), ["code"], lambda row: row.code),
    "organisation": Column(
        _("Organisation"), ["organisation__name_order"], lambda row: row.organisation.name
    ),
    "country": Column(
        _("Country"), ["organisation__country"], lambda row: row.organisation.country
    ),
    "received": Column(_("Received"), ["submitted_at"], lambda row: row.submitted_at),
    "state": Column(_("State"), ["state"], lambda row: row.state),
    "conditions": Column(_("Conditions"), ["verdict"], lambda row: row.verdict),
    "versions": Column(_("Versions"), ["versions"], lambda row: row.versions, is_number=True),
}


def plan_of(call: Call) -> Plan:
    """What the list of a call is made of."""
    return Plan(
        f"{call.code}-applications",
        COLUMNS,
        finds=_found_by,
        filters=_filters_of(call),
        first="received",
    )


def _found_by(word: str) -> Q:
    """A word of the search; a country is found by its name in the reader's language."""
    named = reference.pairs(reference.countries())
    return found_by(word, [code for code, name in named if word in words.folded(name)])


def _filters_of(call: Call) -> Sequence[Filter]:
    states = [State.WITHDRAWN, *(state for state in State if state in SENT)]
    countries = reference.countries()
    named: list[tuple[str, Words]] = [
        (code, reference.name_of(countries, code)) for code in countries_applying(call)
    ]
    return (
        Filter("state", _("State"), [(one.value, phrases.STATES[one]) for one in states], "state"),
        Filter(
            "country",
            _("Country"),
            sorted(named, key=lambda pair: words.in_order(str(pair[1]))),
            "organisation__country",
        ),
        Filter(
            "verdict",
            _("Conditions"),
            [(one.value, phrases.VERDICTS[one]) for one in Verdict],
            "verdict",
            asks=partial(with_verdict, call),
        ),
    )


def asked_of(call: Call, query: str) -> QuerySet[Application]:
    """The applications that the address of the list asked for, in its order."""
    return rows_asked(QueryDict(query), office_list(call), plan_of(call))
