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
from fondaco.directory.models import Organisation, Person
from fondaco.evaluation.models import Assignment, Decision, Outcome
from fondaco.evaluation.states import AssignmentState, DecisionState, Group
from fondaco.files.reading import read_folder
from fondaco.files.services import load_folder
from fondaco.mail.models import Letter
from fondaco.mail.states import State as LetterState
from fondaco.membership.models import Membership
from fondaco.programmes.models import Role
from fondaco.season.services import date_anew, load_season
from fondaco.training.models import Place
from tools.paths import ROOT

pytestmark = pytest.mark.django_db
PROGRAMMES = ROOT / "programmes"


def small_season(folder):
    """The season's folder with six applications a call and few evaluators."""
    root = folder / "season"
    copytree(ROOT / "season", root)
    plays = (root / "plays.toml").read_text("utf-8")
    plays = re.sub(r"applications = \d+", "applications = 6", plays)
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
