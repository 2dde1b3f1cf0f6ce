"""Counting the dates of the season anew leaves alone what officers did in the browser."""

from datetime import timedelta

import pytest
from django.utils import translation

from fondaco.calls import services as calls
from fondaco.calls.models import Call
from fondaco.config.cli import main
from fondaco.files.reading import read_folder
from fondaco.files.services import load_folder
from fondaco.season.services import date_anew
from tests.factories.directory import AT, PersonFactory
from tools.paths import ROOT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=10)
EDITION = "cluster-booster-season"


@pytest.fixture
def edition():
    season = ROOT / "season" / "ecf"
    folder = read_folder(ROOT / "programmes" / "ecf", season=season, day=AT.date())
    load_folder(folder, by_id=None, at=AT)
    return Call.objects.get(code=EDITION)


def dated_anew(at):
    return date_anew(ROOT / "programmes", ROOT / "season", at=at)


def test_an_edition_that_nobody_touched_is_dated_anew(edition):
    opened = edition.opens_at

    dated = dated_anew(LATER)

    edition.refresh_from_db()
    assert edition.opens_at.date() == (opened + timedelta(days=10)).date()
    assert (EDITION in dated.anew, dated.left) == (True, [])


@pytest.mark.parametrize("how", ["an act", "texts"])
def test_an_edition_edited_in_the_browser_is_left_alone_and_named(edition, how):
    told = {"en": "Said in the browser."}
    if how == "an act":
        calls.correct_call(edition.pk, reason=told, by=PersonFactory(), at=AT)
    else:
        calls.change_texts(edition.pk, {"title": told}, by=PersonFactory(), at=AT)
    edition.refresh_from_db()
    before = (edition.opens_at, edition.title, list(edition.acts.values()))

    dated = dated_anew(LATER)

    edition.refresh_from_db()
    assert (edition.opens_at, edition.title, list(edition.acts.values())) == before
    assert (EDITION in dated.anew, dated.left) == (False, [EDITION])


def test_the_command_says_which_it_left_alone(edition, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    calls.correct_call(edition.pk, reason={"en": "A word."}, by=PersonFactory(), at=AT)
    PersonFactory(is_invented=True)

    with translation.override("en"):
        assert main(["season", "--again"]) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[-1] == f"  {EDITION}: edited in the browser, left alone"
    assert said[0].endswith("calls dated anew")
