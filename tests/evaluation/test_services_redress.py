"""Asking for redress, taking it back, answering it, and what follows from each."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fondaco.applications.services.sending import withdraw_application
from fondaco.applications.states import State
from fondaco.evaluation.models import Outcome, Redress
from fondaco.evaluation.selectors import decisions as kept
from fondaco.evaluation.selectors.outcomes import groups_told, outcome_told, told_under
from fondaco.evaluation.selectors.redress import redress_desk, waiting_redress, who_may_answer
from fondaco.evaluation.services.assignments import reopen_assignment
from fondaco.evaluation.services.decisions import approve_decision, propose_single_decision
from fondaco.evaluation.services.redress import (
    answer_redress,
    ask_for_redress,
    withdraw_redress,
)
from fondaco.evaluation.states import Group, RedressAction, RedressState
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused
from fondaco.mail.models import Letter
from fondaco.mail.services import release_letters
from fondaco.mail.states import Occasion
from fondaco.mail.states import State as LetterState
from fondaco.programmes.models import Programme
from fondaco.programmes.states import RoleKind
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from tests.factories import evaluation as made
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db
GROUNDS = [{"code": "fact", "label": {"en": "A fact was misread", "fr": "Un fait mal lu"}}]
UPHOLD, DISMISS = RedressAction.UPHOLD, RedressAction.DISMISS
INADMISSIBLE = RedressAction.FIND_INADMISSIBLE


def refused(act, *args, **kwargs):
    """Every reason of a refusal, after which nothing is open."""
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(*args, **kwargs)
    return refusal.value.reasons


def call_with_redress(**more):
    given = {"redress_days": 30, "redress_answer_days": 60, "redress_grounds": GROUNDS}
    return made.graded_call(**given | more)


def told_file(group=Group.NOT_FUNDED, **more):
    """An application whose applicant was told the outcome on the day `AT`."""
    call = call_with_redress(**more)
    file = made.sent(call)
    return call, file, made.told(file, group)


def asking(file, *, ground="fact", text="A date was misread.", days=0):
    return ask_for_redress(
        file.pk, ground=ground, text=text, by=file.started_by, at=AT + timedelta(days=days)
    )


def test_a_request_has_a_number_a_day_and_an_acknowledgement():
    call, file, outcome = told_file()
    made.templates_for(call.programme)

    redress = asking(file, days=2)
    hear_all(at=AT)

    assert (redress.code, redress.outcome, redress.is_late) == (
        f"{file.code}-redress-1",
        outcome,
        False,
    )
    assert redress.answer_by == (AT + timedelta(days=62)).date()
    letter = Letter.objects.get(occasion=Occasion.REDRESS_RECEIVED)
    assert (letter.to, letter.state, letter.subject_code) == (
        file.started_by,
        LetterState.RELEASED,
        redress.code,
    )
    entry = Entry.objects.get(verb="redress.asked")
    assert (entry.subject, entry.data["ground"], entry.data["terms"]["days"]) == (
        file.code,
        "fact",
        30,
    )


def test_the_window_counts_from_the_letter_and_lateness_is_written_down():
    _call, file, _outcome = told_file(redress_days=5)
    Letter.objects.update(released_at=AT + timedelta(days=3))

    assert redress_desk(file).window.last == (AT + timedelta(days=8)).date()
    assert asking(file, days=9).is_late


def test_of_two_letters_the_later_one_counts():
    call, file, _outcome = told_file(redress_days=5)
    made.ReleasedLetterFactory(
        programme=call.programme,
        call=call.code,
        subject_code=file.code,
        occasion=Occasion.NOT_AWARDED_BUDGET,
        released_at=AT + timedelta(days=2),
    )

    assert redress_desk(file).window.last == (AT + timedelta(days=7)).date()


def test_that_a_file_is_not_eligible_is_told_before_but_counts_from_the_decision():
    _call, file, outcome = told_file(Group.NOT_ELIGIBLE, redress_days=5)
    outcome.decision.confirmed_at = AT + timedelta(days=20)
    outcome.decision.save()

    assert redress_desk(file).window.last == (AT + timedelta(days=25)).date()


def test_what_speaks_against_a_request_is_all_said_and_nothing_is_kept():
    call = call_with_redress()
    untold = made.sent(call)
    made.decided(untold, Group.NOT_FUNDED)
    _call, file, _outcome = told_file()
    asking(file)

    assert refused(asking, untold, ground="") == ("not-told", "ground-needed")
    assert refused(asking, file) == ("asked-already",)
    assert Redress.objects.count() == 1


def test_a_call_without_redress_has_none():
    _call, file, _outcome = told_file(redress_days=None)

    assert refused(asking, file) == ("no-window",)
    assert redress_desk(file).window is None


def test_a_withdrawn_application_asks_for_nothing():
    _call, file, _outcome = told_file()
    file.state = State.WITHDRAWN
    file.save()

    assert refused(asking, file) == ("withdrawn",)
    assert redress_desk(file).window is None


def test_a_request_is_taken_back_once_and_not_made_again():
    _call, file, outcome = told_file()
    redress = asking(file)

    withdraw_redress(redress.pk, by_id=file.started_by.pk, at=AT)

    redress.refresh_from_db()
    assert (redress.state, redress.closed_at) == (RedressState.WITHDRAWN, AT)
    assert Outcome.objects.get(pk=outcome.pk).is_final
    assert refused(asking, file) == ("asked-already",)
    with pytest.raises(MoveRefused):
        withdraw_redress(redress.pk, by_id=file.started_by.pk, at=AT)
    assert Entry.objects.filter(verb="redress.withdrawn", subject=file.code).count() == 1


def test_withdrawing_the_application_closes_the_request():
    _call, file, _outcome = told_file()
    redress = asking(file)

    withdraw_application(file.pk, why="Sold.", by=file.started_by, at=AT)
    hear_all(at=AT)

    redress.refresh_from_db()
    assert redress.state == RedressState.WITHDRAWN


@pytest.mark.parametrize(
    ("action", "state", "occasion"),
    [
        (INADMISSIBLE, RedressState.INADMISSIBLE, Occasion.REDRESS_INADMISSIBLE),
        (DISMISS, RedressState.DISMISSED, Occasion.REDRESS_DISMISSED),
    ],
)
def test_a_no_leaves_the_decision_and_waits_as_a_letter(action, state, occasion):
    call, file, outcome = told_file()
    made.templates_for(call.programme)
    redress, decider = asking(file), made.decider_of(call)

    answer_redress(redress.pk, action=action, reasons="The rule was kept.", by=decider, at=AT)
    hear_all(at=AT)

    redress.refresh_from_db()
    assert (redress.state, redress.answered_by, redress.closed_at) == (state, decider, AT)
    assert Outcome.objects.get(pk=outcome.pk).is_final
    letter = Letter.objects.get(occasion=occasion)
    assert (letter.state, "The rule was kept" in letter.body) == (LetterState.WRITTEN, True)
    assert not redress_desk(file).is_answer_told
    release_letters([letter.pk], by=decider, at=AT)
    assert redress_desk(file).is_answer_told


def test_the_letter_speaks_the_language_of_the_applicant():
    call, file, _outcome = told_file()
    file.started_by.language = "fr"
    file.started_by.save()
    template = {
        "occasion": Occasion.REDRESS_DISMISSED,
        "language": "fr",
        "subject": "{{ redress }}",
    }
    call.programme.letter_templates.create(body="{{ ground }} : {{ reasons }}", **template)
    redress = asking(file)

    answer_redress(redress.pk, action=DISMISS, reasons="Non.", by=made.decider_of(call), at=AT)
    hear_all(at=AT)

    letter = Letter.objects.get(occasion=Occasion.REDRESS_DISMISSED)
    assert (letter.language, letter.body, letter.subject) == (
        "fr",
        "Un fait mal lu : Non.",
        redress.code,
    )


def test_late_it_can_only_be_found_not_admissible():
    call, file, _outcome = told_file(redress_days=5)
    redress, decider = asking(file, days=6), made.decider_of(call)

    for action in (UPHOLD, DISMISS):
        told = refused(answer_redress, redress.pk, action=action, reasons="Y", by=decider, at=AT)
        assert told == ("is-late",)
    answer_redress(redress.pk, action=INADMISSIBLE, reasons="Too late.", by=decider, at=AT)

    assert Redress.objects.get().state == RedressState.INADMISSIBLE


def test_nobody_answers_about_their_own_decision_nor_whose_role_comes_from_them():
    call, file, outcome = told_file()
    redress, took = asking(file), made.decider_of(call)
    outcome.decision.approvals.create(person=took, at=AT)
    puppet = made.with_role(call.programme, RoleKind.OFFICER, given_by=took)
    of_puppet = made.with_role(call.programme, RoleKind.DECIDER, given_by=puppet)
    other = made.decider_of(call)

    def told(by):
        return refused(answer_redress, redress.pk, action=DISMISS, reasons="No.", by=by, at=AT)

    assert told(took) == ("took-the-decision",)
    assert told(made.officer_of(call)) == ("not-a-decider",)
    assert told(of_puppet) == ("one-hand",)
    assert took not in [role.person for role in who_may_answer(redress)]
    answer_redress(redress.pk, action=DISMISS, reasons="No.", by=other, at=AT)
    assert Redress.objects.get().answered_by == other


def test_where_one_decides_whoever_decided_may_answer():
    call, file, outcome = told_file(decided_by="one")
    officer = made.officer_of(call)
    outcome.decision.approvals.create(person=officer, at=AT)

    answer_redress(asking(file).pk, action=DISMISS, reasons="No.", by=officer, at=AT)

    assert [role.person for role in who_may_answer(Redress.objects.get())] == [officer]
    assert Redress.objects.get().answered_by == officer


def test_upheld_the_file_goes_back_and_a_new_decision_carries_it():
    call, file, outcome = told_file()
    made.templates_for(call.programme)
    made.told(made.sent(call))
    expert, officer = made.evaluator_on(call), made.officer_of(call)
    marked = made.locked(file, expert, relevance=20, quality=40)
    redress = asking(file)

    answer_redress(redress.pk, action=UPHOLD, reasons="Misread.", by=made.decider_of(call), at=AT)

    outcome.refresh_from_db()
    assert (outcome.is_final, kept.is_being_decided(file.pk)) == (False, False)
    assert [(one.code, one.is_reopened) for one in kept.applications_to_decide(call)] == [
        (file.code, True)
    ]
    assert Entry.objects.get(verb="decision.reopened").data["application"] == file.code
    reopen_assignment(marked.pk, why="A fact was misread.", by=officer, at=AT)

    decision = propose_single_decision(file.pk, group=Group.AWARDED, by=officer, at=AT)
    assert not kept.applications_to_decide(call).exists()
    for _number in range(2):
        approve_decision(decision.pk, by=made.decider_of(call), at=AT)
    assert kept.final_outcome(file).group == Group.AWARDED


def test_the_old_decision_is_shown_until_the_letter_says_that_it_is_open_again():
    call, file, outcome = told_file()
    made.templates_for(call.programme)
    redress = asking(file)
    answer_redress(redress.pk, action=UPHOLD, reasons="Misread.", by=made.decider_of(call), at=AT)
    hear_all(at=AT)

    assert (outcome_told(file), groups_told([file])) == (outcome, {file.pk: Group.NOT_FUNDED})
    letter = Letter.objects.get(occasion=Occasion.REDRESS_UPHELD)
    release_letters([letter.pk], by=made.officer_of(call), at=AT)

    assert (outcome_told(file), groups_told([file])) == (None, {})
    assert redress_desk(file).redress == redress


def test_the_same_outcome_again_has_a_letter_and_a_redress_of_its_own():
    call, file, outcome = told_file(decided_by="one", experts=0)
    made.templates_for(call.programme)
    decider = made.decider_of(call)
    answer_redress(asking(file).pk, action=UPHOLD, reasons="Misread.", by=decider, at=AT)
    propose_single_decision(file.pk, group=Group.NOT_FUNDED, by=decider, at=AT)
    hear_all(at=AT)

    again = kept.final_outcome(file)
    letter = Letter.objects.get(occasion=Occasion.NOT_AWARDED_BUDGET, state=LetterState.WRITTEN)
    assert (letter.subject_code, told_under([again, outcome])) == (
        f"{file.code}.2",
        {again.pk: f"{file.code}.2", outcome.pk: file.code},
    )
    assert outcome_told(file) is None
    release_letters([letter.pk], by=decider, at=AT)
    assert outcome_told(file) == again
    assert asking(file).code == f"{file.code}-redress-2"


def test_letters_that_nobody_released_are_held_back_when_a_decision_opens_again():
    call, file, _outcome = told_file()
    waiting = made.ReleasedLetterFactory(
        programme=call.programme,
        call=call.code,
        subject_code=file.code,
        occasion=Occasion.NOT_AWARDED_BUDGET,
        state=LetterState.WRITTEN,
        released_at=None,
    )
    redress = asking(file)

    answer_redress(redress.pk, action=UPHOLD, reasons="Misread.", by=made.decider_of(call), at=AT)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.held_back) == (LetterState.DISCARDED, "decision-reopened")


def test_upholding_needs_a_decision_that_stands_and_an_application_that_runs():
    call, file, outcome = told_file()
    redress, decider = asking(file), made.decider_of(call)
    Outcome.objects.filter(pk=outcome.pk).update(is_final=False)
    file.state = State.WITHDRAWN
    file.save()

    told = refused(answer_redress, redress.pk, action=UPHOLD, reasons=" ", by=decider, at=AT)

    assert told == ("reasons-needed", "not-standing", "withdrawn")
    assert Redress.objects.get().state == RedressState.ASKED


def test_what_waits_is_in_the_order_of_its_days():
    _call, first, _outcome = told_file(redress_answer_days=None)
    _call, second, _outcome = told_file(redress_answer_days=9)
    _call, third, _outcome = told_file(redress_answer_days=3)
    for file in (first, second, third):
        asking(file)

    found = waiting_redress(Programme.objects.all())

    assert [one.outcome.application for one in found] == [third, second, first]


def test_a_decision_has_one_request_in_the_database_too():
    _call, _file, outcome = told_file()
    made.asked(outcome)

    with pytest.raises(IntegrityError), transaction.atomic():
        made.asked(outcome, code="another")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"closed_at": AT},
        {"state": "withdrawn"},
        {"state": "upheld", "closed_at": AT},
    ],
)
def test_what_a_row_may_not_say(wrong):
    _call, _file, outcome = told_file()

    with pytest.raises(IntegrityError), transaction.atomic():
        made.asked(outcome, **wrong)
