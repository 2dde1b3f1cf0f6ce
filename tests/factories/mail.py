"""Letters, their templates and an office to release them in; all invented."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.mail.models import Letter, LetterTemplate
from fondaco.mail.states import Occasion, State
from fondaco.programmes.models import Programme, Role
from fondaco.programmes.states import RoleKind
from tests.factories.directory import AT, PersonFactory


def programme(**more: Any) -> Programme:
    """A programme whose first language is French."""
    number = Programme.objects.count() + 1
    given = {"code": f"house-{number}", "acronym": f"H{number}", "languages": ["fr", "en"]}
    return Programme.objects.create(**given | {"added_at": AT} | more)


def call_of(kept: Programme, code: str = "spring") -> Call:
    """A call of the programme."""
    return Call.objects.create(
        programme=kept, code=code, kind="sub-grant", title={"en": "Spring call"}, published_at=AT
    )


def officer_of(kept: Programme, kind: RoleKind = RoleKind.OFFICER) -> Person:
    """Somebody with a role in the programme."""
    person = PersonFactory(name="Olive Officer")
    Role.objects.create(programme=kept, person=person, kind=kind, since=AT)
    return person


class LetterTemplateFactory(DjangoModelFactory[LetterTemplate]):
    """The programme's words for an award, in English."""

    class Meta:
        model = LetterTemplate

    programme = factory.LazyFunction(programme)
    occasion = Occasion.AWARDED
    language = "en"
    subject = "Good news, {{ person }}"
    body = "Dear {{ person }},\n\n**{{ organisation }}** was chosen: {{ address }}"


class LetterFactory(DjangoModelFactory[Letter]):
    """A letter of the call `spring` that waits for an officer."""

    class Meta:
        model = Letter

    programme = factory.LazyFunction(programme)
    call = "spring"
    code = factory.Sequence(lambda number: f"L-{number:08d}")
    subject_code = factory.Sequence(lambda number: f"SPRING-{number}")
    occasion = Occasion.AWARDED
    to = factory.SubFactory(PersonFactory)
    address = factory.LazyAttribute(lambda made: made.to.email)
    language = "en"
    subject = "Good news"
    body = "You were **chosen**."
    written_at = AT


class ReleasedLetterFactory(LetterFactory):
    """A letter that stands in the portal and is due by e-mail."""

    state = State.RELEASED
    released_at = AT
    due_at = AT
    message_id = factory.LazyAttribute(lambda made: f"<{made.code}@house.example>")
