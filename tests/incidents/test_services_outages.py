"""Proposing what an outage gives back, confirming and declining it."""

from datetime import timedelta

import pytest
import time_machine

from fondaco.calls.selectors import deadline_of
from fondaco.calls.services import extend_call
from fondaco.incidents import selectors
from fondaco.incidents.models import Minute, Proposal
from fondaco.incidents.rules.claims import Reason
from fondaco.incidents.rules.minutes import Seen, Status
from fondaco.incidents.services import outages as services
from fondaco.incidents.states import State
from fondaco.kernel.decisions import Refused
from fondaco.mail.models import Letter
from fondaco.programmes.models import Programme
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from tests.factories.applications import ApplicationFactory, colleague_of, officer_of
from tests.factories.directory import AT, PersonFactory
from tests.factories.incidents import call_closing, keep_log

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def of(call):
    """The programme of a call, as a query."""
    return Programme.objects.filter(pk=call.programme_id)


def outage(minutes=90, **more):
    """A call that closed at AT, and the log of a day with an outage up to its deadline."""
    call = call_closing(**more)
    keep_log(AT - 24 * HOUR, AT + HOUR, (AT - timedelta(minutes=minutes), minutes))
    return call


def test_minutes_are_taken_in_once():
    seen = [Seen(AT, web=True, database=True, spool=True, milliseconds=5, free=9, why="x" * 300)]

    services.take_in_minutes(seen)
    services.take_in_minutes(seen)

    kept = Minute.objects.get()
    assert (kept.at, kept.status, kept.milliseconds, kept.free) == (AT, Status.UP, 5, 9)
    assert (str(kept).endswith(" up"), len(kept.why)) == (True, 200)
    assert services.forget_minutes(before=AT) == 0
    assert services.forget_minutes(before=AT + HOUR) == 1


def test_an_outage_is_proposed_to_be_given_back():
    call = outage(90)

    proposal = services.propose_extension(call.pk, at=AT + HOUR)

    assert (proposal.lost, proposal.unknown, proposal.state) == (90, 0, State.WAITING)
    assert (proposal.before, proposal.closes_at) == (AT, AT + 5 * HOUR)
    assert str(proposal) == f"{call.code}-outage-1"
    entry = Entry.objects.get(verb="outage.extension-proposed")
    assert (entry.subject, entry.data["lost"]) == (call.code, 90)
    assert [row.code for row in selectors.waiting_proposals(of(call))] == [proposal.code]


def test_nothing_is_proposed_without_a_loss_a_deadline_or_a_log():
    quiet, endless = call_closing(), call_closing()
    type(endless).objects.filter(pk=endless.pk).update(closes_at=None)

    assert services.propose_extension(quiet.pk, at=AT + HOUR) is None
    keep_log(AT - 24 * HOUR, AT + HOUR)
    assert services.propose_extension(quiet.pk, at=AT + HOUR) is None
    assert services.propose_extension(endless.pk, at=AT + HOUR) is None


def test_an_outage_that_goes_on_is_not_proposed_yet():
    call = call_closing(1)
    keep_log(AT - 24 * HOUR, AT, (AT - HOUR, 60))

    assert services.propose_extension(call.pk, at=AT + timedelta(minutes=1)) is None


def test_a_proposal_grows_with_the_loss_and_a_second_look_changes_nothing():
    call = call_closing(2)
    keep_log(AT - 24 * HOUR, AT, (AT - 5 * HOUR, 61))
    first = services.propose_extension(call.pk, at=AT)
    assert services.propose_extension(call.pk, at=AT) == first
    keep_log(AT, AT + HOUR, (AT + timedelta(minutes=5), 10))

    again = services.propose_extension(call.pk, at=AT + HOUR)

    assert (again.pk, again.lost, Proposal.objects.count()) == (first.pk, 71, 1)
    assert Entry.objects.filter(verb="outage.extension-proposed").count() == 2


def test_declined_it_comes_back_only_when_more_was_lost():
    call = call_closing(2)
    officer = officer_of(call.programme)
    keep_log(AT - 24 * HOUR, AT, (AT - 5 * HOUR, 61))
    proposal = services.propose_extension(call.pk, at=AT)
    with pytest.raises(Refused, match=Reason.WHY_NEEDED):
        services.decline_extension(proposal.pk, why=" ", by=officer, at=AT)

    declined = services.decline_extension(proposal.pk, why="At night.", by=officer, at=AT)

    assert (declined.state, declined.why, declined.answered_by) == (
        State.REFUSED, "At night.", officer,
    )  # fmt: skip
    assert services.propose_extension(call.pk, at=AT).state == State.REFUSED
    keep_log(AT, AT + HOUR, (AT, 20))
    assert services.propose_extension(call.pk, at=AT + HOUR).state == State.WAITING


@time_machine.travel(AT + 2 * HOUR, tick=False)
def test_confirmed_the_deadline_moves_and_everybody_concerned_is_told():
    call = outage(90)
    draft = ApplicationFactory(call=call)
    sent = ApplicationFactory(call=call, sent=True)
    gone = ApplicationFactory(call=call, state="withdrawn")
    people = [colleague_of(one.organisation) for one in (draft, sent, gone)]
    for application, person in zip((draft, sent, gone), people, strict=True):
        application.started_by = person
        application.save()
    proposal = services.propose_extension(call.pk, at=AT + HOUR)
    officer = officer_of(call.programme)

    act = services.confirm_extension(proposal.pk, by=officer, at=AT + 2 * HOUR)
    hear_all(at=AT)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.answered_by) == (State.GRANTED, officer)
    assert act.closes_at == proposal.closes_at == deadline_of(call) == AT + 6 * HOUR
    assert set(act.reason) == {"en"}
    assert "for 90 minutes before the deadline" in act.reason["en"]
    letters = Letter.objects.filter(occasion="deadline-moved").order_by("pk")
    assert {letter.to for letter in letters} == set(people[:2])
    assert all(act.reason["en"].split(",")[0] in letter.body for letter in letters)
    assert all(letter.released_at is not None for letter in letters)
    hear_all(at=AT)
    assert letters.count() == 2


def test_it_is_answered_once_and_never_after_the_deadline_moved_otherwise():
    call = outage(90)
    officer = officer_of(call.programme)
    proposal = services.propose_extension(call.pk, at=AT + HOUR)
    extend_call(call.pk, closes_at=AT + 9 * HOUR, reason={"en": "So."}, by=officer, at=AT + HOUR)

    with pytest.raises(Refused, match=Reason.ANSWERED):
        services.confirm_extension(proposal.pk, by=officer, at=AT + 2 * HOUR)

    proposal.refresh_from_db()
    assert proposal.state == State.WAITING
    assert selectors.waiting_proposals(of(call)) == []


def test_what_was_given_back_is_not_given_back_twice():
    call = outage(90)
    officer = officer_of(call.programme)
    proposal = services.propose_extension(call.pk, at=AT + HOUR)
    services.confirm_extension(proposal.pk, by=officer, at=AT + HOUR)
    with pytest.raises(Refused, match=Reason.ANSWERED):
        services.confirm_extension(proposal.pk, by=officer, at=AT + HOUR)
    keep_log(AT + HOUR, AT + 2 * HOUR)

    assert services.propose_extension(call.pk, at=AT + 2 * HOUR) is None


def test_nobody_is_written_to_about_an_old_extension():
    call = call_closing(24)
    application = ApplicationFactory(call=call, started_by=PersonFactory())
    colleague_of(application.organisation)
    officer = officer_of(call.programme)
    extend_call(call.pk, closes_at=AT + 99 * HOUR, reason={"en": "So."}, by=officer, at=AT)

    with time_machine.travel(AT + timedelta(days=9)):
        hear_all(at=AT)

    assert not Letter.objects.filter(occasion="deadline-moved").exists()


def test_a_rule_of_the_programme_takes_the_place_of_the_house_s():
    call = outage(90)
    call.programme.outage_rule = {
        "threshold": [{"within_minutes": 60, "over_minutes": 600}], "rounds_to_minutes": None,
    }  # fmt: skip
    call.programme.save()

    terms = selectors.terms_of(call.programme)

    assert [one.over for one in terms.thresholds] == [600]
    assert terms.rounds_to == 60
    assert services.propose_extension(call.pk, at=AT + HOUR) is None


def test_only_calls_whose_deadline_is_near_are_watched():
    near, far = call_closing(), call_closing(24 * 30)

    assert selectors.calls_to_watch(AT + HOUR) == [near]
    assert far not in selectors.calls_to_watch(AT)
