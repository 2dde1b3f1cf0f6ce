"""The parts in a programme that the database knows, and their words."""

import pytest
from django.db import IntegrityError, transaction

from fondaco.programmes import phrases
from fondaco.programmes.states import PartnerRole, RoleKind
from tests.factories.programmes import PartnerFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "wrong"),
    [(PartnerFactory, {"role": "friend"}), (RoleFactory, {"kind": "guest"})],
    ids=["a partner", "a person"],
)
def test_the_database_refuses_a_part_that_nobody_plays(make, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**wrong)


def test_a_role_is_held_once_at_a_time():
    role = RoleFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleFactory(programme=role.programme, person=role.person)


@pytest.mark.parametrize(
    ("words", "needed"), [(phrases.ROLES, RoleKind), (phrases.ROLES_OF_ONE, PartnerRole)]
)
def test_every_part_has_its_word(words, needed):
    assert list(words) == list(needed)
