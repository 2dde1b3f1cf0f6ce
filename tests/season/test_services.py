"""The demonstration season, made small: the same folders, fewer people."""

import re
from collections import Counter
from datetime import timedelta
from shutil import copytree

import pytest
from django.utils import timezone

from fondaco.applications.models import Application
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.calls.selectors import stage_of
from fondaco.calls.states import Stage
from fondaco.desks.selectors.held import held_by
from fondaco.directory.models import Organisation, Person
from fondaco.evaluation.models import Assignment, Decision, Outcome, Redress
from fondaco.evaluation.states import AssignmentState, DecisionState, Group, RedressState
from fondaco.files.reading import read_folder
from fondaco.files.services import load_folder
from fondaco.mail.models import Letter
from fondaco.mail.states import State as LetterState
from fondaco.membership.models import Membership
from fondaco.programmes.models import Role
from fondaco.season.material import read_plays
from fondaco.season.services import date_anew, load_season
from fondaco.training.models import Place
from tools.paths import ROOT

pytestmark = pytest.mark.django_db
PROGRAMMES = ROOT / "programmes"


def small_season(folder):
    """The season's folder with six applications a call and few evaluators.

    Where applicants ask for redress there are thirty, so that some got nothing.
    """
    root = folder / "season"
    copytree(ROOT / "season", root)
    plays = (root / "plays.toml").read_text("utf-8")
    told, redress = plays.split('call = "socialtech4eu-training-earlier"\napplications = 30\n')
    plays = re.sub(r"applications = \d+", "applications = 6", told)
    plays += 'call = "socialtech4eu-training-earlier"\napplications = 30\n'
    plays += re.sub(r"applications = \d+", "applications = 6", redress)
    plays = re.sub(r"evaluators = \d+", "evaluators = 4", plays)
    (root / "plays.toml").write_text(re.sub(r"decided = \d+", "decided = 6", plays), "utf-8")
    return root


@pytest.fixture
def season(tmp_path):
    """The founding programmes and the small season, loaded now."""
    now, root = timezone.now(), small_season(tmp_path)
    for path in sorted(PROGRAMMES.iterdir()):
        load_folder(read_folder(path), by_id=None, at=now)
    load_season(PROGRAMMES, root, at=now)
    return root, now


def test_the_season_shows_every_stage_and_nothing_real(season):
    _root, now = season

    editions = Call.objects.filter(is_demonstration=True)
    stages = {stage_of(call, at=now) for call in editions}

    assert stages == {
        Stage.FORTHCOMING,
        Stage.OPEN,
        Stage.SUSPENDED,
        Stage.CLOSED,
        Stage.DECIDED,
        Stage.CANCELLED,
    }
    assert not Person.objects.filter(is_invented=False).exists()
    applicants = Organisation.objects.filter(applications__isnull=False)
    assert not applicants.filter(is_invented=False).exists()
    assert not Application.objects.filter(call__is_demonstration=False).exists()

    _each_scene_reached_its_end()
    _the_cast_has_its_roles()
    _redress_was_asked_and_answered()
    _somebody_of_the_cast_holds_something()


def _each_scene_reached_its_end():
    states = Counter(Application.objects.values_list("state", flat=True))
    decisions = Counter(Decision.objects.values_list("state", flat=True))
    locked = Assignment.objects.filter(state=AssignmentState.LOCKED)
    awarded = Outcome.objects.filter(is_final=True, group=Group.AWARDED)

    assert {State.DRAFT, State.SUBMITTED, State.COMPLETION, State.ELIGIBLE} <= set(states)
    assert set(decisions) == {DecisionState.PROPOSED, DecisionState.CONFIRMED}
    assert locked.exists()
    assert awarded.filter(amount_cents__gt=0).exists()
    assert Place.objects.filter(completed_on__isnull=False).count() == 6
    assert Membership.objects.exists()
    assert Letter.objects.filter(state=LetterState.RELEASED, occasion="awarded").exists()


def _redress_was_asked_and_answered():
    found = Redress.objects.order_by("pk")

    assert [one.state for one in found] == [RedressState.ASKED, RedressState.DISMISSED]
    assert all("nvented" in one.text for one in found)
    took = {yes.person_id for yes in found[1].outcome.decision.approvals.all()}
    assert found[1].answered_by_id not in took


def _somebody_of_the_cast_holds_something():
    person = Person.objects.get(name="Paola Serra", email__startswith="paola.serra@")

    held = held_by([post.organisation for post in person.posts.all()])

    assert sorted(one.sort for one in held) == ["membership", "place"]


def test_the_plays_have_as_many_applications_as_they_should():
    plays = {play.call: play.applications for play in read_plays(ROOT / "season")}

    assert set(plays.values()) == {30, 150}
    assert [call for call, number in plays.items() if number == 150] == ["ikat-services-season"]


def test_who_did_not_complete_the_training_is_not_let_in_unseen(tmp_path):
    now, root = timezone.now(), small_season(tmp_path)
    plays = (root / "plays.toml").read_text("utf-8").replace("decided = 6", "decided = 3")
    (root / "plays.toml").write_text(plays, "utf-8")
    for path in sorted(PROGRAMMES.iterdir()):
        load_folder(read_folder(path), by_id=None, at=now)

    load_season(PROGRAMMES, root, at=now)

    joining = Application.objects.filter(call__code="joining-the-cluster-season")
    unsure = joining.filter(findings__rule="training-completed", findings__verdict="unknown")
    assert unsure.count() == 3
    assert set(unsure.values_list("state", flat=True)) == {State.SUBMITTED}
    assert Place.objects.filter(completed_on__isnull=True).count() == 1


def _the_cast_has_its_roles():
    kinds = set(Role.objects.filter(person__is_invented=True).values_list("kind", flat=True))

    assert kinds == {"officer", "decider", "evaluator", "observer", "partner"}
    assert Person.objects.filter(is_installation_admin=True).count() == 1
    assert Role.objects.filter(kind="decider", partner__code="eurocrowd").exists()


def test_dated_anew_the_calls_move_and_what_people_did_stays(season):
    root, now = season
    open_call = Call.objects.get(code="socialtech4eu-training-season")
    applications = Application.objects.count()

    date_anew(PROGRAMMES, root, at=now + timedelta(days=40))

    again = Call.objects.get(pk=open_call.pk)
    assert (again.closes_at - open_call.closes_at).days in {39, 40, 41}
    assert Application.objects.count() == applications
