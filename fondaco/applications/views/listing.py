"""The officer's list of a call: its columns, its filters, and its rows in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fondaco.applications import phrases, selectors
from fondaco.applications.models import Application
from fondaco.applications.states import SENT, State, Verdict
from fondaco.calls.models import Call
from fondaco.web import reference, words
from fondaco.web.lists import Column, Filter, Plan, Words

COLUMNS = {
    "code": Column(_("Number"), ["code"], lambda row: row.code),
    "organisation": Column(
        _("Organisation"), ["organisation__name"], lambda row: row.organisation.name
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
        text=_text_of,
        filters=_filters_of(call),
        first="received",
    )


def _text_of(row: Application) -> str:
    countries = reference.countries()
    country = reference.name_of(countries, row.organisation.country)
    return f"{row.code} {row.organisation.name} {row.organisation.city} {country}"


def _filters_of(call: Call) -> Sequence[Filter]:
    states = [State.WITHDRAWN, *(state for state in State if state in SENT)]
    countries = reference.countries()
    named: list[tuple[str, Words]] = [
        (code, reference.name_of(countries, code)) for code in selectors.countries_applying(call)
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
        ),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One application as the list shows it."""

    code: str
    organisation: str
    country: str
    submitted_at: datetime | None
    state: str
    state_tone: str
    verdict: str
    verdict_tone: str
    versions: int


def rows_of(applications: Iterable[Application]) -> list[Row]:
    """The rows of a page, in words."""
    countries = reference.countries()
    return [
        Row(
            code=row.code,
            organisation=row.organisation.name,
            country=reference.name_of(countries, row.organisation.country),
            submitted_at=row.submitted_at,
            state=str(phrases.STATES[State(row.state)]),
            state_tone=phrases.STATE_TONES[State(row.state)],
            verdict=str(phrases.VERDICTS[Verdict(row.verdict)]),  # type: ignore[attr-defined]
            verdict_tone=phrases.VERDICT_TONES[Verdict(row.verdict)],  # type: ignore[attr-defined]
            versions=row.versions,  # type: ignore[attr-defined]
        )
        for row in applications
    ]
