"""Two people at the same moment, on PostgreSQL: each test is red once its lock is taken out."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from fondaco.evaluation.models import Assignment, Decision, Outcome, Redress
from fondaco.evaluation.services.assignments import assign_evaluator, reopen_assignment
from fondaco.evaluation.services.decisions import (
    approve_decision,
    propose_decision,
    propose_single_decision,
)
from fondaco.evaluation.services.marks import Typed, lock_assignment, save_marks
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.services.redress import (
    answer_redress,
    ask_for_redress,
    withdraw_redress,
)
from fondaco.evaluation.states import DecisionState, Group, RedressAction
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused
from fondaco.trail.models import Entry
from tests.factories import evaluation as made
from tests.factories.directory import AT

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]
PATIENCE = 20


def is_waiting_for_a_lock():
    """Whether anybody in this database stands before a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def overlapping(first, second):
    """Begin `second` while `first` is done but not committed; what `second` raised, if anything.

    Where `second` takes the same lock it waits for the commit; where it does not, it runs past.
    """
    raised, barrier = [], threading.Barrier(2, timeout=PATIENCE)

    def run():
        try:
            barrier.wait()
            second()
        except (Refused, MoveRefused) as refusal:
            raised.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    with transaction.atomic():
        first()
        barrier.wait()
        until = time.monotonic() + PATIENCE
        while thread.is_alive() and not is_waiting_for_a_lock() and time.monotonic() < until:
            time.sleep(0.02)
    thread.join(PATIENCE)
    assert not thread.is_alive()
    return raised[0] if raised else None


def proposed():
    call = made.graded_call()
    person = made.evaluator_on(call)
    for number, mark in enumerate((48, 45, 40)):
        file = made.sent(call, submitted_at=AT + timedelta(number))
        made.locked(file, person, relevance=mark, quality=mark)
    officer = made.officer_of(call)
    make_ranking(call.pk, by=officer, at=AT)
    return call, propose_decision(call.pk, by=officer, at=AT)


def test_two_deciders_who_say_yes_at_once_confirm_once():
    call, decision = proposed()
    one, two = made.decider_of(call), made.decider_of(call)

    raised = overlapping(
        lambda: approve_decision(decision.pk, by=one, at=AT),
        lambda: approve_decision(decision.pk, by=two, at=AT),
    )

    decision.refresh_from_db()
    assert (raised, decision.state) == (None, DecisionState.CONFIRMED)
    assert Entry.objects.filter(verb="decision.confirmed").count() == 1
    assert Outcome.objects.filter(is_final=True).count() == 3


def in_work():
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.assigned(made.sent(call), person, state="accepted")
    return call, person, made.marked(file, relevance=40, quality=30)


def test_a_reopening_waits_for_the_lock_and_then_opens_it():
    call, person, file = in_work()
    officer = made.officer_of(call)

    raised = overlapping(
        lambda: lock_assignment(file.pk, by=person, at=AT),
        lambda: reopen_assignment(file.pk, why="A mistake.", by=officer, at=AT),
    )

    file.refresh_from_db()
    assert (raised, file.state, file.locked_at) == (None, "accepted", None)


def test_a_mark_that_comes_while_the_file_is_locked_is_refused():
    _call, person, file = in_work()

    raised = overlapping(
        lambda: lock_assignment(file.pk, by=person, at=AT),
        lambda: save_marks(file.pk, typed={"quality": Typed("50")}, by=person, at=AT),
    )

    assert isinstance(raised, MoveRefused)
    assert file.marks.get(criterion="quality").value == 30


def test_the_last_place_is_given_once():
    call = made.graded_call(experts=0, decided_by="one", support="none", total_cents=None, places=1)
    officer = made.officer_of(call)
    first, second = made.sent(call), made.sent(call)

    raised = overlapping(
        lambda: propose_single_decision(first.pk, group=Group.AWARDED, by=officer, at=AT),
        lambda: propose_single_decision(second.pk, group=Group.AWARDED, by=officer, at=AT),
    )

    assert raised.reasons == ("no-place-left",)
    assert Outcome.objects.filter(is_final=True).count() == 1


def test_two_officers_propose_one_decision():
    call = made.graded_call()
    made.locked(made.sent(call), made.evaluator_on(call), relevance=40, quality=40)
    one, two = made.officer_of(call), made.officer_of(call)
    make_ranking(call.pk, by=one, at=AT)

    raised = overlapping(
        lambda: propose_decision(call.pk, by=one, at=AT),
        lambda: propose_decision(call.pk, by=two, at=AT),
    )

    assert raised.reasons == ("proposed-already",)
    assert Decision.objects.count() == 1


def test_a_file_given_twice_at_once_is_given_once():
    call = made.graded_call()
    person, file, officer = made.evaluator_on(call), made.sent(call), made.officer_of(call)

    raised = overlapping(
        lambda: assign_evaluator(file.pk, person_id=person.pk, by=officer, at=AT),
        lambda: assign_evaluator(file.pk, person_id=person.pk, by=officer, at=AT),
    )

    assert raised.reasons == ("assigned-already",)
    assert Assignment.objects.count() == 1


def told_file():
    call = made.graded_call(redress_days=30)
    file = made.sent(call)
    return call, file, made.told(file)


def test_redress_asked_for_twice_at_once_is_asked_for_once():
    _call, file, _outcome = told_file()

    def ask():
        return ask_for_redress(file.pk, text="A rule.", by=file.started_by, at=AT)

    raised = overlapping(ask, ask)

    assert raised.reasons == ("asked-already",)
    assert Redress.objects.count() == 1


def test_two_deciders_answer_one_request_once():
    call, file, _outcome = told_file()
    redress = ask_for_redress(file.pk, text="A rule.", by=file.started_by, at=AT)
    one, two = made.decider_of(call), made.decider_of(call)

    def answer(action, by):
        return answer_redress(redress.pk, action=action, reasons="So it is.", by=by, at=AT)

    raised = overlapping(
        lambda: answer(RedressAction.DISMISS, one),
        lambda: answer(RedressAction.UPHOLD, two),
    )

    redress.refresh_from_db()
    assert isinstance(raised, MoveRefused)
    assert (redress.state, redress.answered_by) == ("dismissed", one)
    assert Outcome.objects.get().is_final


def test_a_request_taken_back_while_it_is_answered_stays_answered():
    call, file, _outcome = told_file()
    redress = ask_for_redress(file.pk, text="A rule.", by=file.started_by, at=AT)
    told = {"action": RedressAction.UPHOLD, "reasons": "Yes.", "by": made.decider_of(call)}

    raised = overlapping(
        lambda: answer_redress(redress.pk, **told, at=AT),
        lambda: withdraw_redress(redress.pk, by_id=file.started_by.pk, at=AT),
    )

    assert isinstance(raised, MoveRefused)
    assert Redress.objects.get().state == "upheld"
