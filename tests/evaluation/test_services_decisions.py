"""Decisions: proposed, agreed, confirmed; and the letters that follow."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fondaco.applications.models import Application
from fondaco.applications.services import assessing
from fondaco.applications.services.sending import withdraw_application
from fondaco.applications.states import State
from fondaco.evaluation.models import Approval, Assignment, Decision, Outcome
from fondaco.evaluation.selectors.decisions import applications_to_decide, reserve_of
from fondaco.evaluation.selectors.outcomes import (
    feedback_for,
    money_decided,
    next_reserve,
    outcome_told,
)
from fondaco.evaluation.services.assignments import release
from fondaco.evaluation.services.decisions import (
    approve_decision,
    drop_decision,
    propose_decision,
    propose_single_decision,
)
from fondaco.evaluation.services.letters import write_letters
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.states import DecisionState, Group
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused
from fondaco.mail.models import Letter
from fondaco.mail.services import release_letters
from fondaco.programmes.states import RoleKind
from fondaco.trail.models import Entry
from fondaco.trail.services import hear_all
from tests.factories import evaluation as made
from tests.factories.directory import AT, PostFactory

pytestmark = pytest.mark.django_db


def ranked(**more):
    """A call with three marked files and money for two, and its ranking."""
    call = made.graded_call(**more)
    person = made.evaluator_on(call)
    files = [made.sent(call, submitted_at=AT + timedelta(n)) for n in range(4)]
    for file, mark in zip(files, (48, 45, 40, 26), strict=True):
        made.locked(file, person, relevance=mark, quality=mark)
    make_ranking(call.pk, by=made.officer_of(call), at=AT)
    return call, files


def refused(act, *args, **kwargs):
    """The reasons of a refusal, after which nothing has changed."""
    before = (Entry.objects.count(), Decision.objects.count(), Approval.objects.count())
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert (Entry.objects.count(), Decision.objects.count(), Approval.objects.count()) == before
    return refusal.value.reasons


def groups(decision):
    rows = decision.outcomes.order_by("pk").values_list("group", "place", "position", "is_final")
    return list(rows)


def test_a_decision_says_what_the_ranking_says():
    call, _files = ranked()

    decision = propose_decision(call.pk, by=made.officer_of(call), at=AT)

    assert groups(decision) == [
        ("awarded", 1, None, False),
        ("awarded", 2, None, False),
        ("reserve", 3, 1, False),
        ("below-threshold", None, None, False),
    ]
    assert (decision.state, decision.approvals.count()) == (DecisionState.PROPOSED, 0)
    below = decision.outcomes.get(group="below-threshold")
    assert [reason["code"] for reason in below.reasons] == ["total-short"]


def test_beyond_the_reserve_nobody_waits():
    call, _files = ranked()

    decision = propose_decision(call.pk, reserve=0, by=made.officer_of(call), at=AT)

    assert [group for group, *_ in groups(decision)] == [
        "awarded",
        "awarded",
        "not-funded",
        "below-threshold",
    ]


def test_an_outdated_or_missing_ranking_is_not_proposed():
    call, files = ranked()
    officer = made.officer_of(call)
    Application.objects.filter(pk=files[0].pk).update(state=State.INELIGIBLE)
    bare = made.graded_call()

    assert refused(propose_decision, call.pk, by=officer, at=AT) == ("ranking-outdated",)
    assert refused(propose_decision, bare.pk, by=made.officer_of(bare), at=AT) == ("no-ranking",)


def test_what_is_not_assessed_keeps_the_decision_back():
    call = made.graded_call()
    made.sent(call)
    officer = made.officer_of(call)
    make_ranking(call.pk, by=officer, at=AT)

    assert refused(propose_decision, call.pk, by=officer, at=AT) == ("not-assessed-left",)


def test_nothing_is_proposed_twice():
    call, _files = ranked()
    officer = made.officer_of(call)
    propose_decision(call.pk, by=officer, at=AT)

    assert refused(propose_decision, call.pk, by=officer, at=AT) == ("proposed-already",)


def test_two_different_people_confirm_and_the_call_is_decided():
    call, files = ranked()
    first, second = made.decider_of(call), made.decider_of(call)
    decision = propose_decision(call.pk, by=first, at=AT)
    assert decision.state == DecisionState.PROPOSED
    assert refused(approve_decision, decision.pk, by=first, at=AT) == ("said-already",)

    confirmed = approve_decision(decision.pk, by=second, at=AT)

    call.refresh_from_db()
    assert (confirmed.state, confirmed.confirmed_at, call.decided_at) == ("confirmed", AT, AT)
    assert set(decision.outcomes.values_list("is_final", flat=True)) == {True}
    assert list(Entry.objects.filter(subject=decision.code).values_list("verb", flat=True)) == [
        "decision.proposed",
        "decision.approved",
        "decision.approved",
        "decision.confirmed",
    ]
    assert [(one.awards, one.cents) for one in money_decided([call.programme])] == [(2, 80_000_00)]
    assert list(reserve_of(call).values_list("application_id", flat=True)) == [files[2].pk]


def test_the_proposer_counts_only_as_a_decider():
    call, _files = ranked()
    decision = propose_decision(call.pk, by=made.officer_of(call), at=AT)

    approve_decision(decision.pk, by=made.decider_of(call), at=AT)
    decision.refresh_from_db()

    assert decision.state == DecisionState.PROPOSED
    assert refused(approve_decision, decision.pk, by=made.officer_of(call), at=AT) == (
        "not-a-decider",
    )


def test_where_one_decides_the_officer_who_proposes_confirms():
    call, _files = ranked(decided_by="one")

    decision = propose_decision(call.pk, by=made.officer_of(call), at=AT)

    assert decision.state == DecisionState.CONFIRMED


def test_two_yeses_of_one_hand_are_one():
    call, _files = ranked()
    officer, by_other = made.officer_of(call), made.decider_of(call)
    by_officer = made.with_role(call.programme, RoleKind.DECIDER, given_by=officer)
    by_decider = made.with_role(call.programme, RoleKind.DECIDER, given_by=by_other)
    decision = propose_decision(call.pk, by=officer, at=AT)

    assert refused(approve_decision, decision.pk, by=by_officer, at=AT) == ("one-hand",)
    approve_decision(decision.pk, by=by_decider, at=AT)
    assert refused(approve_decision, decision.pk, by=by_other, at=AT) == ("one-hand",)


def test_a_role_that_came_through_another_officer_is_still_of_one_hand():
    call, _files = ranked()
    decider = made.decider_of(call)
    officer = made.with_role(call.programme, RoleKind.OFFICER, given_by=decider)
    puppet = made.with_role(call.programme, RoleKind.DECIDER, given_by=officer)
    officer.roles.update(until=AT)
    decision = propose_decision(call.pk, by=decider, at=AT)

    assert refused(approve_decision, decision.pk, by=puppet, at=AT) == ("one-hand",)
    independent = made.with_role(call.programme, RoleKind.DECIDER, given_by=made.officer_of(call))
    approve_decision(decision.pk, by=independent, at=AT)
    assert Decision.objects.get().state == DecisionState.CONFIRMED


def test_who_made_an_officer_that_made_them_a_decider_has_no_voice():
    call, _files = ranked()
    officer = made.officer_of(call)
    other = made.with_role(call.programme, RoleKind.OFFICER, given_by=officer)
    officer.roles.create(programme=call.programme, kind=RoleKind.DECIDER, since=AT, given_by=other)
    decision = propose_decision(call.pk, by=made.officer_of(call), at=AT)

    assert refused(approve_decision, decision.pk, by=officer, at=AT) == ("one-hand",)


def test_in_another_programme_a_role_says_nothing():
    call, _files = ranked()
    one, two = made.decider_of(call), made.decider_of(call)
    two.roles.create(
        programme=made.graded_call().programme, kind=RoleKind.DECIDER, since=AT, given_by=one
    )
    decision = propose_decision(call.pk, by=one, at=AT)

    assert approve_decision(decision.pk, by=two, at=AT).state == DecisionState.CONFIRMED


def test_each_named_partner_must_agree():
    call, _files = ranked(decided_by="each", deciding_partners=["sea", "land"])
    sea, land = made.partner_of(call, "sea"), made.partner_of(call, "land")
    decision = propose_decision(call.pk, by=made.officer_of(call), at=AT)

    approve_decision(decision.pk, by=made.decider_of(call, sea), at=AT)
    assert refused(approve_decision, decision.pk, by=made.decider_of(call, sea), at=AT) == (
        "partner-has-spoken",
    )
    confirmed = approve_decision(decision.pk, by=made.decider_of(call, land), at=AT)

    assert confirmed.state == DecisionState.CONFIRMED
    assert list(Approval.objects.order_by("pk").values_list("partner__code", flat=True)) == [
        "sea",
        "land",
    ]


def test_who_judged_or_works_for_an_applicant_does_not_decide():
    call, files = ranked()
    decision = propose_decision(call.pk, by=made.officer_of(call), at=AT)
    judge, colleague = made.decider_of(call), made.decider_of(call)
    made.locked(files[0], judge, relevance=1, quality=1)
    PostFactory(person=colleague, organisation=files[0].organisation)

    assert refused(approve_decision, decision.pk, by=judge, at=AT) == ("has-marked",)
    assert refused(approve_decision, decision.pk, by=colleague, at=AT) == ("works-for-applicant",)


def test_a_withdrawal_since_the_proposal_stops_the_last_yes():
    call, files = ranked()
    decision = propose_decision(call.pk, by=made.decider_of(call), at=AT)
    Application.objects.filter(pk=files[0].pk).update(state=State.WITHDRAWN)

    reasons = refused(approve_decision, decision.pk, by=made.decider_of(call), at=AT)

    assert reasons == ("withdrawn", "ranking-outdated")


def test_a_decision_is_given_up_with_a_reason_and_then_takes_no_yes():
    call, _files = ranked()
    officer = made.officer_of(call)
    decision = propose_decision(call.pk, by=officer, at=AT)

    assert refused(drop_decision, decision.pk, why="", by=officer, at=AT) == ("reason-needed",)
    drop_decision(decision.pk, why="A file was overlooked.", by=officer, at=AT)

    with pytest.raises(MoveRefused):
        approve_decision(decision.pk, by=made.decider_of(call), at=AT)
    with pytest.raises(MoveRefused):
        drop_decision(decision.pk, why="Again.", by=officer, at=AT)


def single_call(**more):
    given = {"experts": 0, "decided_by": "one", "intake": "always", "support": "none"}
    return made.graded_call(**given | {"total_cents": None, "amount_cents": None} | more)


def test_one_officer_decides_one_application():
    call = single_call()
    file = made.sent(call)

    decision = propose_single_decision(
        file.pk, group=Group.AWARDED, why="Welcome.", by=made.officer_of(call), at=AT
    )

    call.refresh_from_db()
    outcome = decision.outcomes.get()
    assert (decision.state, outcome.group, outcome.is_final) == ("confirmed", "awarded", True)
    assert (outcome.amount_cents, call.decided_at) == (None, None)
    assert outcome.reasons == [{"code": "said", "numbers": {"text": "Welcome."}}]


def test_single_decisions_never_give_more_than_there_is():
    call = single_call(places=1, decided_by="two")
    one, two = made.sent(call), made.sent(call)
    first, second = made.decider_of(call), made.decider_of(call)
    a = propose_single_decision(one.pk, group=Group.AWARDED, by=first, at=AT)
    b = propose_single_decision(two.pk, group=Group.AWARDED, by=first, at=AT)

    approve_decision(a.pk, by=second, at=AT)

    assert refused(approve_decision, b.pk, by=second, at=AT) == ("no-place-left",)
    assert refused(
        propose_single_decision, made.sent(call).pk, group=Group.AWARDED, by=first, at=AT
    ) == ("no-place-left",)


def test_a_single_no_needs_its_reason():
    call = single_call()
    file, officer = made.sent(call), made.officer_of(call)

    assert refused(
        propose_single_decision, file.pk, group=Group.NOT_ELIGIBLE, by=officer, at=AT
    ) == ("reason-needed",)


def test_a_reserve_moves_up_and_the_new_outcome_is_the_only_final_one():
    call, files = ranked()
    first, second = made.decider_of(call), made.decider_of(call)
    approve_decision(propose_decision(call.pk, by=first, at=AT).pk, by=second, at=AT)
    call.total_cents = 200_000_00
    call.save()

    up = propose_single_decision(files[2].pk, group=Group.AWARDED, by=first, at=AT)
    approve_decision(up.pk, by=second, at=AT)

    final = Outcome.objects.get(application=files[2], is_final=True)
    assert (final.group, final.amount_cents, final.place) == ("awarded", 40_000_00, 3)
    assert refused(propose_single_decision, files[0].pk, group=Group.RESERVE, by=first, at=AT) == (
        "needs-ranking",
        "decided-already",
    )


def test_letters_wait_for_an_officer_and_nobody_is_told_before():
    call, files = ranked(decided_by="one")
    made.templates_for(call.programme)
    propose_decision(call.pk, by=made.officer_of(call), at=AT)

    hear_all(at=AT)

    letters = Letter.objects.order_by("pk")
    assert [(one.occasion, one.state, one.subject_code) for one in letters] == [
        ("awarded", "written", files[0].code),
        ("awarded", "written", files[1].code),
        ("reserve", "written", files[2].code),
        ("not-awarded-score", "written", files[3].code),
    ]
    assert "52" in letters[3].body
    assert (outcome_told(files[0]), feedback_for(files[0])) == (None, None)
    release_letters([letters[0].pk], by=made.officer_of(call), at=AT)
    told = feedback_for(files[0])
    assert told is not None
    assert [(one.criterion, one.mean) for one in told.criteria] == [
        ("relevance", Decimal(48)),
        ("quality", Decimal(48)),
    ]


def test_what_the_call_does_not_show_is_not_shown():
    call, files = ranked(decided_by="one", shows_scores=False, shows_comments=False)
    made.templates_for(call.programme)
    propose_decision(call.pk, by=made.officer_of(call), at=AT)
    hear_all(at=AT)
    release_letters(Letter.objects.values_list("pk", flat=True), by=None, at=AT)

    told = feedback_for(files[0])

    assert told is not None
    assert told.criteria == ()


def test_letters_are_written_once_and_only_for_what_is_confirmed():
    call, files = ranked()
    made.templates_for(call.programme)
    decision = propose_decision(call.pk, by=made.decider_of(call), at=AT)

    assert (write_letters(decision.code, at=AT), write_letters("nothing", at=AT)) == (0, 0)
    approve_decision(decision.pk, by=made.decider_of(call), at=AT)
    assert (write_letters(decision.code, at=AT), write_letters(decision.code, at=AT)) == (4, 4)
    assert Letter.objects.count() == len(files)


def test_before_the_deadline_nothing_is_ranked_or_decided():
    call, files = ranked()
    officer, decider = made.officer_of(call), made.decider_of(call)
    decision = propose_decision(call.pk, by=decider, at=AT)
    call.closes_at = AT + timedelta(days=1)
    call.save()

    assert refused(make_ranking, call.pk, by=officer, at=AT) == ("still-open",)
    assert refused(propose_decision, call.pk, by=officer, at=AT) == ("still-open",)
    assert refused(
        propose_single_decision, files[0].pk, group=Group.AWARDED, by=officer, at=AT
    ) == ("still-open",)
    second = made.decider_of(call)
    assert refused(approve_decision, decision.pk, by=second, at=AT) == ("still-open",)


def confirmed(call):
    first, second = made.decider_of(call), made.decider_of(call)
    return approve_decision(propose_decision(call.pk, by=first, at=AT).pk, by=second, at=AT)


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (assessing.admit_application, {}),
        (assessing.refuse_application, {"why": "No."}),
        (assessing.ask_completion, {"questions": ["title"], "says": [], "days": 7}),
        (assessing.overrule_finding, {"rule": "country", "verdict": "met", "why": "Seen."}),
    ],
)
def test_what_was_decided_on_is_not_assessed_again(act, more):
    call, files = ranked()
    confirmed(call)

    reasons = refused(act, files[0].pk, by=made.officer_of(call), at=AT, **more)

    files[0].refresh_from_db()
    assert (reasons, files[0].state) == (("decision-stands",), State.ELIGIBLE)


def test_withdrawing_renounces_the_award_and_frees_money_and_place():
    call, files = ranked()
    decision = confirmed(call)
    first = decision.outcomes.get(application=files[0])

    withdraw_application(files[0].pk, why="We merge.", by=files[0].started_by, at=AT)

    first.refresh_from_db()
    assert (first.is_final, first.renounced_at) == (False, AT)
    assert [(one.awards, one.cents) for one in money_decided([call.programme])] == [(1, 40_000_00)]
    entry = Entry.objects.get(verb="decision.renounced")
    assert (entry.subject, entry.by_id) == (decision.code, files[0].started_by_id)
    assert (entry.data["application"], entry.data["group"]) == (files[0].code, "awarded")
    assert next_reserve(call).application == files[2]
    proposed = propose_single_decision(
        files[2].pk, group=Group.AWARDED, by=made.decider_of(call), at=AT
    )
    approve_decision(proposed.pk, by=made.decider_of(call), at=AT)
    assert (reserve_of(call).count(), next_reserve(call)) == (0, None)


def test_withdrawing_leaves_the_reserve_list():
    call, files = ranked()
    confirmed(call)

    withdraw_application(files[2].pk, why="We merge.", by=files[2].started_by, at=AT)

    assert reserve_of(call).count() == 0


def test_withdrawing_what_was_not_funded_renounces_nothing():
    call, files = ranked()
    confirmed(call)

    withdraw_application(files[3].pk, why="We merge.", by=files[3].started_by, at=AT)

    assert not Entry.objects.filter(verb="decision.renounced").exists()
    assert files[3].outcomes.get().is_final


def test_the_reserve_does_not_move_up_while_the_money_is_given():
    call, _files = ranked()
    confirmed(call)

    assert next_reserve(call) is None


def test_nobody_who_renounced_gets_the_letter_of_an_award():
    call, files = ranked()
    made.templates_for(call.programme)
    confirmed(call)
    withdraw_application(files[0].pk, why="We merge.", by=files[0].started_by, at=AT)

    hear_all(at=AT)

    assert not Letter.objects.filter(subject_code=files[0].code).exists()
    assert Letter.objects.filter(subject_code=files[1].code).count() == 1


def test_a_refusal_since_the_proposal_stops_the_last_yes():
    call = made.graded_call(experts=0, intake="always")
    file = made.sent(call)
    decision = propose_single_decision(
        file.pk, group=Group.AWARDED, by=made.decider_of(call), at=AT
    )
    assessing.refuse_application(file.pk, why="No.", by=made.officer_of(call), at=AT)

    reasons = refused(approve_decision, decision.pk, by=made.decider_of(call), at=AT)

    assert reasons == ("not-admitted",)


def test_a_decision_given_up_gives_back_the_files_it_took():
    call, files = ranked()
    experts = [made.evaluator_on(call) for _number in range(4)]
    states = ("assigned", "accepted", "accepted", "accepted")
    held = [
        made.assigned(files[0], one, state=state)
        for one, state in zip(experts, states, strict=True)
    ]
    call.panel.filter(person=experts[2]).update(until=AT)
    release(held[3].pk, by_id=None, at=AT)
    make_ranking(call.pk, by=made.officer_of(call), at=AT)
    decision = propose_decision(call.pk, by=made.decider_of(call), at=AT)
    assert states_of(held) == ["released"] * 4

    drop_decision(decision.pk, why="A mark is missing.", by=made.officer_of(call), at=AT)

    assert states_of(held) == ["assigned", "accepted", "released", "released"]
    given_back = Entry.objects.filter(verb="assignment.given-back")
    assert [one.data["evaluator"] for one in given_back.order_by("pk")] == [
        experts[0].pk,
        experts[1].pk,
    ]


def states_of(held):
    return [Assignment.objects.get(pk=one.pk).state for one in held]


def test_what_stands_in_a_proposal_is_not_listed_as_undecided():
    call = single_call()
    first, second = made.sent(call), made.sent(call)
    call.decided_by = "two"
    call.save()

    decision = propose_single_decision(
        first.pk, group=Group.AWARDED, by=made.decider_of(call), at=AT
    )

    assert [one.code for one in applications_to_decide(call)] == [second.code]
    drop_decision(decision.pk, why="No.", by=made.officer_of(call), at=AT)
    assert {one.code for one in applications_to_decide(call)} == {first.code, second.code}


@pytest.mark.parametrize("number", [0, 2, 3])
def test_a_letter_that_nobody_released_is_held_back_when_the_applicant_withdraws(number):
    call, files = ranked()
    made.templates_for(call.programme)
    confirmed(call)
    hear_all(at=AT)
    letter = Letter.objects.get(subject_code=files[number].code)

    withdraw_application(files[number].pk, why="We merge.", by=files[number].started_by, at=AT)

    letter.refresh_from_db()
    assert (letter.state, letter.held_back) == ("discarded", "application-withdrawn")
    assert release_letters([letter.pk], by=made.officer_of(call), at=AT) == 0
    assert Entry.objects.filter(verb="letter.held-back", subject=letter.code).count() == 1
    assert Letter.objects.filter(state="written").count() == 3


def test_a_letter_that_stands_in_the_portal_stays_there():
    call, files = ranked()
    made.templates_for(call.programme)
    confirmed(call)
    hear_all(at=AT)
    letter = Letter.objects.get(subject_code=files[0].code)
    release_letters([letter.pk], by=made.officer_of(call), at=AT)

    withdraw_application(files[0].pk, why="We merge.", by=files[0].started_by, at=AT)

    letter.refresh_from_db()
    assert (letter.state, letter.held_back) == ("released", "")
