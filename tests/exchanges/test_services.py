"""Profiles of hosts and visitors follow confirmed decisions of their own kind."""

import pytest

from fondaco.applications.services.sending import withdraw_application
from fondaco.evaluation.services.decisions import propose_single_decision
from fondaco.evaluation.states import Group
from fondaco.exchanges.models import Profile
from fondaco.exchanges.selectors import profiles_in
from fondaco.exchanges.services import accept_profiles, close_profile
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from tests.factories import evaluation as made
from tests.factories.directory import AT
from tests.factories.exchanges import exchange_call
from tests.factories.membership import letter_call

pytestmark = pytest.mark.django_db


def test_an_accepted_organisation_has_a_profile():
    call = exchange_call()
    file = made.sent(call)
    propose_single_decision(file.pk, group=Group.AWARDED, by=made.officer_of(call), at=AT)

    hear_all(at=AT)

    profile = profiles_in(call.programme).get()
    assert (profile.organisation_id, profile.call) == (file.organisation_id, call.code)
    assert Entry.objects.filter(verb="profile.accepted", subject=file.code).count() == 1


def test_a_profile_is_made_once_and_only_for_its_kind():
    outcome = made.decided(made.sent(exchange_call()))
    other = made.decided(made.sent(letter_call()))
    refused = made.decided(made.sent(exchange_call()), Group.NOT_ELIGIBLE)

    counts = [
        accept_profiles(one.decision.code, at=AT) for one in (outcome, outcome, other, refused)
    ]

    assert (counts, Profile.objects.count()) == ([1, 0, 0, 0], 1)


def test_a_profile_leaves_the_catalogue_with_its_award():
    call = exchange_call()
    file = made.sent(call)
    propose_single_decision(file.pk, group=Group.AWARDED, by=made.officer_of(call), at=AT)
    hear_all(at=AT)

    withdraw_application(file.pk, why="We moved.", by=file.started_by, at=AT)
    hear_all(at=AT)

    assert (profiles_in(call.programme).count(), Profile.objects.get().closed_at) == (0, AT)
    assert Entry.objects.filter(verb="profile.closed", subject=file.code).count() == 1


def test_nobody_closes_what_was_not_accepted():
    assert close_profile("no-decision", application="nothing", at=AT) is None
