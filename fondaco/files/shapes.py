"""What may stand in the files of a folder; see docs/reference/programme-files.md."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from fondaco.calls.states import ActKind, DecidedBy, Intake, Kind, Scale, Support, Test
from fondaco.files.values import (
    Amount,
    Code,
    Colour,
    Confidence,
    Count,
    Country,
    Currency,
    Language,
    Moment,
    Number,
    OneOrMany,
    Published,
    QuestionKind,
    Shape,
    Sources,
    Texts,
    Web,
    Weekday,
    Worded,
)
from fondaco.mail.states import Occasion
from fondaco.programmes.states import PartnerRole


class Sourced(Shape):
    """A fact from outside, with where it was found."""

    source: Sources = []
    confidence: Confidence | None = None


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
    weekend: list[Weekday] = ["saturday", "sunday"]
    website: Web | None = None
    title: Texts
    summary: Texts = {}
    stated: Stated = Stated()
    funder: Funder
    money: ProgrammeMoney = ProgrammeMoney()
    period: list[PeriodShape] = []
    key_fact: list[KeyFactShape] = []
    contact: ProgrammeContact = ProgrammeContact()
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


class Timetable(Sourced):
    """Opening and first deadline on the clock of `zone`; editions count from loading."""

    zone: str = "Europe/Brussels"
    opens: Moment | None = None
    closes: Moment | None = None


class StepShape(Sourced):
    """What comes after the deadline."""

    on: date | str | None = None
    label: Texts


class EventShape(Sourced):
    """What happened to a call since its publication."""

    kind: ActKind
    at: Moment
    closes: Moment | None = None
    reason: Texts


class ItemShape(Shape):
    """A service of the menu."""

    code: Code
    amount: Amount
    name: Texts


class CallMoney(Sourced):
    """What a call pays."""

    currency: Currency = "EUR"
    form: Support = Support.NONE
    amount: Amount | None = None
    total: Amount | None = None
    places: Annotated[int, Field(ge=0, le=2147483647)] | None = None
    note: Texts = {}
    item: list[ItemShape] = []


class RuleShape(Sourced):
    """One condition of eligibility."""

    code: Code
    fact: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_-]+$")]
    of: Code | None = None
    test: Test
    value: OneOrMany
    stops: bool = False
    says: Texts
    proof: Texts = {}
    invented: bool = False


class CriterionShape(Sourced):
    """One line of the grid."""

    code: Code
    points: Annotated[Number, Field(gt=0)] | None = None
    weight: Annotated[Number, Field(gt=0)] = Decimal(1)
    threshold: Number | None = None
    name: Texts
    asks: Texts = {}
    invented: bool = False


class Evaluation(Shape):
    """How applications are judged."""

    scale: Scale = Scale.POINTS
    step: Annotated[Number, Field(gt=0)] = Decimal(1)
    experts: Annotated[int, Field(ge=0, le=9)] = 0
    threshold: Number | None = None
    tie_breaks: list[Code] = []
    show_scores: bool = True
    show_comments: bool = True


class DecisionShape(Shape):
    """Who decides."""

    by: DecidedBy = DecidedBy.TWO
    partners: list[Code] = []


class Redress(Shape):
    """How long and on what ground a decision can be questioned."""

    days: Annotated[int, Field(ge=1, le=365)] | None = None
    ground: Texts = {}


class Completion(Shape):
    """How long an applicant has to bring what is missing."""

    days: Annotated[int, Field(ge=1, le=90)] | None = None


class Applications(Shape):
    """How many applications an organisation may send to the call."""

    most: Annotated[int, Field(ge=1, le=99)] | None = None


class CallShape(Sourced):
    """call.toml"""

    code: Code
    kind: Kind
    intake: Intake = Intake.DEADLINE
    publish: bool = True
    edition_of: Code | None = None
    form_languages: list[Language] = Field(min_length=1)
    ecosystems: list[Code] = []
    partner: Code | None = None
    website: Web | None = None
    title: Texts
    summary: Texts = {}
    unknown: Texts = {}
    timetable: Timetable = Timetable()
    step: list[StepShape] = []
    event: list[EventShape] = []
    money: CallMoney = CallMoney()
    who: Worded = Worded()
    rule: list[RuleShape] = []
    evaluation: Evaluation = Evaluation()
    criterion: list[CriterionShape] = []
    decision: DecisionShape = DecisionShape()
    redress: Redress = Redress()
    completion: Completion = Completion()
    applications: Applications = Applications()
    contact: Worded = Worded()


class OptionShape(Shape):
    """One answer to choose."""

    code: Code
    label: Texts


class QuestionShape(Shape):
    """One question of a form."""

    code: Code
    kind: QuestionKind
    required: bool = False
    limit: Annotated[int, Field(ge=1, le=20000)] | None = None
    at_least: Number | date | None = None
    at_most: Number | date | None = None
    prefill: str | None = None
    criterion: Code | None = None
    label: Texts
    help: Texts = {}
    accepts: list[str] = []
    megabytes: Annotated[int, Field(ge=1, le=100)] | None = None
    text: Texts = {}
    option: list[OptionShape] = []


class SectionShape(Shape):
    """One page of a form."""

    code: Code
    title: Texts
    intro: Texts = {}
    question: list[QuestionShape] = Field(min_length=1)


class FormShape(Shape):
    """form.toml"""

    section: list[SectionShape] = Field(min_length=1)


class LetterShape(Shape):
    """One letter in one language."""

    occasion: Occasion
    language: Language
    subject: Annotated[str, Field(max_length=200)]
    body: str


class CallFolder(Shape):
    """calls/<call>/"""

    call: CallShape
    form: FormShape | None = None
    about: Texts = {}
    letters: list[LetterShape] = []


class Folder(Shape):
    """A whole programme, as its folder says it."""

    programme: ProgrammeShape
    about: Texts = {}
    mark: str = ""
    partnership: list[PartnershipShape] = []
    partner: list[PartnerShape] = []
    work_package: list[WorkPackageShape] = []
    result: list[ResultShape] = []
    letters: list[LetterShape] = []
    calls: dict[Code, CallFolder] = {}
