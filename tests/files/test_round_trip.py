"""A founding programme is edited in the browser, dumped, and loaded where nothing is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fondaco.calls.models import Call
from fondaco.config.cli import main
from fondaco.directory.models import Organisation
from fondaco.files.reading import read_folder
from fondaco.files.selectors import edited_programme, pending_changes
from fondaco.files.services import load_folder
from fondaco.programmes.models import Programme
from fondaco.programmes.services import give_mark, remove_mark
from fondaco.questionnaires.models import FormVersion
from fondaco.web.picture_fields import PICTURE_FAULTS
from fondaco.web.pictures import Fault, redrawn
from tests.directory.work import enter
from tests.factories.calls import ActFactory
from tests.factories.directory import AT, PersonFactory
from tests.factories.pictures import encoded
from tests.factories.programmes import RoleFactory
from tests.files.folders import FOUNDING, MODELS, everything, mistakes_of, written
from tools.paths import ROOT

pytestmark = pytest.mark.django_db
NEW = {"en": "Said anew", "fr": "Redit à neuf", "ar": "قيل من جديد"}


def loaded(code):
    """A founding programme with its editions, and the folder it came from."""
    season = ROOT / "season" / code
    folder = read_folder(ROOT / "programmes" / code, season=season, day=date(2026, 11, 1))
    return load_folder(folder, by_id=None, at=AT), folder


def edited(client, path):
    """Change every text of a page in every language, as a browser sends them."""
    initial = client.get(path).context["form"].initial
    typed = {name: str(text).replace("\n", "\r\n") for name, text in initial.items()}
    for name, text in typed.items():
        long = "\r\n\r\n" if name.startswith("about") else " "
        typed[name] = f"{NEW[name[-2:]]}{long}{text}"[:200]
    answer = client.post(path, typed)
    assert answer.status_code == 302, path
    return typed


def kinds_of(folder):
    """How many rows of each kind a folder makes."""
    calls = [kept.call for kept in folder.calls.values()]
    letters = [*folder.letters, *(one for kept in folder.calls.values() for one in kept.letters)]
    forms = [kept.form for kept in folder.calls.values() if kept.form]
    return {
        "Programme": 1,
        "Period": len(folder.programme.period),
        "KeyFact": len(folder.programme.key_fact),
        "Partnership": len(folder.partnership),
        "Partner": len(folder.partner),
        "WorkPackage": len(folder.work_package),
        "Result": len(folder.result),
        "Call": len(calls),
        "Act": sum(len(call.event) for call in calls),
        "Step": sum(len(call.step) for call in calls),
        "Item": sum(len(call.money.item) for call in calls),
        "Rule": sum(len(call.rule) for call in calls),
        "Criterion": sum(len(call.criterion) for call in calls),
        "LetterTemplate": len(letters),
        "FormVersion": len(forms),
    }


def emptied():
    """Take out what was loaded, as if it had never been."""
    Call.objects.all().delete()
    Programme.objects.all().delete()
    Organisation.objects.all().delete()
    FormVersion.objects.all().delete()
    assert [model for model in MODELS if model.objects.exists()] == []


@pytest.mark.parametrize("code", FOUNDING)
def test_what_was_edited_in_the_browser_survives_the_way_through_its_folder(code, tmp_path):
    programme, folder = loaded(code)
    person = RoleFactory(programme=programme).person
    client = enter(Client(), person, method="mfa", at=timezone.now())
    said = edited(client, f"/en/programmes/{code}/edit/")
    for call in folder.calls:
        edited(client, f"/en/calls/{call}/edit/")
    before = everything()

    assert main(["dump", code, "--to", str(tmp_path)]) == 0
    emptied()
    assert main(["load", str(tmp_path / code), "--yes"]) == 0

    after = everything()
    assert {name: len(rows) for name, rows in after.items()} == kinds_of(folder)
    for name, rows in after.items():
        assert rows == before[name], name
    assert Programme.objects.get().title["ar"] == said["title_ar"].strip()
    assert all(call.title["fr"].startswith(NEW["fr"]) for call in Call.objects.all())


def test_an_act_in_the_hour_that_comes_twice_keeps_its_moment(tmp_path):
    programme, _folder = loaded("ecf")
    call = programme.calls.filter(zone="Europe/Brussels").order_by("code")[0]
    number = call.acts.count()
    for more, hour in enumerate((0, 1), start=1):
        at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        closes_at = at + timedelta(days=30)
        ActFactory.create(call=call, number=number + more, at=at, closes_at=closes_at)
    before = everything()

    assert main(["dump", "ecf", "--to", str(tmp_path)]) == 0
    emptied()
    assert main(["load", str(tmp_path / "ecf"), "--yes"]) == 0

    assert everything()["Act"] == before["Act"]
    text = (tmp_path / "ecf" / "calls" / call.code / "call.toml").read_text("utf-8")
    assert "at = 2026-10-25T02:30:00\n" in text.replace(" 02:30", "T02:30")
    assert "at = 2026-10-25T02:30:00+01:00\n" in text.replace(" 02:30", "T02:30")
    assert pending_changes(read_folder(tmp_path / "ecf")) == []


@pytest.mark.parametrize("code", FOUNDING)
def test_saving_the_pages_of_the_browser_unchanged_changes_nothing(code):
    programme, folder = loaded(code)
    client = enter(Client(), RoleFactory(programme=programme).person, method="mfa", at=AT)
    before = everything()
    paths = [f"/en/programmes/{code}/edit/", *(f"/en/calls/{call}/edit/" for call in folder.calls)]

    for path in paths:
        initial = client.get(path).context["form"].initial
        typed = {name: str(text).replace("\n", "\r\n") for name, text in initial.items()}
        assert client.post(path, typed).status_code == 302

    assert everything() == before
    assert pending_changes(folder) == []


def test_the_founding_programmes_have_something_of_every_kind():
    folders = [loaded(code)[1] for code in FOUNDING]

    found = {name for folder in folders for name, number in kinds_of(folder).items() if number}

    assert found == {model.__name__ for model in MODELS}


def test_a_mark_that_an_officer_gave_goes_with_the_folder_and_comes_back(tmp_path):
    programme, folder = loaded("blues")
    drawn = redrawn(encoded(), longest=256)
    give_mark("blues", drawn, by=PersonFactory(), at=AT)
    assert main(["dump", "blues", "--to", str(tmp_path)]) == 0
    assert [one.place for one in pending_changes(folder)] == ["mark_picture"]
    assert edited_programme(folder) == programme
    emptied()

    assert main(["load", str(tmp_path / "blues"), "--yes"]) == 0
    again = main(["load", str(tmp_path / "blues"), "--yes"])

    assert Programme.objects.get().mark_picture_id == drawn.sha256
    assert again == 0
    assert pending_changes(read_folder(tmp_path / "blues")) == []


def test_a_mark_that_was_taken_away_is_not_left_in_an_older_dump(tmp_path):
    loaded("blues")
    who = {"by": PersonFactory(), "at": AT}
    give_mark("blues", redrawn(encoded()), **who)
    assert main(["dump", "blues", "--to", str(tmp_path)]) == 0
    remove_mark("blues", **who)

    assert main(["dump", "blues", "--to", str(tmp_path)]) == 0

    assert not (tmp_path / "blues" / "mark.webp").exists()


def test_what_is_no_picture_is_a_mistake_of_the_folder(tmp_path):
    root = written(tmp_path)
    (root / "mark.webp").write_bytes(b"<svg/>")

    assert mistakes_of(root) == [
        (
            "bridge/mark.webp",
            1,
            str(PICTURE_FAULTS[Fault.DRAWING]),
            "Give another picture, or remove the file.",
        )
    ]
