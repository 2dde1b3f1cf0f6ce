"""What may stand in the file of a call."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from fondaco.calls.states import ActKind, DecidedBy, Intake, Kind, NotFound, Scale, Support, Test
from fondaco.files.shapes.facts import Sourced
from fondaco.files.values import (
    Amount,
    Code,
    Currency,
    Language,
    Moment,
    Number,
    OneOrMany,
    Shape,
    Texts,
    Web,
    Weekday,
    Worded,
)


class Timetable(Sourced):
    """Opening and first deadline on the clock of `zone`; editions count from loading.

    With `working_days` the call's windows leave out the weekend, its own or the programme's.
    """

    zone: str = "Europe/Brussels"
    opens: Moment | None = None
    closes: Moment | None = None
    working_days: bool = False
    weekend: Annotated[list[Weekday], Field(max_length=6)] = []


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


class GroundShape(Shape):
    """A ground on which redress is admitted."""

    code: Code
    label: Texts


class Redress(Shape):
    """How long and on what grounds a decision can be questioned, and how soon it is answered."""

    days: Annotated[int, Field(ge=1, le=365)] | None = None
    answer_days: Annotated[int, Field(ge=1, le=365)] | None = None
    ground: Texts = {}
    grounds: list[GroundShape] = []


class Completion(Shape):
    """How long an applicant has to bring what is missing."""

    days: Annotated[int, Field(ge=1, le=90)] | None = None


class Prevented(Shape):
    """What somebody can do whom the platform kept from sending, and for how long."""

    evidence: Texts = {}
    hours: Annotated[int, Field(ge=1, le=720)] | None = None


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
    not_found: list[NotFound] = []
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
    prevented: Prevented = Prevented()
    applications: Applications = Applications()
    contact: Worded = Worded()
