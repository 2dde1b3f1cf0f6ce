"""People, organisations and the bonds between them; all invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from fondaco.directory.models import (
    Bond,
    Invitation,
    JoinRequest,
    Organisation,
    Person,
    Post,
    SignInLink,
)
from fondaco.directory.rules import links
from fondaco.directory.rules.names import search_key

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


class PersonFactory(DjangoModelFactory[Person]):
    """Somebody with a proven address and the password `a long sentence`."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")
    language = "en"
    password = factory.django.Password("a long sentence")

    @factory.post_generation
    def address(person: Person, is_created: bool, given: Any, **_kept: Any) -> None:  # noqa: N805
        if is_created and given is not False:
            kept = {"email": person.email, "verified": True, "primary": True}
            EmailAddress.objects.create(user_id=person.pk, **kept)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A company in France."""

    class Meta:
        model = Organisation

    code = factory.Sequence(lambda number: f"organisation-{number}")
    name = factory.Sequence(lambda number: f"Organisation {number}")
    kind = "company"
    country = "FR"
    search_key = factory.LazyAttribute(lambda made: search_key(made.name, {}))


class PostFactory(DjangoModelFactory[Post]):
    """A colleague who runs nothing."""

    class Meta:
        model = Post

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    since = AT


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An invitation whose secret is `secret` and its number."""

    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda number: f"invited{number}@example.org")
    hashed = factory.Sequence(lambda number: links.hashed(f"secret{number}"))
    by = factory.SubFactory(PersonFactory)
    at = AT
    expires_at = AT + timedelta(days=14)


class JoinRequestFactory(DjangoModelFactory[JoinRequest]):
    """Somebody waits to be let in."""

    class Meta:
        model = JoinRequest

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    at = AT


class BondFactory(DjangoModelFactory[Bond]):
    """A company belongs to a cluster."""

    class Meta:
        model = Bond

    member = factory.SubFactory(OrganisationFactory)
    cluster = factory.SubFactory(OrganisationFactory, kind="cluster")
    since = date(2026, 1, 1)
    evidence = "letter of membership"


class SignInLinkFactory(DjangoModelFactory[SignInLink]):
    """A link with the secret `secret`, asked for in the browser `browser`."""

    class Meta:
        model = SignInLink

    person = factory.SubFactory(PersonFactory)
    hashed = links.hashed("secret")
    browser = links.hashed("browser")
    at = AT
    expires_at = AT + timedelta(minutes=15)
