"""Only officers of the programme see and mark the places of its courses."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.programmes.states import RoleKind
from fondaco.training import access
from tests.factories import evaluation as made
from tests.factories.training import course, place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", list(RoleKind))
def test_every_role(kind):
    call = course()
    kept = place(call)
    person = made.with_role(call.programme, kind)

    if kind == RoleKind.OFFICER:
        assert access.course_for(person, call.code) == call
        assert access.place_for(person, call.code, kept.pk) == kept
    else:
        with pytest.raises(PermissionDenied):
            access.place_for(person, call.code, kept.pk)


def test_strangers_and_guessed_numbers_find_nothing():
    call, other = course(), course()
    kept = place(call)

    for person, code in ((kept.person, call.code), (made.officer_of(other), other.code)):
        with pytest.raises(Http404):
            access.place_for(person, code, kept.pk)
