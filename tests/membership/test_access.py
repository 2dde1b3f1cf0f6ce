"""Who sees a membership: those who run its programme, and whoever has it and was told."""

import pytest

from fondaco.membership.access import may_read_story, membership_for
from tests.awards import Seen
from tests.factories import evaluation as made
from tests.factories.membership import letter_call, membership

pytestmark = pytest.mark.django_db


class TestMembership(Seen):
    """A membership in the scenes of all that an award makes."""

    @staticmethod
    def made_in_a_call():
        return membership(letter_call())

    @staticmethod
    def thing_for(person, pk):
        return membership_for(person, pk)

    @staticmethod
    def story_for(person, pk):
        return may_read_story(person, f"membership-{pk}")


def test_what_is_no_membership_has_no_story_here():
    assert may_read_story(made.person_of(), "membership-x") is None
