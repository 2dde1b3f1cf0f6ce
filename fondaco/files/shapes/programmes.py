"""What may stand in the files of a programme itself: who pays, partners, work, results."""

from typing import Annotated, Literal

from pydantic import Field

from fondaco.files.shapes.facts import QuestionRule, Sourced
from fondaco.files.values import (
    Amount,
    Code,
    Colour,
    Count,
    Country,
    Currency,
    Language,
    Number,
    Published,
    Shape,
    Texts,
    Web,
    Weekday,
)
from fondaco.programmes.states import PartnerRole


class Stated(Shape):
    """What a programme says of itself."""

    partnerships: Count | None = None
    partners: Count | None = None
    countries: Count | None = None


class Funder(Sourced):
    """Who pays, and the words that go with the emblem."""

    name: Texts
    statement: Literal["funded", "co-funded"]
    disclaimer: Texts = {}


class ProgrammeMoney(Sourced):
    """The finances of a programme, in units of the currency."""

    currency: Currency = "EUR"
    budget: Amount | None = None
    contribution: Amount | None = None
    rate: Annotated[Number, Field(ge=0, le=100)] | None = None
    note: Texts = {}


class CeilingShape(Sourced):
    """The most that one organisation may get over all calls of the programme."""

    amount: Amount
    since: Published | None = None
    note: Texts = {}


class PeriodShape(Sourced):
    """When it runs, as precisely as it was published."""

    starts: Published | None = None
    ends: Published | None = None
    note: Texts = {}


class KeyFactShape(Sourced):
    """A label and its value."""

    label: Texts
    value: Texts


class ProgrammeContact(Shape):
    """Whom to ask."""

    partner: Code | None = None
    website: Web | None = None


class OutageThreshold(Shape):
    """So many minutes lost within so many before a deadline are borne; more are given back."""

    within_minutes: Annotated[int, Field(ge=1, le=10_080)]
    over_minutes: Annotated[int, Field(ge=0, le=10_080)]


class OutageRule(Sourced):
    """What the platform's outages give back; what is left out stands in reference/outages.toml."""

    threshold: list[OutageThreshold] = []
    counts: list[Literal["down", "away", "unknown"]] = []
    rounds_to_minutes: Annotated[int, Field(ge=1, le=1_440)] | None = None
    notice_minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None
    evidence: Texts = {}
    claim_hours: Annotated[int, Field(ge=1, le=720)] | None = None


class Look(Shape):
    """The programme's own colours."""

    deep: Colour
    bright: Colour
    tint: Colour


class ProgrammeShape(Sourced):
    """programme.toml"""

    code: Code
    acronym: Annotated[str, Field(max_length=40)]
    languages: list[Language] = Field(min_length=1)
    countries: list[Country] = []
    ecosystems: list[Code] = []
    weekend: Annotated[list[Weekday], Field(max_length=6)] = ["saturday", "sunday"]
    website: Web | None = None
    title: Texts
    summary: Texts = {}
    stated: Stated = Stated()
    funder: Funder
    money: ProgrammeMoney = ProgrammeMoney()
    ceiling_per_organisation: CeilingShape | None = None
    period: list[PeriodShape] = []
    key_fact: list[KeyFactShape] = []
    contact: ProgrammeContact = ProgrammeContact()
    outages: OutageRule = OutageRule()
    questions: QuestionRule = QuestionRule()
    look: Look


class PartnershipShape(Sourced):
    """A group of partners."""

    code: Code
    name: Annotated[str, Field(max_length=120)]
    title: Texts = {}
    scope: Literal["mono", "cross"] | None = None
    ecosystems: list[Code] = []
    starts: Published | None = None
    ends: Published | None = None
    partners_stated: Count | None = None
    contribution: Amount | None = None
    note: Texts = {}


class PartnerShape(Sourced):
    """An organisation and its part."""

    code: Code
    name: Annotated[str, Field(max_length=200)]
    country: Country | None = None
    city: Annotated[str, Field(max_length=120)] | None = None
    kind: Code | None = None
    role: PartnerRole
    partnership: Code | None = None
    website: Web | None = None
    does: Texts = {}
    note: Texts = {}


class PartnersShape(Shape):
    """partners.toml"""

    partnership: list[PartnershipShape] = []
    partner: list[PartnerShape] = []


class WorkPackageShape(Sourced):
    """A work package and who leads it."""

    number: Count
    title: Texts
    leader: Code | None = None


class WorkPackagesShape(Shape):
    """work-packages.toml"""

    work_package: list[WorkPackageShape] = []


class ResultShape(Sourced):
    """What was promised and what was reported."""

    code: Code
    title: Texts
    target: Number | None = None
    operator: Literal["at-least", "more-than", "exactly"] | None = None
    unit: Texts = {}
    reported: Number | None = None
    reported_text: Texts = {}


class ResultsShape(Shape):
    """results.toml"""

    result: list[ResultShape] = []
