"""What is written: the row, the entry in the trail, and nothing on refusal."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from fondaco.applications.states import State, Verdict
from fondaco.evaluation.models import Assignment, Mark, PanelSeat
from fondaco.evaluation.reactions import release_evaluators
from fondaco.evaluation.rules.marks import Fault
from fondaco.evaluation.selectors.outcomes import reasons_not_eligible
from fondaco.evaluation.services.assignments import (
    accept_assignment,
    assign_evaluator,
    declare_conflict,
    release,
    reopen_assignment,
    spread_files,
)
from fondaco.evaluation.services.erasure import erase_person
from fondaco.evaluation.services.marks import Typed, lock_assignment, save_marks
from fondaco.evaluation.services.panel import seat_evaluator, unseat_evaluator
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.states import AssignmentState
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused
from fondaco.kernel.told import everything_about
from fondaco.programmes.states import RoleKind
from fondaco.trail.models import Entry
from fondaco.trail.services import record
from tests.factories import evaluation as made
from tests.factories.applications import FindingFactory
from tests.factories.directory import AT, BondFactory, PostFactory

pytestmark = pytest.mark.django_db
ALL = {"relevance": Typed("40", "Good."), "quality": Typed("30", "")}


def verbs(subject=None):
    entries = Entry.objects.order_by("pk")
    return [one.verb for one in (entries.filter(subject=subject) if subject else entries)]


def refused(act, *args, **kwargs):
    """The reasons of a refusal, after which nothing has changed."""
    before = (Entry.objects.count(), list(Assignment.objects.order_by("pk").values()))
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert (Entry.objects.count(), list(Assignment.objects.order_by("pk").values())) == before
    return refusal.value.reasons


def test_only_an_evaluator_of_the_programme_is_seated():
    call = made.graded_call()
    officer, stranger = made.officer_of(call), made.person_of()

    reasons = refused(seat_evaluator, call.pk, person_id=stranger.pk, by=officer, at=AT)

    assert (reasons, PanelSeat.objects.count()) == (("not-an-evaluator",), 0)


def test_a_seat_keeps_limit_and_ties_and_is_taken_again():
    call = made.graded_call()
    officer = made.officer_of(call)
    person = made.with_role(call.programme, RoleKind.EVALUATOR)
    tied = made.sent(call).organisation

    seat_evaluator(call.pk, person_id=person.pk, tied_to=[tied.pk], most=3, by=officer, at=AT)
    unseat_evaluator(call.pk, person_id=person.pk, by=officer, at=AT)
    seat = seat_evaluator(call.pk, person_id=person.pk, by=officer, at=AT)

    assert (seat.until, seat.most, list(seat.tied_to.all())) == (None, None, [])
    assert verbs(f"panel-{call.code}") == ["panel.seated", "panel.unseated", "panel.seated"]


def test_leaving_the_panel_gives_open_files_back_and_keeps_locked_ones():
    call = made.graded_call()
    officer, person = made.officer_of(call), made.evaluator_on(call)
    open_file = made.assigned(made.sent(call), person)
    kept = made.locked(made.sent(call), person, relevance=30, quality=30)

    left = unseat_evaluator(call.pk, person_id=person.pk, by=officer, at=AT)

    open_file.refresh_from_db()
    kept.refresh_from_db()
    assert (left, open_file.state, kept.state) == (
        1,
        AssignmentState.RELEASED,
        AssignmentState.LOCKED,
    )
    assert refused(unseat_evaluator, call.pk, person_id=person.pk, by=officer, at=AT) == (
        "not-seated",
    )


def test_a_file_is_given_with_its_day():
    call = made.graded_call()
    officer, person, file = made.officer_of(call), made.evaluator_on(call), made.sent(call)

    given = assign_evaluator(
        file.pk, person_id=person.pk, due_on=date(2026, 12, 1), by=officer, at=AT
    )

    assert (given.state, given.due_on, given.assigned_at) == ("assigned", date(2026, 12, 1), AT)
    [entry] = Entry.objects.filter(verb="assignment.made")
    assert entry.subject == f"evaluation-{file.code}"
    assert entry.data == {"evaluator": person.pk, "due_on": "2026-12-01"}


def test_a_file_is_not_given_to_somebody_tied_full_or_not_seated():
    call = made.graded_call()
    officer = made.officer_of(call)
    file = made.sent(call, state=State.SUBMITTED)
    full = made.evaluator_on(call, most=1)
    made.assigned(made.sent(call), full)
    PostFactory(person=full, organisation=file.organisation)
    unseated = made.with_role(call.programme, RoleKind.EVALUATOR)

    assert refused(assign_evaluator, file.pk, person_id=full.pk, by=officer, at=AT) == (
        "not-eligible",
        "load-full",
        "works-for",
    )
    assert refused(assign_evaluator, file.pk, person_id=unseated.pk, by=officer, at=AT) == (
        "not-seated",
        "not-eligible",
    )


@pytest.mark.parametrize(
    ("state", "reason"),
    [("assigned", "assigned-already"), ("conflicted", "declared"), ("locked", "assigned-already")],
)
def test_a_file_is_given_once(state, reason):
    call = made.graded_call()
    officer, person, file = made.officer_of(call), made.evaluator_on(call), made.sent(call)
    made.assigned(file, person, state=state)

    assert refused(assign_evaluator, file.pk, person_id=person.pk, by=officer, at=AT) == (reason,)


def test_a_file_taken_back_can_be_given_again():
    call = made.graded_call()
    officer, person, file = made.officer_of(call), made.evaluator_on(call), made.sent(call)
    kept = made.assigned(file, person)
    release(kept.pk, by_id=officer.pk, at=AT)

    again = assign_evaluator(file.pk, person_id=person.pk, by=officer, at=AT)

    assert (again.pk, again.state) == (kept.pk, AssignmentState.ASSIGNED)


def test_the_spread_gives_every_file_its_evaluators_around_ties():
    call = made.graded_call(experts=2)
    officer = made.officer_of(call)
    people = [made.evaluator_on(call) for _ in range(3)]
    files = [made.sent(call) for _ in range(3)]
    BondFactory(
        member=files[0].organisation,
        cluster=PostFactory(person=people[0]).organisation,
    )

    plan = spread_files(call.pk, by=officer, at=AT)

    loads = [person.assignments.count() for person in people]
    assert (sorted(loads), plan.unplaced, len(plan.pairs)) == ([2, 2, 2], (), 6)
    assert not files[0].assignments.filter(evaluator=people[0]).exists()


def test_the_file_opens_after_the_declaration_only():
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.assigned(made.sent(call), person)

    accept_assignment(file.pk, by=person, at=AT)

    file.refresh_from_db()
    assert (file.state, verbs()) == (AssignmentState.ACCEPTED, ["assignment.accepted"])


def test_a_known_tie_keeps_the_file_closed_whatever_is_declared():
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.assigned(made.sent(call), person)
    PostFactory(person=person, organisation=file.application.organisation)

    assert refused(accept_assignment, file.pk, by=person, at=AT) == ("works-for",)


def test_a_conflict_gives_the_file_back_with_its_reason():
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.assigned(made.sent(call), person)

    declare_conflict(file.pk, why=" My brother. ", by=person, at=AT)

    file.refresh_from_db()
    assert (file.state, file.conflict_why) == (AssignmentState.CONFLICTED, "My brother.")
    assert "brother" not in str(Entry.objects.get().data)
    assert refused(declare_conflict, file.pk, why=" ", by=person, at=AT) == ("reason-needed",)


def test_marks_are_kept_as_often_as_they_change():
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.assigned(made.sent(call), person, state="accepted")

    save_marks(file.pk, typed={"relevance": Typed("10", "a")}, by=person, at=AT)
    faults = save_marks(
        file.pk,
        typed={"relevance": Typed("12", None), "quality": Typed("99"), "nothing": Typed("1")},
        comment="In all fine.",
        by=person,
        at=AT,
    )

    kept = list(Mark.objects.values_list("criterion", "value", "comment"))
    file.refresh_from_db()
    assert kept == [("relevance", Decimal(12), "a")]
    assert (faults, file.comment) == ({"quality": Fault.ABOVE_MOST}, "In all fine.")
    assert verbs() == []


def test_a_comment_too_long_is_told_and_never_cut():
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.assigned(made.sent(call), person, state="accepted")
    fits, long = "x" * 4000, "x" * 4001
    save_marks(file.pk, typed={"relevance": Typed("1", fits)}, comment=fits, by=person, at=AT)

    faults = save_marks(
        file.pk, typed={"relevance": Typed("2", long)}, comment=long, by=person, at=AT
    )

    kept = Mark.objects.get()
    file.refresh_from_db()
    assert faults == {"relevance": Fault.COMMENT_TOO_LONG, "": Fault.COMMENT_TOO_LONG}
    assert (kept.value, kept.comment, file.comment) == (Decimal(2), fits, fits)


def test_what_is_no_number_is_told_and_an_empty_mark_is_taken_away():
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.marked(made.assigned(made.sent(call), person, state="accepted"), relevance=10)

    faults = save_marks(
        file.pk, typed={"relevance": Typed(""), "quality": Typed("good")}, by=person, at=AT
    )

    assert faults == {"quality": Fault.NOT_A_NUMBER}
    assert list(Mark.objects.values_list("criterion", "value")) == [("relevance", None)]


@pytest.mark.parametrize("state", ["assigned", "conflicted", "locked", "released"])
def test_marks_are_kept_only_while_the_file_is_in_work(state):
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.assigned(made.sent(call), person, state=state)

    with pytest.raises(MoveRefused):
        save_marks(file.pk, typed=ALL, by=person, at=AT)

    assert Mark.objects.count() == 0


def test_nobody_marks_or_locks_the_file_of_another():
    call = made.graded_call()
    person, other = made.evaluator_on(call), made.evaluator_on(call)
    file = made.assigned(made.sent(call), person, state="accepted")

    with pytest.raises(MoveRefused):
        save_marks(file.pk, typed=ALL, by=other, at=AT)
    with pytest.raises(MoveRefused):
        lock_assignment(file.pk, by=other, at=AT)


def test_locking_needs_every_mark():
    call = made.graded_call()
    person = made.evaluator_on(call)
    file = made.marked(made.assigned(made.sent(call), person, state="accepted"), relevance=20)

    reasons = refused(lock_assignment, file.pk, by=person, at=AT)

    assert reasons == ("comment-needed:relevance", "missing:quality")


def test_locked_marks_are_reopened_with_a_reason_until_a_decision_is_proposed():
    call = made.graded_call()
    officer, person = made.officer_of(call), made.evaluator_on(call)
    file = made.assigned(made.sent(call), person, state="accepted")
    save_marks(file.pk, typed=ALL, by=person, at=AT)

    lock_assignment(file.pk, by=person, at=AT)
    assert refused(reopen_assignment, file.pk, why="", by=officer, at=AT) == ("reason-needed",)
    reopen_assignment(file.pk, why="Wrong file.", by=officer, at=AT)
    lock_assignment(file.pk, by=person, at=AT)
    made.decided(file.application)

    reasons = refused(reopen_assignment, file.pk, why="Again.", by=officer, at=AT)
    assert reasons == ("decided-already",)
    assert verbs() == ["assignment.locked", "assignment.reopened", "assignment.locked"]


def test_a_withdrawal_takes_open_files_back():
    call = made.graded_call()
    file = made.sent(call)
    open_file = made.assigned(file, made.evaluator_on(call), state="accepted")
    kept = made.locked(file, made.evaluator_on(call), relevance=30, quality=30)

    release_evaluators(record("application.withdrawn", subject=file.code, by_id=None, at=AT))

    states = Assignment.objects.order_by("pk").values_list("pk", "state")
    assert dict(states) == {open_file.pk: "released", kept.pk: "locked"}


def test_a_ranking_keeps_all_it_was_made_of():
    call = made.graded_call()
    officer, person = made.officer_of(call), made.evaluator_on(call)
    best, good, poor = (made.sent(call, submitted_at=AT + timedelta(n)) for n in range(3))
    made.locked(good, person, relevance=40, quality=40)
    made.locked(best, person, relevance=45, quality=40)
    made.locked(poor, person, relevance=20, quality=45)
    out = made.sent(call, state=State.INELIGIBLE)
    made.marked(made.assigned(out, person, state="accepted"), relevance=50, quality=50)

    ranking = make_ranking(call.pk, by=officer, at=AT)

    lines = [
        (one["code"], one["group"], one["place"], one["amount_cents"]) for one in ranking.lines
    ]
    assert lines == [
        (best.code, "awarded", 1, 40_000_00),
        (good.code, "awarded", 2, 40_000_00),
        (poor.code, "below-threshold", None, None),
        (out.code, "not-eligible", None, None),
    ]
    assert ranking.number == 1
    assert Entry.objects.get().data == {"fingerprint": ranking.fingerprint, "files": 4}


def test_marks_that_are_not_locked_do_not_exist_for_the_ranking():
    call = made.graded_call()
    officer, person = made.officer_of(call), made.evaluator_on(call)
    made.marked(made.assigned(made.sent(call), person, state="accepted"), relevance=50, quality=50)

    ranking = make_ranking(call.pk, by=officer, at=AT)

    assert [(one["group"], one["score"]) for one in ranking.lines] == [("not-assessed", None)]
    assert ranking.facts[0]["sheets"] == []


def test_a_draw_needs_its_seed_and_never_changes_it():
    call = made.graded_call(tie_breaks=["draw"])
    officer = made.officer_of(call)
    made.sent(call)

    assert refused(make_ranking, call.pk, by=officer, at=AT) == ("seed-needed",)
    make_ranking(call.pk, seed="7 11 13", by=officer, at=AT)
    assert refused(make_ranking, call.pk, seed="1 2 3", by=officer, at=AT) == ("seed-is-fixed",)
    second = make_ranking(call.pk, by=officer, at=AT)

    assert (second.number, second.terms["seed"]) == (2, "7 11 13")


def test_nothing_is_ranked_where_nothing_was_sent():
    call = made.graded_call()

    assert refused(make_ranking, call.pk, by=made.officer_of(call), at=AT) == ("nothing-to-rank",)


def test_a_person_is_told_everything_and_erased_but_for_what_decisions_rest_on():
    call = made.graded_call()
    person = made.evaluator_on(call)
    made.assigned(made.sent(call), person)
    made.locked(made.sent(call), person, relevance=30, quality=30)

    told: Any = everything_about(person.pk)["evaluation"]
    stays = erase_person(person.pk)

    assert [len(told[name]) for name in ("panels", "files", "marks", "yeses")] == [1, 2, 2, 0]
    assert stays == ["locked-marks"]
    assert (PanelSeat.objects.count(), Assignment.objects.count()) == (0, 1)


def test_redress_is_told_and_stays_with_the_decision():
    file = made.sent(made.graded_call())
    made.asked(made.told(file))

    told: Any = everything_about(file.started_by_id)["evaluation"]
    stays = erase_person(file.started_by_id)

    assert [one["text"] for one in told["redress"]] == ["A date was misread."]
    assert stays == ["redress"]


def test_findings_name_the_rules_that_are_not_met():

    file = made.sent(made.graded_call())
    FindingFactory(application=file, rule="country", verdict=Verdict.NOT_MET)
    FindingFactory(application=file, rule="size", verdict=Verdict.UNKNOWN)
    FindingFactory(
        application=file,
        rule="kind",
        verdict=Verdict.NOT_MET,
        overruled=Verdict.MET,
        overruled_why="Seen.",
    )

    assert reasons_not_eligible(file) == [{"code": "rule", "numbers": {"rule": "country"}}]
