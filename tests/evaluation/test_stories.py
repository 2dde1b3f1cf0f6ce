"""Who reads the stories of an evaluation, a panel, a ranking and a decision."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.directory.access import SecondFactorNeeded
from fondaco.evaluation.services import panel, rankings
from fondaco.programmes.states import RoleKind
from fondaco.trail.access import reading_of
from fondaco.trail.selectors import lines_of, story_read
from fondaco.trail.services import record
from tests.factories import evaluation as made
from tests.factories.directory import AT
from tests.factories.programmes import RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return made.graded_call(code="autumn")


@pytest.fixture
def things(call):
    """A file with two evaluators, a ranking, a decision: the subjects of their stories."""
    first, second = made.evaluator_on(call), made.evaluator_on(call)
    file = made.sent(call, code="au-1")
    made.locked(file, first, relevance=30, quality=40)
    made.locked(file, second, relevance=40, quality=40)
    officer = made.officer_of(call)
    for evaluator in (first, second):
        about = {"subject": "evaluation-au-1", "programme": call.programme.code, "at": AT}
        record("assignment.made", by_id=officer.pk, evaluator=evaluator.pk, **about)
        record("assignment.locked", by_id=evaluator.pk, **about)
    panel.unseat_evaluator(call.pk, person_id=second.pk, by=officer, at=AT)
    rankings.make_ranking(call.pk, by=officer, at=AT)
    decision = made.decided(made.sent(call)).decision
    return {
        "evaluation": "evaluation-au-1",
        "panel": "panel-autumn",
        "ranking": "ranking-autumn-1",
        "decision": decision.code,
        "file": file,
        "evaluators": (first, second),
    }


def awake(person):
    person.is_confirmed_twice = True
    return person


def answer_to(person, subject):
    try:
        return "names" if reading_of(person, subject).shows_people else "own part"
    except SecondFactorNeeded:
        return "second factor"
    except PermissionDenied:
        return "no"
    except Http404:
        return "nothing"


RUNNING, JUDGING = ("evaluation", "panel"), ("ranking", "decision")


@pytest.mark.parametrize(
    ("kind", "running", "judging"),
    [
        (RoleKind.OFFICER, "names", "names"),
        (RoleKind.DECIDER, "no", "names"),
        (RoleKind.EVALUATOR, "no", "no"),
        (RoleKind.OBSERVER, "no", "no"),
        (RoleKind.PARTNER, "no", "no"),
    ],
)
def test_each_role_reads_the_stories_of_what_it_may_see(call, things, kind, running, judging):
    person = awake(made.with_role(call.programme, kind))

    assert {answer_to(person, things[one]) for one in RUNNING} == {running}
    assert {answer_to(person, things[one]) for one in JUDGING} == {judging}


@pytest.mark.parametrize("thing", [*RUNNING, *JUDGING])
def test_strangers_and_applicants_learn_nothing_and_one_factor_is_not_enough(call, things, thing):
    applicant = made.colleague_of(things["file"].organisation)
    elsewhere = awake(made.officer_of(made.graded_call()))
    officer = made.officer_of(call)
    officer.is_confirmed_twice = False

    assert answer_to(made.person_of(), things[thing]) == "nothing"
    assert answer_to(applicant, things[thing]) == "nothing"
    assert answer_to(elsewhere, things[thing]) == "nothing"
    assert answer_to(officer, things[thing]) == "second factor"


def test_an_officer_who_works_for_the_applicant_learns_no_evaluator(call, things):
    officer = awake(made.colleague_of(things["file"].organisation))
    RoleFactory(programme=call.programme, person=officer, kind=RoleKind.OFFICER)

    assert answer_to(officer, things["evaluation"]) == "nothing"


@pytest.mark.parametrize(
    "subject", ["evaluation-none", "panel-none", "ranking-autumn-9", "ranking-autumn", "decision-x"]
)
def test_what_is_not_there_has_no_story(call, things, subject):
    assert answer_to(awake(made.officer_of(call)), subject) == "nothing"


def test_evaluators_read_their_own_part_without_anybodys_name(things):
    first, _second = things["evaluators"]
    reading = reading_of(first, things["evaluation"])

    entries = story_read(things["evaluation"], reading)
    lines = lines_of(entries, reading, reader_id=first.pk)

    assert reading.about.url == "/en/desk/au-1/"
    assert [(line.verb, line.who, line.whom) for line in lines] == [
        ("assignment.locked", "You", ""), ("assignment.made", "", "You"),
    ]  # fmt: skip


def test_the_story_of_a_file_gathers_its_evaluation_for_officers_alone(call, things):
    code = things["file"].code
    officer, decider = (awake(one) for one in (made.officer_of(call), made.decider_of(call)))
    applicant = made.colleague_of(things["file"].organisation)

    def subjects(person):
        return {entry.subject for entry in story_read(code, reading_of(person, code))}

    assert things["evaluation"] in subjects(officer)
    assert things["evaluation"] not in subjects(decider) | subjects(applicant)
