"""What may stand in the file of a call."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from fondaco.calls.states import (
    ActKind,
    Counts,
    DecidedBy,
    Intake,
    Kind,
    Next,
    NotFound,
    Over,
    QueueOrder,
    Scale,
    StepKind,
    Support,
    Test,
)
from fondaco.files.shapes.facts import QuestionRule, Sourced
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


class HolidayShape(Shape):
    """A date on which nobody works on the call, and why."""

    on: date
    reason: Texts = {}


class Timetable(Sourced):
    """Opening and first deadline on the clock of `zone`; editions count from loading.

    `cut_offs` are those before the last, which is the deadline. With `working_days` the call's
    windows leave out the weekend, its own or the programme's, and the call's holidays. On each of
    the days of `reminders` before the deadline, whoever has a draft is written to.
    """

    zone: str = "Europe/Brussels"
    opens: Moment | None = None
    closes: Moment | None = None
    cut_offs: Annotated[list[Moment], Field(max_length=60)] = []
    working_days: bool = False
    weekend: Annotated[list[Weekday], Field(max_length=6)] = []
    holidays: Annotated[list[HolidayShape], Field(max_length=200)] = []
    reminders: Annotated[list[Annotated[int, Field(ge=1, le=90)]], Field(max_length=6)] = []


class StepShape(Sourced):
    """What comes after the deadline: on a day, or so many days after it; `internal` is unseen."""

    kind: StepKind | None = None
    on: date | str | None = None
    after: Annotated[int, Field(ge=0, le=3650)] | None = None
    internal: bool = False
    label: Texts


class Queue(Shape):
    """How those who come first are put in order; `window` is in minutes from the opening."""

    order: QueueOrder = QueueOrder.ARRIVAL
    window: Annotated[int, Field(ge=1, le=43200)] | None = None


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


FactName = Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_-]+$")]


class EnvelopeShape(Sourced):
    """A named part of the money, for the applications of which a fact says one of the values."""

    code: Code
    fact: FactName
    value: OneOrMany
    most: Amount | None = None
    least: Amount | None = None
    name: Texts = {}


class QuotaShape(Sourced):
    """A named part of the places; with `needs` it is closed until it was opened."""

    code: Code
    fact: FactName
    value: OneOrMany
    most: Annotated[int, Field(ge=0, le=2147483647)] | None = None
    least: Annotated[int, Field(ge=0, le=2147483647)] | None = None
    name: Texts = {}
    needs: Texts = {}
    opened_on: date | None = None
    opened_because: Texts = {}
    invented: bool = False


class CallMoney(Sourced):
    """What a call pays."""

    currency: Currency = "EUR"
    form: Support = Support.NONE
    amount: Amount | None = None
    total: Amount | None = None
    places: Annotated[int, Field(ge=0, le=2147483647)] | None = None
    percent: Annotated[Number, Field(gt=0, le=100, decimal_places=2)] | None = None
    least: Amount | None = None
    asks: Code | None = None
    scheme: Code | None = None
    country: FactName | None = None
    most_items: Annotated[int, Field(ge=1, le=99)] | None = None
    per_organisation: Amount | None = None
    over: Over = Over.REFUSED
    note: Texts = {}
    item: list[ItemShape] = []
    envelope: list[EnvelopeShape] = []


class RuleShape(Sourced):
    """One condition of eligibility."""

    code: Code
    fact: FactName
    of: Code | None = None
    group: Code | None = None
    branch: Code | None = None
    test: Test
    value: OneOrMany
    stops: bool = False
    of_partners: bool = False
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
    most_in_programme: Annotated[int, Field(ge=1, le=99)] | None = None
    then: Next = Next.REFUSED


class Consortium(Shape):
    """How many partners apply together with the lead; without `most` everybody applies alone."""

    least: Annotated[int, Field(ge=0, le=99)] = 0
    most: Annotated[int, Field(ge=1, le=99)] | None = None
    confirm: bool = True
    counts: Counts = Counts.LEAD


class CallShape(Sourced):
    """call.toml"""

    code: Code
    kind: Kind
    intake: Intake = Intake.DEADLINE
    stage_of: Code | None = None
    invites: Annotated[int, Field(ge=1, le=9999)] | None = None
    queue: Queue = Queue()
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
    quota: list[QuotaShape] = []
    who: Worded = Worded()
    rule: list[RuleShape] = []
    evaluation: Evaluation = Evaluation()
    criterion: list[CriterionShape] = []
    decision: DecisionShape = DecisionShape()
    redress: Redress = Redress()
    completion: Completion = Completion()
    prevented: Prevented = Prevented()
    questions: QuestionRule = QuestionRule()
    applications: Applications = Applications()
    consortium: Consortium = Consortium()
    contact: Worded = Worded()
