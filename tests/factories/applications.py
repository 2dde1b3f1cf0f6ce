"""Applications with everything they hang on; all invented."""

from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from fondaco.applications.models import Application, Finding, Submission
from fondaco.applications.states import State, Verdict
from fondaco.calls.models import Call, Rule
from fondaco.programmes.models import Programme, Role
from fondaco.programmes.states import RoleKind
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory
from tests.factories.questionnaires import FormVersionFactory, option, question, schema, section

FORM = schema(
    section(
        "organisation",
        question("name", required=True, limit=40, prefill="organisation.name"),
        question("country", "country", required=True, prefill="organisation.country"),
        question("members", "number", required=True),
        question("topics", "choices", option=[option("training"), option("travel")]),
    ),
    section(
        "project",
        question("aim", "long-text", required=True, limit=100),
        question("price", "money", required=True),
        question("offer", "file", required=True, accepts=["pdf"], megabytes=1),
    ),
    section(
        "declarations",
        question("honour", "declaration", required=True, text={"en": "All of this is true."}),
        question("signature", "signature", required=True, text={"en": "I may sign for us."}),
    ),
)
SMALL_ANSWERS = {"project": {"title": "A bridge"}, "end": {"members": "12"}}


def programme(**more: Any) -> Programme:
    """A programme in English."""
    number = Programme.objects.count() + 1
    given = {"code": f"programme-{number}", "acronym": f"P{number}", "languages": ["en"]}
    return Programme.objects.create(**given | {"added_at": AT} | more)


def open_call(**more: Any) -> Call:
    """A call that is open at AT for another ten days, with the small form."""
    number = Call.objects.count() + 1
    given = {
        "programme": more.pop("programme", None) or programme(),
        "code": f"bold-call-{number}",
        "kind": "sub-grant",
        "form": more.pop("form", None) or FormVersionFactory(),
        "form_languages": ["en"],
        "title": {"en": "Bold call"},
        "opens_at": AT - timedelta(days=5),
        "closes_at": AT + timedelta(days=10),
        "published_at": AT - timedelta(days=9),
    }
    return Call.objects.create(**given | more)


def add_rule(call: Call, code: str, fact: str, test: str, value: object, **more: Any) -> Rule:
    """A condition of the call."""
    position = call.rules.count() + 1
    says = {"en": f"The condition {code} is met."}
    return Rule.objects.create(
        call=call,
        position=position,
        code=code,
        fact=fact,
        test=test,
        value=value,
        says=says,
        **more,
    )


def colleague_of(organisation: Any, **more: Any) -> Any:
    """A person with a post there."""
    return PostFactory(organisation=organisation, **more).person


def officer_of(held: Programme, kind: RoleKind = RoleKind.OFFICER) -> Any:
    """A person with a role in the programme, in a session with a second factor."""
    person = PersonFactory()
    Role.objects.create(programme=held, person=person, kind=kind, since=AT)
    person.is_confirmed_twice = True
    return person


class ApplicationFactory(DjangoModelFactory[Application]):
    """A draft to an open call."""

    class Meta:
        model = Application

    code = factory.Sequence(lambda number: f"bc-{number:06d}")
    call = factory.LazyFunction(open_call)
    organisation = factory.SubFactory(OrganisationFactory)
    form = factory.SelfAttribute("call.form")
    language = "en"
    started_at = AT
    edited_at = AT

    class Params:
        sent = factory.Trait(state=State.SUBMITTED, submitted_at=AT)


class SubmissionFactory(DjangoModelFactory[Submission]):
    """A frozen version of the small form."""

    class Meta:
        model = Submission

    application = factory.SubFactory(ApplicationFactory, sent=True)
    number = 1
    receipt = factory.LazyAttribute(lambda made: f"{made.application.code}-{made.number}")
    key = factory.Sequence(lambda number: f"key{number}")
    content = factory.LazyFunction(
        lambda: {
            "answers": {"title": "A bridge", "members": "12"},
            "files": {},
            "organisation": {"name": "Invented"},
        }
    )
    salt = "5a17"
    fingerprint = "f" * 64
    at = AT


class FindingFactory(DjangoModelFactory[Finding]):
    """A condition that is met."""

    class Meta:
        model = Finding

    application = factory.SubFactory(ApplicationFactory, sent=True)
    position = 1
    rule = "country"
    verdict = Verdict.MET
    source = "organisation x"
