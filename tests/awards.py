"""What an award made, seen by everybody: one set of scenes for each kind of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.directory.access import SecondFactorNeeded
from fondaco.evaluation.access import Sight
from fondaco.programmes.states import RoleKind
from tests.factories import evaluation as made


class Seen:
    """Scenes of a membership or a profile; a subclass says how it is made, found and told."""

    @staticmethod
    def made_in_a_call():
        """One of them, in a programme of its own."""
        raise NotImplementedError

    @staticmethod
    def thing_for(person, pk):
        """The way a view gets it."""
        raise NotImplementedError

    @staticmethod
    def story_for(person, pk):
        """The way its story is read."""
        raise NotImplementedError

    def seen(self, person, kept):
        """How the page and the story answer: as what, or with which refusal."""
        try:
            _kept, sight = self.thing_for(person, kept.pk)
        except (PermissionDenied, Http404) as refusal:
            with pytest.raises(type(refusal)):
                self.story_for(person, kept.pk)
            return type(refusal)
        reading = self.story_for(person, kept.pk)
        assert reading.may_export == reading.shows_people == (sight is Sight.OFFICE)
        return sight

    @pytest.mark.parametrize("kind", list(RoleKind))
    def test_of_the_programme_those_who_run_it_see_it(self, kind):
        kept = self.made_in_a_call()
        person = made.with_role(kept.programme, kind)
        runs = kind in {RoleKind.OFFICER, RoleKind.DECIDER}

        person.is_confirmed_twice = False
        assert self.seen(person, kept) == (SecondFactorNeeded if runs else PermissionDenied)
        person.is_confirmed_twice = True
        assert self.seen(person, kept) == (Sight.OFFICE if runs else PermissionDenied)

    def test_whoever_has_it_sees_it_once_the_letter_has_told_of_it(self):
        kept = self.made_in_a_call()
        colleague = made.colleague_of(kept.outcome.application.organisation)

        assert self.seen(colleague, kept) == Http404
        made.tell_of(kept.outcome)
        assert self.seen(colleague, kept) == Sight.OWN

    def test_an_officer_who_works_there_sees_it_as_those_who_have_it(self):
        kept = self.made_in_a_call()
        officer = made.with_role(kept.programme, RoleKind.OFFICER)
        officer.is_confirmed_twice = True
        officer.posts.create(organisation=kept.outcome.application.organisation, since=kept.at)

        assert self.seen(officer, kept) == Http404
        made.tell_of(kept.outcome)
        assert self.seen(officer, kept) == Sight.OWN

    def test_strangers_and_officers_of_elsewhere_find_nothing(self):
        kept = self.made_in_a_call()
        made.tell_of(kept.outcome)
        elsewhere = made.officer_of(self.made_in_a_call().outcome.application.call)
        elsewhere.is_confirmed_twice = True

        found = [self.seen(one, kept) for one in (made.person_of(), elsewhere)]
        assert found == [Http404, Http404]
