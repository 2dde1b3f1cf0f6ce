"""Who sees a profile: those who run its programme, and whoever has it and was told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.directory.access import SecondFactorNeeded
from fondaco.evaluation.access import Sight
from fondaco.exchanges.access import may_read_story, profile_for
from fondaco.programmes.states import RoleKind
from tests.factories import evaluation as made
from tests.factories.exchanges import exchange_call, profile

pytestmark = pytest.mark.django_db


def seen(person, kept):
    """How the page and the story answer: as what, or with which refusal."""
    try:
        _kept, sight = profile_for(person, kept.pk)
    except (PermissionDenied, Http404) as refusal:
        with pytest.raises(type(refusal)):
            may_read_story(person, f"profile-{kept.pk}")
        return type(refusal)
    reading = may_read_story(person, f"profile-{kept.pk}")
    assert reading.may_export == reading.shows_people == (sight is Sight.OFFICE)
    return sight


@pytest.mark.parametrize("kind", list(RoleKind))
def test_of_the_programme_those_who_run_it_see_it(kind):
    kept = profile(exchange_call())
    person = made.with_role(kept.programme, kind)
    runs = kind in {RoleKind.OFFICER, RoleKind.DECIDER}

    person.is_confirmed_twice = False
    assert seen(person, kept) == (SecondFactorNeeded if runs else PermissionDenied)
    person.is_confirmed_twice = True
    assert seen(person, kept) == (Sight.OFFICE if runs else PermissionDenied)


def test_whoever_has_it_sees_it_once_the_letter_has_told_of_it():
    kept = profile(exchange_call())
    colleague = made.colleague_of(kept.outcome.application.organisation)

    assert seen(colleague, kept) == Http404
    made.tell_of(kept.outcome)
    assert seen(colleague, kept) == Sight.OWN


def test_an_officer_who_works_there_sees_it_as_those_who_have_it():
    kept = profile(exchange_call())
    officer = made.with_role(kept.programme, RoleKind.OFFICER)
    officer.is_confirmed_twice = True
    officer.posts.create(organisation=kept.outcome.application.organisation, since=kept.at)

    assert seen(officer, kept) == Http404
    made.tell_of(kept.outcome)
    assert seen(officer, kept) == Sight.OWN


def test_strangers_and_officers_of_elsewhere_find_nothing():
    kept = profile(exchange_call())
    made.tell_of(kept.outcome)
    elsewhere = made.officer_of(exchange_call())
    elsewhere.is_confirmed_twice = True

    assert [seen(one, kept) for one in (made.person_of(), elsewhere)] == [Http404, Http404]


def test_what_is_no_profile_has_no_story_here():
    assert may_read_story(made.person_of(), "profile-x") is None
