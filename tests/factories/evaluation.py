"""An evaluation with everything it hangs on: a grid, a panel, sent applications; all invented."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

import factory
from factory.django import DjangoModelFactory

from fondaco.applications.models import Application
from fondaco.applications.states import State
from fondaco.calls.models import Call, Criterion
from fondaco.directory.models import Organisation, Person
from fondaco.evaluation.models import Assignment, Decision, Mark, Outcome, PanelSeat, Redress
from fondaco.evaluation.selectors.outcomes import OCCASIONS
from fondaco.evaluation.states import AssignmentState, DecisionState, Group
from fondaco.mail.models import LetterTemplate
from fondaco.mail.states import Occasion
from fondaco.programmes.models import Partner, Programme, Role
from fondaco.programmes.states import PartnerRole, RoleKind
from tests.factories.applications import ApplicationFactory, SubmissionFactory, open_call
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory
from tests.factories.mail import ReleasedLetterFactory
from tests.factories.questionnaires import FormVersionFactory, question, schema, section

LATER = AT + timedelta(days=20)
GRID = schema(
    section(
        "project",
        question("title", required=True, limit=60),
        question("need", "long-text", criterion="relevance"),
        question("plan", "long-text", criterion="quality"),
        question("amount", "money", criterion="quality"),
        question("annex", "file", criterion="quality"),
    )
)


def person_of(company: str = "", **more: Any) -> Person:
    """A person whose address belongs to a company of their own, so that nobody is tied by it."""
    person: Any = PersonFactory(**more)
    person.email = f"p{person.pk}@{company or f'house{person.pk}.example'}"
    person.save()
    return cast(Person, person)


def graded_call(**more: Any) -> Call:
    """A call that closed: two criteria of 50 points, each with a threshold, one expert a file."""
    given = {
        "form": FormVersionFactory(schema=GRID),
        "opens_at": AT - timedelta(days=5),
        "closes_at": AT - timedelta(hours=1),
        "experts": 1,
        "threshold": Decimal(60),
        "tie_breaks": ["relevance", "earliest"],
        "support": "ceiling",
        "amount_cents": 50_000_00,
        "total_cents": 100_000_00,
        "decided_by": "two",
    }
    call = open_call(**given | more)
    for position, code in enumerate(("relevance", "quality")):
        Criterion.objects.create(
            call=call,
            position=position,
            code=code,
            name={"en": code.title()},
            asks={"en": f"How good is the {code}?"},
            points=Decimal(50),
            threshold=Decimal(25),
        )
    return call


def with_role(programme: Programme, kind: RoleKind, **more: Any) -> Person:
    """A person with a role, in a session opened with a second factor."""
    person = person_of()
    Role.objects.create(programme=programme, person=person, kind=kind, since=AT, **more)
    person.is_confirmed_twice = True
    return person


def officer_of(call: Call) -> Person:
    """An officer of the programme."""
    return with_role(call.programme, RoleKind.OFFICER)


def decider_of(call: Call, partner: Partner | None = None) -> Person:
    """A decider of the programme, for a partner where one is named."""
    return with_role(call.programme, RoleKind.DECIDER, partner=partner)


def evaluator_on(call: Call, **more: Any) -> Person:
    """An evaluator of the programme who sits on the panel."""
    person = with_role(call.programme, RoleKind.EVALUATOR)
    PanelSeat.objects.create(call=call, person=person, since=AT, **more)
    return person


def partner_of(call: Call, code: str) -> Partner:
    """A partner of the programme."""
    organisation: Any = OrganisationFactory()
    return Partner.objects.create(
        programme=call.programme,
        organisation=organisation,
        position=call.programme.partners.count(),
        code=code,
        role=PartnerRole.PARTNER,
    )


def sent(call: Call, **more: Any) -> Application:
    """An eligible application with one frozen submission that asks for 40,000."""
    answers = {"title": "A bridge", "need": "We need it.", "plan": "By steps."}
    answers |= {"amount": "40000.00"} | more.pop("answers", {})
    files = more.pop("files", {})
    organisation: Any = more.pop("organisation", None) or OrganisationFactory()
    starter = colleague_of(organisation, is_admin=True)
    given = {"state": State.ELIGIBLE, "submitted_at": AT, "started_by": starter}
    made: Application = ApplicationFactory.create(
        call=call, organisation=organisation, **given | more
    )
    SubmissionFactory(
        application=made,
        content={"answers": answers, "files": files, "organisation": {}},
        by=starter,
    )
    return made


class AssignmentFactory(DjangoModelFactory[Assignment]):
    """A file that waits to be accepted."""

    class Meta:
        model = Assignment

    state = AssignmentState.ASSIGNED
    assigned_at = AT


def assigned(application: Application, evaluator: Person, **more: Any) -> Assignment:
    """A file of an evaluator."""
    if more.get("state") == AssignmentState.LOCKED:
        more.setdefault("locked_at", AT)
    made: Assignment = AssignmentFactory.create(
        application=application, evaluator=evaluator, **more
    )
    return made


def marked(assignment: Assignment, **marks: int | str) -> Assignment:
    """The file with these marks."""
    for code, value in marks.items():
        Mark.objects.create(assignment=assignment, criterion=code, value=Decimal(value))
    return assignment


def locked(application: Application, evaluator: Person, **marks: int | str) -> Assignment:
    """A locked file with these marks."""
    return marked(assigned(application, evaluator, state=AssignmentState.LOCKED), **marks)


class DecisionFactory(DjangoModelFactory[Decision]):
    """A proposed decision."""

    class Meta:
        model = Decision

    code = factory.Sequence(lambda number: f"decision-{number}")
    proposed_at = AT


def decided(application: Application, group: Group = Group.AWARDED, **more: Any) -> Outcome:
    """A final outcome of a confirmed decision."""
    decision: Any = DecisionFactory(
        call=application.call, state=DecisionState.CONFIRMED, confirmed_at=AT
    )
    return Outcome.objects.create(
        decision=decision, application=application, group=group, is_final=True, **more
    )


def templates_for(programme: Programme) -> None:
    """A short letter in English for every occasion."""
    for occasion in Occasion:
        marks = "" if occasion.startswith("redress") else " {{ score }} {{ place }}"
        LetterTemplate.objects.create(
            programme=programme,
            occasion=occasion,
            language="en",
            subject=f"{occasion} {{{{ number }}}}",
            body="{{ organisation }}: {{ reasons }}" + marks,
        )


def tell_of(outcome: Outcome) -> None:
    """Let the letter on what was decided stand in the portal since `AT`."""
    application = outcome.application
    ReleasedLetterFactory.create(
        programme=application.call.programme,
        call=application.call.code,
        subject_code=application.code,
        occasion=OCCASIONS[Group(outcome.group)],
        to=application.started_by,
    )


def colleague_of(organisation: Organisation, **more: Any) -> Person:
    """A person who works there."""
    post: Any = PostFactory(organisation=organisation, person=person_of(), **more)
    person: Person = post.person
    return person


def told(application: Application, group: Group = Group.NOT_FUNDED, **more: Any) -> Outcome:
    """A final outcome whose letter stands in the portal since `AT`."""
    outcome = decided(application, group, **more)
    tell_of(outcome)
    return outcome


def asked(outcome: Outcome, **more: Any) -> Redress:
    """A request for redress that waits for an answer."""
    code = outcome.application.code
    given = {"code": f"{code}-redress-1", "ground": "fact", "asked_at": AT}
    given |= {"text": "A date was misread.", "asked_by": outcome.application.started_by}
    return Redress.objects.create(outcome=outcome, **given | more)
