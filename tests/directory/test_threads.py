"""Two who leave the house at the same moment, on PostgreSQL: the second waits for the first."""

import pytest

from fondaco.directory.models import Person, Post
from fondaco.directory.services import people
from fondaco.programmes.models import Role
from tests.evaluation.test_threads import overlapping
from tests.factories.directory import AT, OrganisationFactory, PersonFactory, PostFactory
from tests.factories.programmes import ProgrammeFactory, RoleFactory

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


def erased_at_once(one, two):
    """Erase both at the same moment; why the second was refused."""
    refusal = overlapping(
        lambda: people.erase_person(one.pk, by=one, at=AT),
        lambda: people.erase_person(two.pk, by=two, at=AT),
    )
    return refusal.reasons if refusal else ()


def test_the_last_two_administrators_of_an_organisation_are_not_erased_at_once():
    organisation = OrganisationFactory()
    one, two = (PostFactory(organisation=organisation, is_admin=True) for _number in range(2))
    PostFactory(organisation=organisation)

    reasons = erased_at_once(one.person, two.person)

    assert reasons == ("last-admin",)
    assert Post.objects.filter(is_admin=True, until__isnull=True).count() == 1


def test_the_last_two_administrators_of_the_installation_are_not_erased_at_once():
    one, two = (PersonFactory(is_installation_admin=True) for _number in range(2))

    reasons = erased_at_once(one, two)

    assert reasons == ("last-installation-admin",)
    assert Person.objects.filter(is_installation_admin=True, is_active=True).count() == 1


def test_the_last_two_officers_of_a_programme_are_not_erased_at_once():
    programme = ProgrammeFactory()
    one, two = (RoleFactory(programme=programme) for _number in range(2))

    reasons = erased_at_once(one.person, two.person)

    assert reasons == ("last-officer",)
    assert Role.objects.filter(until__isnull=True).count() == 1
