"""The rows of the officer's list, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fondaco.applications import phrases
from fondaco.applications.models import Application
from fondaco.applications.states import State, Verdict
from fondaco.web import reference


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
