"""Corners of reading: who decides, what is asked for, what is told."""

from datetime import timedelta

import pytest

from fondaco.applications.states import State, Verdict
from fondaco.evaluation.models import PanelSeat
from fondaco.evaluation.selectors.decisions import deciders_of, partners_named
from fondaco.evaluation.selectors.office import progress_rows
from fondaco.evaluation.selectors.outcomes import outcome_told
from fondaco.evaluation.selectors.rankings import amount_for
from fondaco.evaluation.selectors.reading import reading_of
from fondaco.evaluation.services.decisions import propose_decision, propose_single_decision
from fondaco.evaluation.services.erasure import erase_person
from fondaco.evaluation.services.letters import write_letters
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.states import Group
from fondaco.mail.models import Letter
from fondaco.mail.services import release_letters
from tests.factories import evaluation as made
from tests.factories.applications import FindingFactory
from tests.factories.directory import AT
from tests.factories.questionnaires import FormVersionFactory, question, schema, section

pytestmark = pytest.mark.django_db


def test_who_may_decide_depends_on_the_call():
    call = made.graded_call(decided_by="one", deciding_partners=["sea"])
    sea = made.partner_of(call, "sea")
    officer, decider = made.officer_of(call), made.decider_of(call, sea)
    other = made.decider_of(call)

    def people(by):
        call.decided_by = by
        return {role.person_id for role in deciders_of(call)}

    assert people("one") == {officer.pk, decider.pk, other.pk}
    assert people("two") == {decider.pk, other.pk}
    assert people("each") == {decider.pk}
    assert partners_named(call) == {"sea": sea}


def test_a_withdrawn_application_asks_for_nothing():
    call = made.graded_call()
    file = made.sent(call, state=State.WITHDRAWN)

    assert amount_for(call, file) is None


def test_progress_is_told_of_each_evaluator():
    call = made.graded_call()
    one, two = made.evaluator_on(call), made.evaluator_on(call)
    for person in (one, two):
        made.assigned(made.sent(call), person)

    assert [(row.person, row.counted.left) for row in progress_rows(call)] == [(one, 1), (two, 1)]


def test_what_is_not_decided_or_has_no_letter_is_told_nobody():
    file = made.sent(made.graded_call())
    assert outcome_told(file) is None

    made.decided(file, Group.NOT_ASSESSED)

    assert outcome_told(file) is None


def test_signatures_are_not_read_and_sections_without_rest_are_left_out():
    form = schema(
        section("a", question("need", "long-text", criterion="relevance")),
        section("b", question("sign", "signature", text={"en": "I sign."}), question("title")),
    )
    call = made.graded_call(form=FormVersionFactory(schema=form))
    file = made.assigned(made.sent(call), made.evaluator_on(call), state="accepted")

    reading = reading_of(file)

    assert [title["en"] for title, _answers in reading.before] == ["B"]
    assert [len(one.answers) for one in reading.judged] == [1, 0]
    assert reading.left == 2


def test_letters_name_rules_and_the_last_day_of_redress():
    call = made.graded_call(decided_by="one", redress_days=30)
    made.templates_for(call.programme)
    call.programme.letter_templates.filter(occasion="not-eligible").update(
        body="{{ reasons }} {{ redress_until }}"
    )
    officer = made.officer_of(call)
    file = made.sent(call, state=State.INELIGIBLE)
    FindingFactory(application=file, rule="country", verdict=Verdict.NOT_MET)
    make_ranking(call.pk, by=officer, at=AT)

    decision = propose_decision(call.pk, by=officer, at=AT)
    write_letters(decision.code, at=AT)

    letter = Letter.objects.get()
    assert ("country" in letter.body, "{{ redress_until }}" in letter.body) == (True, True)
    release_letters([letter.pk], by=officer, at=AT + timedelta(days=2))
    letter.refresh_from_db()
    assert "3 December 2026" in letter.body


def test_a_single_no_names_the_rules_and_the_words_of_the_officer():
    call = made.graded_call(experts=0, decided_by="one", intake="always")
    file = made.sent(call, state=State.INELIGIBLE)
    FindingFactory(application=file, rule="country", verdict=Verdict.NOT_MET)

    decision = propose_single_decision(
        file.pk, group=Group.NOT_ELIGIBLE, why="Sorry.", by=made.officer_of(call), at=AT
    )

    assert [reason["code"] for reason in decision.outcomes.get().reasons] == ["rule", "said"]


def test_a_single_reserve_stands_behind_the_last_one():
    call = made.graded_call(experts=0, decided_by="one", intake="always")
    officer = made.officer_of(call)
    files = [made.sent(call), made.sent(call)]

    for file in files:
        propose_single_decision(file.pk, group=Group.RESERVE, by=officer, at=AT)

    assert [file.outcomes.get().position for file in files] == [1, 2]


def test_a_file_nobody_assessed_gets_no_letter():
    file = made.sent(made.graded_call())
    made.templates_for(file.call.programme)

    outcome = made.decided(file, Group.NOT_ASSESSED)

    assert write_letters(outcome.decision.code, at=AT) == 0


def test_a_yes_to_a_decision_stays_when_a_person_is_erased():
    call = made.graded_call(experts=0, decided_by="one", intake="always")
    officer = made.officer_of(call)
    propose_single_decision(made.sent(call).pk, group=Group.AWARDED, by=officer, at=AT)

    assert erase_person(officer.pk) == ["approvals"]


def test_rows_say_what_they_are():
    call = made.graded_call(experts=0, decided_by="one", intake="always")
    file = made.sent(call)
    person = made.evaluator_on(call)
    kept = made.marked(made.assigned(file, person), relevance=3)
    ranking = make_ranking(call.pk, by=person, at=AT)
    decision = propose_single_decision(
        file.pk, group=Group.AWARDED, by=made.officer_of(call), at=AT
    )

    said = [
        str(one)
        for one in (
            PanelSeat.objects.get(),
            kept,
            kept.marks.get(),
            ranking,
            decision,
            decision.outcomes.get(),
            decision.approvals.get(),
        )
    ]

    assert said[3:5] == [f"{call.code} 1", f"{call.code}-decision-1"]
    assert all(said)
