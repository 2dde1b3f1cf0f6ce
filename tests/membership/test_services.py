"""Memberships follow confirmed decisions; the bond stands in the directory."""

from datetime import timedelta

import pytest

from fondaco.applications.services.sending import withdraw_application
from fondaco.directory.models import Bond
from fondaco.directory.services.organisations import end_bond
from fondaco.evaluation.services.decisions import propose_single_decision
from fondaco.evaluation.states import Group
from fondaco.kernel.facts import UNKNOWN, Question, tell
from fondaco.membership.models import Membership
from fondaco.membership.selectors import cluster_behind, memberships_in
from fondaco.membership.services import begin_memberships, end_membership
from fondaco.programmes.states import PartnerRole
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from tests.factories import evaluation as made
from tests.factories.directory import AT
from tests.factories.membership import letter_call

pytestmark = pytest.mark.django_db


def test_whoever_is_taken_in_belongs_to_the_cluster():
    call = letter_call()
    call.partner = made.partner_of(call, "leader")
    call.save()
    file = made.sent(call)
    propose_single_decision(file.pk, group=Group.AWARDED, by=made.officer_of(call), at=AT)

    hear_all(at=AT)

    membership = memberships_in(call.programme).get()
    assert membership.bond == Bond.objects.get(
        member=file.organisation, cluster=call.partner.organisation, since=AT.date()
    )
    assert Entry.objects.filter(verb="membership.begun", subject=file.code).count() == 1


def test_who_stands_for_the_cluster():
    call = letter_call(deciding_partners=["first", "second"])
    assert cluster_behind(call) is None

    coordinator = made.partner_of(call, "coordinator")
    coordinator.role = PartnerRole.COORDINATOR
    coordinator.save()
    assert cluster_behind(call) == coordinator.organisation

    contact = made.partner_of(call, "contact")
    call.programme.contact = {"partner": "contact"}
    assert cluster_behind(call) == contact.organisation

    second = made.partner_of(call, "second")
    assert cluster_behind(call) == second.organisation


def test_a_membership_begins_once_and_without_a_cluster_has_no_bond():
    outcome = made.decided(made.sent(letter_call()))

    counts = [begin_memberships(outcome.decision.code, at=AT) for _ in range(2)]

    assert (counts, Membership.objects.get().bond) == ([1, 0], None)


def test_a_second_membership_does_not_take_the_bond_of_the_first():
    call = letter_call()
    call.partner = made.partner_of(call, "leader")
    call.save()
    first = made.sent(call)
    second = made.sent(call, organisation=first.organisation)

    for file in (first, second):
        begin_memberships(made.decided(file).decision.code, at=AT)

    bonds = Membership.objects.order_by("pk").values_list("bond", flat=True)
    assert list(bonds) == [Bond.objects.get().pk, None]


def test_the_fact_is_yes_for_a_member_no_once_left_and_else_unknown():
    call = letter_call()
    call.partner = made.partner_of(call, "leader")
    call.save()
    file = made.sent(call)
    asked = Question(file.organisation_id)

    assert tell("membership.active", asked) == UNKNOWN
    begin_memberships(made.decided(file).decision.code, at=AT)
    told = tell("membership.active", asked)
    assert (told.value, told.at) == (True, AT)
    assert tell("membership.active", Question(file.organisation_id, call.code)).value is True
    assert tell("membership.active", Question(file.organisation_id, "other")) == UNKNOWN
    end_bond(file.organisation, call.partner.organisation, until=AT.date() + timedelta(9), at=AT)
    assert tell("membership.active", asked).value is False


def taken_in():
    call = letter_call()
    call.partner = made.partner_of(call, "leader")
    call.save()
    file = made.sent(call)
    return call, file


def decide(call, file):
    propose_single_decision(file.pk, group=Group.AWARDED, by=made.officer_of(call), at=AT)
    hear_all(at=AT)


def test_membership_and_bond_end_with_the_award():
    call, file = taken_in()
    decide(call, file)

    withdraw_application(file.pk, why="We left.", by=file.started_by, at=AT)
    hear_all(at=AT)

    membership = Membership.objects.get()
    assert (membership.ended_at, membership.bond.until) == (AT, AT.date())
    told = tell("membership.active", Question(file.organisation_id))
    assert told.value is False
    assert Entry.objects.filter(verb="membership.ended", subject=file.code).count() == 1


def test_a_bond_that_stood_before_is_left_alone():
    call, file = taken_in()
    bond = Bond.objects.create(
        member=file.organisation,
        cluster=call.partner.organisation,
        since=AT.date(),
        evidence="statutes",
    )
    decide(call, file)

    withdraw_application(file.pk, why="We left.", by=file.started_by, at=AT)
    hear_all(at=AT)

    bond.refresh_from_db()
    assert (bond.until, Membership.objects.get().ended_at) == (None, AT)


def test_nobody_ends_what_never_began():
    assert end_membership("no-decision", application="nothing", at=AT) is None
