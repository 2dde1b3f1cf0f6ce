"""Only officers of the programme build its calls."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.programmes.states import RoleKind
from fondaco.sketches import access
from tests.factories import evaluation as made
from tests.factories.calls import CallFactory
from tests.factories.directory import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", list(RoleKind))
def test_every_role(kind):
    call = CallFactory()
    person = made.with_role(call.programme, kind)

    if kind == RoleKind.OFFICER:
        assert access.built_call(person, call.code) == call
        assert access.programme_to_build_in(person, call.programme.code) == call.programme
    else:
        with pytest.raises(PermissionDenied):
            access.built_call(person, call.code)
        with pytest.raises(PermissionDenied):
            access.programme_to_build_in(person, call.programme.code)


def test_strangers_and_guessed_names_find_nothing():
    call, stranger = CallFactory(), PersonFactory()

    for ask, code in (
        (access.built_call, call.code),
        (access.built_call, "no-such-call"),
        (access.programme_to_build_in, call.programme.code),
        (access.programme_to_build_in, "no-such-programme"),
    ):
        with pytest.raises(Http404):
            ask(stranger, code)
