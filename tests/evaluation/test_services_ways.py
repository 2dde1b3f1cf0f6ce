"""Ways of intake in the whole: cut-offs, first come, a lottery, stages, invitations."""

from datetime import timedelta
from hashlib import sha256

import pytest

from fondaco.applications.models import Guest
from fondaco.applications.selectors import copy_of
from fondaco.applications.selectors.missing import drafts_that_missed
from fondaco.applications.services.guests import invite_guest, withdraw_guest
from fondaco.applications.services.letters import plain_invitation, tell_missed
from fondaco.applications.services.writing import save_section, start_application
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.evaluation.models import Draw, Outcome
from fondaco.evaluation.selectors.draws import receipts_in_order
from fondaco.evaluation.selectors.outcomes import can_close_early, money_decided_in
from fondaco.evaluation.services.decisions import propose_decision, propose_single_decision
from fondaco.evaluation.services.draws import freeze_list, take_seed
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.services.stages import invite_best
from fondaco.evaluation.states import Group
from fondaco.kernel.decisions import Refused
from fondaco.mail.models import Letter
from tests.factories import evaluation as made
from tests.factories.applications import ApplicationFactory
from tests.factories.directory import AT, OrganisationFactory, PostFactory
from tests.factories.questionnaires import FormVersionFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def call_of(intake, **more):
    """A graded call of that way of intake that one officer decides; it opened five days ago."""
    given = {"intake": intake, "decided_by": "one", "opens_at": AT - 5 * DAY}
    return made.graded_call(**given | more)


def received(call, code, **more):
    """An application whose receipt has a fingerprint of its own."""
    file = made.sent(call, code=code, **more)
    file.submissions.update(fingerprint=sha256(code.encode()).hexdigest())
    return file


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return [str(reason) for reason in refusal.value.reasons]


def groups_of(decision):
    return {one.application.code: one.group for one in decision.outcomes.all()}


# Cut-offs


def two_cut_offs():
    cut_off = (AT - DAY).isoformat()
    call = call_of("cut-offs", cut_offs=[cut_off], closes_at=AT + 9 * DAY, total_cents=60_000_00)
    expert, officer = made.evaluator_on(call), made.officer_of(call)
    for code, days, mark in (("one", -2, 45), ("two", -2, 40), ("three", 0, 50)):
        file = made.sent(call, code=code, submitted_at=AT + days * DAY)
        made.locked(file, expert, relevance=mark, quality=mark)
    return call, officer


def test_each_cut_off_is_ranked_and_decided_by_itself_and_later_ones_get_the_rest():
    call, officer = two_cut_offs()
    who = {"by": officer, "at": AT}

    first = make_ranking(call.pk, cut_off=1, **who)
    decision = propose_decision(call.pk, cut_off=1, **who)

    assert [line["code"] for line in first.lines] == ["one", "two"]
    assert groups_of(decision) == {"one": Group.AWARDED, "two": Group.RESERVE}
    assert Call.objects.get(pk=call.pk).decided_at is None
    later = {"by": officer, "at": AT + 10 * DAY}
    second = make_ranking(call.pk, cut_off=2, **later)
    assert second.terms["total_cents"] == 20_000_00
    assert [line["group"] for line in second.lines] == [Group.RESERVE]
    propose_decision(call.pk, cut_off=2, **later)
    assert Call.objects.get(pk=call.pk).decided_at is not None
    assert money_decided_in(call) <= call.total_cents


def test_a_cut_off_must_be_named_and_must_have_passed():
    call, officer = two_cut_offs()
    who = {"by": officer, "at": AT}

    assert refused(make_ranking, call.pk, **who) == ["cut-off-needed"]
    assert refused(make_ranking, call.pk, cut_off=3, **who) == ["cut-off-needed"]
    assert refused(make_ranking, call.pk, cut_off=2, **who) == ["still-open"]


def test_what_a_passed_cut_off_holds_is_not_changed_any_more():
    call, _officer = two_cut_offs()
    file = call.applications.get(code="one")
    file.state = State.SUBMITTED
    file.save()

    changed = {"section": "project", "answers": {"title": "New"}, "by": file.started_by, "at": AT}
    assert refused(save_section, file.pk, **changed) == ["cut-off-passed"]


def test_a_draft_that_missed_a_cut_off_is_told_once_which_is_the_next():
    call, _officer = two_cut_offs()
    post = PostFactory()
    draft = ApplicationFactory(
        call=call, started_at=AT - 3 * DAY, organisation=post.organisation, started_by=post.person
    )

    [missed] = drafts_that_missed(at=AT)
    for _time in range(2):
        tell_missed(missed.application, missed.number, missed.passed, at=AT)

    assert missed.application == draft
    assert Letter.objects.get(occasion="cut-off-missed").to == post.person


# First come, first served


def queue(**more):
    given = {"experts": 0, "total_cents": 100_000_00, "closes_at": AT + 9 * DAY}
    call = call_of("first-come", **given | more)
    for number, code in enumerate(("one", "two", "three")):
        received(call, code, submitted_at=AT - DAY + timedelta(minutes=number))
    return call, made.officer_of(call)


def award(call, code, officer):
    file = call.applications.get(code=code)
    return propose_single_decision(file.pk, group=Group.AWARDED, by=officer, at=AT)


def test_whoever_came_first_keeps_what_they_may_still_need():
    call, officer = queue()

    award(call, "two", officer)

    assert refused(award, call, "three", officer) == ["earlier-ones-first"]
    assert not can_close_early(call, at=AT)
    award(call, "one", officer)
    assert refused(award, call, "three", officer) == ["no-money-left"]
    assert money_decided_in(call) == 80_000_00


def test_when_the_money_has_ended_the_early_closure_is_proposed():
    call, officer = queue(total_cents=80_000_00)

    award(call, "one", officer)
    award(call, "two", officer)

    assert can_close_early(call, at=AT)


def test_marks_decide_of_each_by_itself_where_evaluators_read():
    call, officer = queue(experts=1)
    file = call.applications.get(code="one")

    assert refused(award, call, "one", officer) == ["not-assessed-left"]
    made.locked(file, made.evaluator_on(call), relevance=20, quality=20)
    assert refused(award, call, "one", officer) == ["marks-below-threshold"]
    said = {"group": Group.BELOW_THRESHOLD, "by": officer, "at": AT}
    propose_single_decision(file.pk, **said)
    assert Outcome.objects.get(application=file, is_final=True).score == 40


def test_a_queue_that_opens_at_random_waits_for_its_draw():
    opens = AT - DAY
    more = {"queue_order": "random", "queue_window": 2, "opens_at": opens}
    call, officer = queue(total_cents=40_000_00, **more)

    assert refused(award, call, "one", officer) == ["draw-first"]
    draw = freeze_list(call.pk, seed_from="The lottery of Friday", by=officer, at=AT)
    take_seed(call.pk, seed="7 11 13", by=officer, at=AT + timedelta(seconds=1))
    draw.refresh_from_db()
    first = receipts_in_order(draw)[0]
    found = {one.submissions.get().fingerprint: one.code for one in call.applications.all()}
    others = [code for receipt, code in found.items() if receipt != first]
    assert refused(award, call, others[0], officer) == ["earlier-ones-first"]
    award(call, found[first], officer)


# A lottery


def lottery():
    call = call_of("lottery", experts=0, total_cents=None, places=2)
    for code in ("one", "two", "three", "four"):
        received(call, code)
    received(call, "out", state=State.INELIGIBLE)
    return call, made.officer_of(call)


def test_the_list_is_published_before_the_seed_and_the_draw_makes_the_ranking():
    call, officer = lottery()
    who = {"by": officer, "at": AT}
    assert refused(make_ranking, call.pk, **who) == ["draw-first"]
    assert refused(take_seed, call.pk, seed="1", **who) == ["not-frozen"]
    draw = freeze_list(call.pk, seed_from="The lottery of Friday", **who)
    assert refused(take_seed, call.pk, seed="1", **who) == ["not-frozen"]

    later = {"by": officer, "at": AT + timedelta(hours=1)}
    take_seed(call.pk, seed="7 11 13", **later)
    assert refused(take_seed, call.pk, seed="8", **later) == ["drawn-already"]
    ranking = make_ranking(call.pk, **later)

    draw.refresh_from_db()
    codes = {one.submissions.get().fingerprint: one.code for one in call.applications.all()}
    in_order = [codes[receipt] for receipt in receipts_in_order(draw)]
    assert [line["code"] for line in ranking.lines] == [*in_order, "out"]
    assert [line["group"] for line in ranking.lines[:4]] == ["awarded"] * 2 + ["reserve"] * 2
    assert [line["position"] for line in ranking.lines[2:4]] == [1, 2]
    file = call.applications.get(code="one")
    single = {"group": Group.AWARDED, **later}
    assert refused(propose_single_decision, file.pk, **single) == ["needs-ranking"]
    propose_decision(call.pk, **later)
    assert Outcome.objects.filter(group=Group.AWARDED, is_final=True).count() == 2


def test_anybody_reads_the_draw(client):
    call, officer = lottery()
    draw = freeze_list(call.pk, seed_from="The lottery of Friday", by=officer, at=AT)

    text = client.get(f"/en/calls/{call.code}/draw/").content.decode()

    assert draw.fingerprint in text
    assert all(receipt in text for receipt in draw.receipts)
    assert "not taken yet" in text
    assert Draw.objects.get().seed == ""


# Stages and invitations


def second_stage():
    call = call_of("deadline", total_cents=None)
    expert, officer = made.evaluator_on(call), made.officer_of(call)
    for code, mark in (("one", 50), ("two", 45), ("three", 20)):
        made.locked(made.sent(call, code=code), expert, relevance=mark, quality=mark)
    later = made.graded_call(
        programme=call.programme,
        intake="staged",
        stage_of=call,
        invites=1,
        closes_at=AT + 9 * DAY,
        form=FormVersionFactory(schema=made.GRID),
    )
    return call, later, officer


def test_the_best_of_the_first_stage_are_invited_and_bring_their_answers():
    call, later, officer = second_stage()
    who = {"by": officer, "at": AT}
    assert refused(invite_best, later.pk, **who) == ["stage-not-decided"]
    make_ranking(call.pk, **who)
    propose_decision(call.pk, **who)

    assert (invite_best(later.pk, **who), invite_best(later.pk, **who)) == (1, 0)
    best, other = (call.applications.get(code=code) for code in ("one", "two"))
    begun = start_application(later, organisation=best.organisation, by=best.started_by, at=AT)
    assert copy_of(begun).answers["title"] == "A bridge"
    refusal = {"organisation": other.organisation, "by": other.started_by, "at": AT}
    assert refused(start_application, later, **refusal) == ["not-invited"]
    elsewhere = {"organisation": OrganisationFactory(), **who}
    assert refused(invite_guest, later.pk, **elsewhere) == ["from-first-stage"]


def test_an_invitation_by_address_is_used_by_one_organisation(mailoutbox):
    call = call_of("invitation", closes_at=AT + 9 * DAY)
    officer = made.officer_of(call)
    post = PostFactory(is_admin=True)
    other = PostFactory(person=post.person, is_admin=True)
    who = {"by": post.person, "at": AT}
    guest = invite_guest(call.pk, email=post.person.email.upper(), by=officer, at=AT)

    again = {"email": post.person.email, "by": officer, "at": AT}
    assert refused(invite_guest, call.pk, **again) == ["invited-already"]
    start_application(call, organisation=post.organisation, **who)
    assert Guest.objects.get().organisation == post.organisation
    second = {"organisation": other.organisation, **who}
    assert refused(start_application, call, **second) == ["not-invited"]
    assert refused(withdraw_guest, guest.pk, by=officer, at=AT) == ["begun-already"]


def test_an_invitation_taken_back_opens_nothing():
    call = call_of("invitation", closes_at=AT + 9 * DAY)
    officer, post = made.officer_of(call), PostFactory()
    who = {"by": officer, "at": AT}
    guest = invite_guest(call.pk, organisation=post.organisation, **who)
    withdraw_guest(guest.pk, **who)

    given = {"organisation": post.organisation, "by": post.person, "at": AT}
    assert refused(start_application, call, **given) == ["not-invited"]
    assert refused(withdraw_guest, guest.pk, **who) == ["invitation-withdrawn-already"]
    assert invite_guest(call.pk, organisation=post.organisation, **who).pk != guest.pk


def test_an_address_without_a_person_gets_the_same_words():
    call = call_of("invitation", closes_at=AT + 9 * DAY)
    given = {"email": "new@firm.example", "by": made.officer_of(call), "at": AT}

    subject, body = plain_invitation(invite_guest(call.pk, **given), at=AT)

    assert "invited" in subject
    assert f"/calls/{call.code}/applications/new/" in body
    assert "new@firm.example" in body
