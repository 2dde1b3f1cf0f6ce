"""Who may do what in a programme: role by role, with the second factor asleep and awake."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.directory.access import SecondFactorNeeded
from fondaco.programmes.access import (
    has_role,
    is_awake,
    programmes_with,
    require_role,
    role_in,
    roles_of,
)
from fondaco.programmes.states import RoleKind
from tests.factories.directory import AT, PersonFactory
from tests.factories.programmes import ProgrammeFactory, RoleFactory

pytestmark = pytest.mark.django_db
ASLEEP_ALONE = {RoleKind.OFFICER, RoleKind.DECIDER}


def holder(*kinds, is_confirmed_twice=False, programme=None):
    """A person who holds roles in a programme, and the programme."""
    person, programme = PersonFactory(), programme or ProgrammeFactory()
    for kind in kinds:
        RoleFactory(person=person, programme=programme, kind=kind)
    person.is_confirmed_twice = is_confirmed_twice
    return person, programme


@pytest.mark.parametrize("held", RoleKind)
@pytest.mark.parametrize("asked", RoleKind)
@pytest.mark.parametrize("is_confirmed_twice", [False, True], ids=["one factor", "two factors"])
def test_require_role_is_a_matrix(held, asked, is_confirmed_twice):
    person, programme = holder(held, is_confirmed_twice=is_confirmed_twice)

    if held != asked:
        with pytest.raises(PermissionDenied) as refused:
            require_role(person, programme, asked)
        assert type(refused.value) is PermissionDenied
    elif held in ASLEEP_ALONE and not is_confirmed_twice:
        with pytest.raises(SecondFactorNeeded):
            require_role(person, programme, asked)
    else:
        assert require_role(person, programme, asked).kind == held


@pytest.mark.parametrize("held", RoleKind)
@pytest.mark.parametrize("is_confirmed_twice", [False, True], ids=["one factor", "two factors"])
def test_has_role_only_where_it_is_awake(held, is_confirmed_twice):
    person, programme = holder(held, is_confirmed_twice=is_confirmed_twice)
    is_expected = is_confirmed_twice or held not in ASLEEP_ALONE

    assert has_role(person, programme.pk, held) is is_expected
    assert is_awake(role_in(person, programme.pk, held), person) is is_expected
    assert not has_role(person, programme.pk, *set(RoleKind) - {held})
    assert not has_role(person, ProgrammeFactory().pk, held)


@pytest.mark.parametrize("is_confirmed_twice", [False, True], ids=["one factor", "two factors"])
def test_a_stranger_learns_nothing(is_confirmed_twice):
    elsewhere = ProgrammeFactory()
    person, _own = holder(*RoleKind, is_confirmed_twice=is_confirmed_twice)

    with pytest.raises(Http404):
        require_role(person, elsewhere, *RoleKind)


def test_a_role_that_has_ended_makes_a_stranger():
    role = RoleFactory(until=AT)

    with pytest.raises(Http404):
        require_role(role.person, role.programme, role.kind)
    assert not roles_of(role.person).exists()
    assert role_in(role.person, role.programme_id, *RoleKind) is None


def test_a_second_role_that_is_awake_is_enough():
    person, programme = holder(RoleKind.OFFICER, RoleKind.OBSERVER)

    role = require_role(person, programme, RoleKind.OFFICER, RoleKind.OBSERVER)

    assert role.kind == RoleKind.OBSERVER
    assert has_role(person, programme.pk, RoleKind.OFFICER, RoleKind.OBSERVER)


def test_role_in_finds_a_role_that_sleeps():
    person, programme = holder(RoleKind.OFFICER)

    assert role_in(person, programme.pk, RoleKind.OFFICER).kind == RoleKind.OFFICER


def test_programmes_with_a_role_are_named_once():
    person, first = holder(RoleKind.OFFICER, RoleKind.DECIDER)
    other = RoleFactory(person=person, kind=RoleKind.OBSERVER).programme
    RoleFactory(person=person, kind=RoleKind.OFFICER, until=AT)
    RoleFactory(kind=RoleKind.OFFICER)

    assert list(programmes_with(person, RoleKind.OFFICER, RoleKind.DECIDER)) == [first]
    assert set(programmes_with(person, *RoleKind)) == {first, other}
