"""Who sees a profile: those who run its programme, and whoever has it and was told."""

import pytest

from fondaco.exchanges.access import may_read_story, profile_for
from tests.awards import Seen
from tests.factories import evaluation as made
from tests.factories.exchanges import exchange_call, profile

pytestmark = pytest.mark.django_db


class TestProfile(Seen):
    """A profile in the scenes of all that an award makes."""

    @staticmethod
    def made_in_a_call():
        return profile(exchange_call())

    @staticmethod
    def thing_for(person, pk):
        return profile_for(person, pk)

    @staticmethod
    def story_for(person, pk):
        return may_read_story(person, f"profile-{pk}")


def test_what_is_no_profile_has_no_story_here():
    assert may_read_story(made.person_of(), "profile-x") is None
