"""Calls, their forms, and what happened to them; all invented."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from fondaco.calls.models import Act, Call, Criterion, Envelope, Item, Quota, Rule, Step
from fondaco.calls.states import ActKind, Kind, Support, Test
from tests.factories.directory import AT
from tests.factories.programmes import ProgrammeFactory
from tests.factories.questionnaires import FormVersionFactory


class CallFactory(DjangoModelFactory[Call]):
    """A sub-grant of 3 000 euro, published and open at `AT`, that closes thirty days later."""

    class Meta:
        model = Call

    programme = factory.SubFactory(ProgrammeFactory)
    code = factory.Sequence(lambda number: f"call-{number}")
    kind = Kind.SUB_GRANT
    form = factory.SubFactory(FormVersionFactory, form=factory.SelfAttribute("..code"))
    form_languages = ["en", "fr", "ar"]
    title = factory.LazyAttribute(lambda made: {"en": f"Call {made.code}"})
    opens_at = AT - timedelta(days=10)
    closes_at = AT + timedelta(days=30)
    support = Support.FIXED
    amount_cents = 300_000
    experts = 2
    published_at = AT - timedelta(days=20)


class ActFactory(DjangoModelFactory[Act]):
    """The deadline moved by a week."""

    class Meta:
        model = Act

    call = factory.SubFactory(CallFactory)
    number = factory.Sequence(lambda number: number + 1)
    kind = ActKind.EXTENSION
    at = AT
    closes_at = factory.LazyAttribute(
        lambda made: (
            made.call.closes_at + timedelta(days=7) if made.kind == ActKind.EXTENSION else None
        )
    )
    reason = {"en": "Everybody was given more time."}


class StepFactory(DjangoModelFactory[Step]):
    """Something that comes after the deadline."""

    class Meta:
        model = Step

    call = factory.SubFactory(CallFactory)
    position = factory.Sequence(lambda number: number + 1)
    on = factory.LazyAttribute(lambda made: (made.call.closes_at + timedelta(days=30)).date())
    label = {"en": "Results sent to applicants"}


class ItemFactory(DjangoModelFactory[Item]):
    """A service of a menu."""

    class Meta:
        model = Item

    call = factory.SubFactory(CallFactory, support=Support.MENU, amount_cents=None)
    position = factory.Sequence(lambda number: number + 1)
    code = factory.Sequence(lambda number: f"item-{number}")
    name = {"en": "A day of advice"}
    amount_cents = 100_000


class EnvelopeFactory(DjangoModelFactory[Envelope]):
    """A part of the money for Italy."""

    class Meta:
        model = Envelope

    call = factory.SubFactory(CallFactory)
    position = factory.Sequence(lambda number: number + 1)
    code = factory.Sequence(lambda number: f"envelope-{number}")
    fact = "organisation.country"
    value = ["IT"]
    most_cents = 500_000


class QuotaFactory(DjangoModelFactory[Quota]):
    """Two places for Italy."""

    class Meta:
        model = Quota

    call = factory.SubFactory(CallFactory)
    position = factory.Sequence(lambda number: number + 1)
    code = factory.Sequence(lambda number: f"quota-{number}")
    fact = "organisation.country"
    value = ["IT"]
    most = 2


class RuleFactory(DjangoModelFactory[Rule]):
    """The organisation is in Tunisia or Italy."""

    class Meta:
        model = Rule

    call = factory.SubFactory(CallFactory)
    position = factory.Sequence(lambda number: number + 1)
    code = factory.Sequence(lambda number: f"rule-{number}")
    fact = "organisation.country"
    test = Test.IN
    value = ["TN", "IT"]
    says = {"en": "The organisation is in Tunisia or Italy."}


class CriterionFactory(DjangoModelFactory[Criterion]):
    """Half of a grid of a hundred points."""

    class Meta:
        model = Criterion

    call = factory.SubFactory(CallFactory)
    position = factory.Sequence(lambda number: number + 1)
    code = factory.Sequence(lambda number: f"criterion-{number}")
    name = {"en": "Relevance"}
    points = 50
