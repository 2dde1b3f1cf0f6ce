"""Races over files of experts, rankings, decisions, redress, and what became of awards."""

from datetime import timedelta

from django.core.files.base import ContentFile

from fondaco.applications.services.sending import withdraw_application
from fondaco.evaluation.models import Assignment, Decision, Outcome, PanelSeat, Redress
from fondaco.evaluation.services.assignments import assign_evaluator, reopen_assignment
from fondaco.evaluation.services.decisions import (
    approve_decision,
    propose_decision,
    propose_single_decision,
    renounce_outcome,
)
from fondaco.evaluation.services.marks import Typed, lock_assignment, save_marks
from fondaco.evaluation.services.panel import unseat_evaluator
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.services.redress import answer_redress, ask_for_redress, withdraw_redress
from fondaco.evaluation.states import DecisionState, Group, RedressAction
from fondaco.exchanges.services import accept_profiles, close_profile
from fondaco.membership.services import begin_memberships, end_membership
from fondaco.training.models import Place
from fondaco.training.services import complete_place, free_place
from tests.factories import evaluation as made
from tests.factories.directory import AT
from tests.factories.documents import PDF
from tests.factories.exchanges import exchange_call
from tests.factories.membership import letter_call
from tests.factories.training import course, place
from tests.locks.race import Scene, race, told

CALL = "calls.locked_call"
FILE = "evaluation.locked_assignment"
APPLICATION = "applications.locked_application"
APPLICATIONS = "evaluation.locked_applications"
AWARD = "evaluation.locked_made_by"


def proposed():
    """A proposed decision on three files that two deciders must say yes to."""
    call = made.graded_call()
    person = made.evaluator_on(call)
    for number, mark in enumerate((48, 45, 40)):
        file = made.sent(call, submitted_at=AT + timedelta(number))
        made.locked(file, person, relevance=mark, quality=mark)
    officer = made.officer_of(call)
    make_ranking(call.pk, by=officer, at=AT)
    return call, propose_decision(call.pk, by=officer, at=AT)


@race(
    "evaluation.locked_decision",
    held=("", "", (DecisionState.CONFIRMED, 1, 3)),
    broken=("", "", (DecisionState.PROPOSED, 0, 0)),
)
def two_deciders_who_say_yes_at_once_confirm_once():
    call, decision = proposed()
    one, two = made.decider_of(call), made.decider_of(call)

    def stands():
        final = Outcome.objects.filter(is_final=True).count()
        return Decision.objects.get().state, told("decision.confirmed")(), final

    return Scene(
        lambda: approve_decision(decision.pk, by=one, at=AT),
        lambda: approve_decision(decision.pk, by=two, at=AT),
        stands,
    )


@race(
    APPLICATIONS,
    held=("", "withdrawn, ranking-outdated", DecisionState.PROPOSED),
    broken=("", "", DecisionState.CONFIRMED),
)
def nothing_is_decided_of_what_was_just_withdrawn():
    call, decision = proposed()
    approve_decision(decision.pk, by=made.decider_of(call), at=AT)
    other, file = made.decider_of(call), decision.outcomes.first().application
    return Scene(
        lambda: withdraw_application(file.pk, why="We merge.", by=file.started_by, at=AT),
        lambda: approve_decision(decision.pk, by=other, at=AT),
        lambda: Decision.objects.get().state,
    )


def in_work():
    """A file whose marks are all there, and its evaluator."""
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.assigned(made.sent(call), person, state="accepted")
    return call, person, made.marked(file, relevance=40, quality=30)


@race(FILE, held=("", "", ("accepted", None)), broken=("", "move-refused", ("locked", AT)))
def a_reopening_waits_for_the_lock_and_then_opens_it():
    call, person, file = in_work()
    officer = made.officer_of(call)
    return Scene(
        lambda: lock_assignment(file.pk, by=person, at=AT),
        lambda: reopen_assignment(file.pk, why="A mistake.", by=officer, at=AT),
        lambda: Assignment.objects.values_list("state", "locked_at").get(),
    )


@race(FILE, held=("", "move-refused", 30), broken=("", "", 50))
def a_mark_that_comes_while_the_file_is_locked_is_refused():
    _call, person, file = in_work()
    return Scene(
        lambda: lock_assignment(file.pk, by=person, at=AT),
        lambda: save_marks(file.pk, typed={"quality": Typed("50")}, by=person, at=AT),
        lambda: file.marks.get(criterion="quality").value,
    )


@race(FILE, held=("", "move-refused", 30), broken=("", "", 50))
def a_mark_that_comes_while_a_decision_is_proposed_is_refused():
    call = made.graded_call(experts=0, decided_by="one", support="none", total_cents=None)
    person, officer, file = made.evaluator_on(call), made.officer_of(call), made.sent(call)
    marked = made.marked(made.assigned(file, person, state="accepted"), quality=30)
    return Scene(
        lambda: propose_single_decision(file.pk, group=Group.AWARDED, by=officer, at=AT),
        lambda: save_marks(marked.pk, typed={"quality": Typed("50")}, by=person, at=AT),
        lambda: marked.marks.get(criterion="quality").value,
    )


@race(
    CALL,
    held=("", "no-place-left", 1),
    broken=("", "constraint evaluation_decision_code_key", 1),
)
def the_last_place_is_given_once():
    more = {"experts": 0, "decided_by": "one", "support": "none", "total_cents": None}
    call = made.graded_call(**more, places=1)
    officer = made.officer_of(call)
    one, two = made.sent(call), made.sent(call)
    return Scene(
        lambda: propose_single_decision(one.pk, group=Group.AWARDED, by=officer, at=AT),
        lambda: propose_single_decision(two.pk, group=Group.AWARDED, by=officer, at=AT),
        Outcome.objects.filter(is_final=True).count,
    )


@race(
    CALL,
    held=("", "proposed-already", 1),
    broken=("", "constraint evaluation_decision_code_key", 1),
)
def two_officers_propose_one_decision():
    """Without the lock the constraint says no: both count the decisions before theirs alike."""
    call = made.graded_call()
    made.locked(made.sent(call), made.evaluator_on(call), relevance=40, quality=40)
    one, two = made.officer_of(call), made.officer_of(call)
    make_ranking(call.pk, by=one, at=AT)
    return Scene(
        lambda: propose_decision(call.pk, by=one, at=AT),
        lambda: propose_decision(call.pk, by=two, at=AT),
        Decision.objects.count,
    )


@race(CALL, held=("", "", [1, 2]), broken=("", "constraint ranking_number_once", [1]))
def two_rankings_are_numbered_one_after_the_other():
    call = made.graded_call()
    made.locked(made.sent(call), made.evaluator_on(call), relevance=40, quality=40)
    officer = made.officer_of(call)

    def rank():
        make_ranking(call.pk, by=officer, at=AT)

    return Scene(rank, rank, lambda: sorted(call.rankings.values_list("number", flat=True)))


def given(call, person, officer):
    """Give another file of the call to the evaluator."""
    file = made.sent(call)
    return lambda: assign_evaluator(file.pk, person_id=person.pk, by=officer, at=AT)


@race(
    APPLICATION,
    held=("", "assigned-already", 1),
    broken=("", "constraint assignment_once_per_evaluator", 1),
    besides=(CALL,),
)
def a_file_given_twice_at_once_is_given_once():
    call = made.graded_call()
    act = given(call, made.evaluator_on(call), made.officer_of(call))
    return Scene(act, act, Assignment.objects.count)


@race(CALL, held=("", "load-full", 1), broken=("", "", 2))
def two_officers_give_an_evaluator_no_more_than_the_seat_says():
    call = made.graded_call()
    person, officer = made.evaluator_on(call, most=1), made.officer_of(call)
    one, two = (given(call, person, officer) for _number in range(2))
    return Scene(one, two, Assignment.objects.count)


@race(CALL, held=("", "not-seated", 0), broken=("", "", 1))
def nobody_is_given_a_file_who_was_just_taken_off_the_panel():
    call = made.graded_call()
    person, officer = made.evaluator_on(call), made.officer_of(call)
    return Scene(
        lambda: unseat_evaluator(call.pk, person_id=person.pk, by=officer, at=AT),
        given(call, person, officer),
        Assignment.objects.count,
    )


@race(CALL, held=("", "not-seated", 1), broken=("", "", 2))
def a_seat_is_taken_away_once():
    call = made.graded_call()
    person, officer = made.evaluator_on(call), made.officer_of(call)

    def unseat():
        unseat_evaluator(call.pk, person_id=person.pk, by=officer, at=AT)

    assert PanelSeat.objects.count() == 1
    return Scene(unseat, unseat, told("panel.unseated"))


def told_file():
    """A file whose outcome was told, in a call that takes requests for redress."""
    call = made.graded_call(redress_days=30)
    file = made.sent(call)
    return call, file, made.told(file)


@race(
    APPLICATIONS,
    held=("", "asked-already", 1),
    broken=("", "constraint evaluation_redress_code_key", 1),
)
def redress_asked_for_twice_at_once_is_asked_for_once():
    _call, file, _outcome = told_file()

    def ask():
        ask_for_redress(file.pk, text="A rule.", by=file.started_by, at=AT)

    return Scene(ask, ask, Redress.objects.count)


def answered(action):
    """A decider answers a request that waits."""
    call, file, _outcome = told_file()
    redress = ask_for_redress(file.pk, text="A rule.", by=file.started_by, at=AT)
    by = made.decider_of(call)

    def answer(how=action):
        answer_redress(redress.pk, action=how, reasons="So it is.", by=by, at=AT)

    return file, redress, answer


@race(
    "evaluation.locked_redress",
    held=("", "move-refused", ("dismissed", True)),
    broken=("", "", ("upheld", False)),
    besides=(APPLICATIONS,),
)
def two_deciders_answer_one_request_once():
    _file, redress, answer = answered(RedressAction.DISMISS)

    def stands():
        kept = Redress.objects.select_related("outcome").get(pk=redress.pk)
        return kept.state, kept.outcome.is_final

    return Scene(answer, lambda: answer(RedressAction.UPHOLD), stands)


@race(
    "evaluation.locked_redress",
    held=("", "move-refused", "upheld"),
    broken=("", "", "withdrawn"),
    besides=(APPLICATIONS,),
)
def a_request_taken_back_while_it_is_answered_stays_answered():
    file, redress, answer = answered(RedressAction.UPHOLD)
    return Scene(
        answer,
        lambda: withdraw_redress(redress.pk, by_id=file.started_by.pk, at=AT),
        lambda: Redress.objects.get().state,
    )


@race("evaluation.locked_final_outcome", held=("", "", 1), broken=("", "", 2))
def an_award_is_given_back_once():
    file = made.sent(made.graded_call())
    made.decided(file)

    def renounce():
        renounce_outcome(file.code, by_id=file.started_by.pk, at=AT)

    return Scene(renounce, renounce, told("decision.renounced"))


# What became of awards


@race(AWARD, held=("", "", 1), broken=("", "", 2))
def a_profile_is_closed_once():
    outcome = made.decided(made.sent(exchange_call()))
    code, file = outcome.decision.code, outcome.application.code
    accept_profiles(code, at=AT)

    def close():
        close_profile(code, application=file, at=AT)

    return Scene(close, close, told("profile.closed"))


@race(AWARD, held=("", "", 1), broken=("", "", 2))
def a_membership_ends_once():
    outcome = made.decided(made.sent(letter_call()))
    code, file = outcome.decision.code, outcome.application.code
    begin_memberships(code, at=AT)

    def end():
        end_membership(code, application=file, at=AT)

    return Scene(end, end, told("membership.ended"))


def completing(kept):
    """An officer marks the place as completed."""
    by, day = made.person_of(), AT.date() - timedelta(3)
    more = {"completed_on": day, "name": "proof.pdf", "zone": "Europe/Brussels", "by": by, "at": AT}
    return lambda: complete_place(kept.pk, proof=ContentFile(PDF, "proof.pdf"), **more)


@race(AWARD, held=("", "", (True, None)), broken=("", "", (True, AT)))
def a_place_that_was_just_completed_is_not_given_back():
    kept = place(course())
    code, file = kept.outcome.decision.code, kept.outcome.application.code

    def stands():
        found = Place.objects.get()
        return found.completed_on is not None, found.freed_at

    return Scene(completing(kept), lambda: free_place(code, application=file, at=AT), stands)


@race("training.locked_place", held=("", "marked-already", 1), broken=("", "", 2))
def a_place_is_completed_once():
    complete = completing(place(course()))
    return Scene(complete, complete, told("place.completed"))
