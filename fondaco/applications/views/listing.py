"""The officer's list in the address: filters, headings that sort, and the export."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fondaco.applications import phrases, selectors
from fondaco.applications.models import Application
from fondaco.applications.states import SENT, State, Verdict
from fondaco.calls.models import Call
from fondaco.web import reference
from fondaco.web.downloads import text_attachment, without_formula

ASKED = ("search", "state", "country", "verdict", "sort")
LONGEST = 80


def asked_in(request: HttpRequest) -> dict[str, str]:
    """What the address asks for."""
    return {name: request.GET.get(name, "").strip()[:LONGEST] for name in ASKED}


def filters_of(call: Call, asked: dict[str, str]) -> list[dict[str, object]]:
    """The filters with their choices."""
    states = [(state.value, phrases.STATES[state]) for state in State if state in SENT]
    states.append((State.WITHDRAWN.value, phrases.STATES[State.WITHDRAWN]))
    countries = reference.countries()
    named = [
        (code, reference.name_of(countries, code)) for code in selectors.countries_applying(call)
    ]
    verdicts = [(verdict.value, phrases.VERDICTS[verdict]) for verdict in Verdict]
    rows = (
        ("state", _("State"), states),
        ("country", _("Country"), sorted(named, key=lambda pair: pair[1])),
        ("verdict", _("Conditions"), verdicts),
    )
    return [
        {"name": name, "label": label, "choices": [("", _("All")), *choices], "chosen": asked[name]}
        for name, label, choices in rows
    ]


def headings_of(request: HttpRequest, sort: str) -> list[dict[str, str]]:
    """The headings, each with the address that sorts by it."""
    labels = {
        "code": _("Number"),
        "organisation": _("Organisation"),
        "country": _("Country"),
        "received": _("Received"),
        "state": _("State"),
    }
    return [_heading(request, name, label, sort) for name, label in labels.items()]


def _heading(request: HttpRequest, name: str, label: str, sort: str) -> dict[str, str]:
    address = request.GET.copy()
    address.pop("page", None)
    address["sort"] = f"-{name}" if sort == name else name
    ways = {name: "ascending", f"-{name}": "descending"}
    return {"label": label, "url": f"?{address.urlencode()}", "sorted": ways.get(sort, "")}


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


def exported(call: Call, rows: Iterable[Application]) -> HttpResponse:
    """The list for a spreadsheet; no cell is taken for a formula."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(
        ["number", "organisation", "country", "received-utc", "versions", "state", "conditions"]
    )
    for row in rows:
        writer.writerow(
            without_formula(cell)
            for cell in (
                row.code,
                row.organisation.name,
                row.organisation.country,
                row.submitted_at.isoformat() if row.submitted_at else "",
                row.versions,  # type: ignore[attr-defined]
                row.state,
                row.verdict,  # type: ignore[attr-defined]
            )
        )
    name = f"{call.code}-applications.csv"
    return text_attachment("\ufeff" + sheet.getvalue(), name, "text/csv")
