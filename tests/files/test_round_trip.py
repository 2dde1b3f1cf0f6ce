"""A founding programme is edited in the browser, dumped, and loaded where nothing is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fondaco.calls.models import Act, Call
from fondaco.calls.states import ActKind
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
LACKS = {
    "blue-crowdfunding": {"Partnership", "WorkPackage", "Item", "Envelope", "Quota", "Criterion"},
    "blues": {"Partnership", "Act", "Item", "Envelope", "Quota", "Criterion"},
    "cluster4green": {"Partnership", "WorkPackage", "Item", "Envelope", "Quota"},
    "ecf": {"Partnership", "WorkPackage", "Act", "Item", "Envelope", "Quota"},
    "euroclusters": {"WorkPackage", "Envelope"},
}
"""What nobody has found out, or decided, about each founding programme; the rest is there."""
UNTOLD = {"Envelope"}
"""What no source of any founding programme tells."""
WHILE = timedelta(seconds=20)


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


def recorded(client, folder):
    """Do to the calls what an officer can, one after another; each act with its call.

    One call gets a later deadline, so that it is open, and everything that an open call goes
    through; the last one is cancelled.
    """
    with_deadline = (code for code, kept in folder.calls.items() if kept.call.timetable.closes)
    one, last = min(with_deadline), max(folder.calls)
    acts = [(kind, last if kind == ActKind.CANCELLATION else one) for kind in ActKind]
    for turn, (kind, code) in enumerate(acts, start=1):
        typed = {f"reason_{language}": f"{text}: {kind}." for language, text in NEW.items()}
        moved = {"closes": "2026-12-15T12:00", "confirmed": "yes"}
        more = moved if kind == ActKind.EXTENSION else {"act": kind}
        page = "extend" if kind == ActKind.EXTENSION else "acts"
        with time_machine.travel(AT + turn * WHILE, tick=False):
            answer = client.post(f"/en/calls/{code}/{page}/", typed | more | {"is_sure": "on"})
        assert answer["Location"].endswith(f"/calls/{code}/office/"), (code, kind)
    return acts


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
        "Envelope": sum(len(call.money.envelope) for call in calls),
        "Quota": sum(len(call.quota) for call in calls),
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
    client = enter(Client(), RoleFactory(programme=programme).person, method="mfa", at=AT)
    with time_machine.travel(AT, tick=False):
        said = {code: edited(client, f"/en/programmes/{code}/edit/")}
        said |= {call: edited(client, f"/en/calls/{call}/edit/") for call in folder.calls}
        picture = SimpleUploadedFile("mark.png", encoded())
        given = client.post(f"/en/programmes/{code}/mark/", {"mark": picture})
    acts = recorded(client, folder)
    before, mark = everything(), Programme.objects.get().mark_picture_id
    assert (given.status_code, bool(mark)) == (302, True)

    assert main(["dump", code, "--to", str(tmp_path)]) == 0
    emptied()
    assert main(["load", str(tmp_path / code), "--yes"]) == 0

    after = everything()
    kinds = kinds_of(folder)
    kinds["Act"] += len(acts)
    assert {name: len(rows) for name, rows in after.items()} == kinds
    for name, rows in after.items():
        assert rows == before[name], name
    for thing in (Programme.objects.get(), *Call.objects.all()):
        for name, text in said[thing.code].items():
            kept = getattr(thing, name[:-3])[name[-2:]]
            assert kept.split() == text.split(), (thing.code, name)
    assert Programme.objects.get().mark_picture_id == mark
    for kind, call in acts:
        act = Act.objects.get(call__code=call, kind=kind, reason__en=f"{NEW['en']}: {kind}.")
        assert act.reason == {language: f"{text}: {kind}." for language, text in NEW.items()}
    moved = Act.objects.get(kind=ActKind.EXTENSION, reason__en__startswith=NEW["en"])
    assert moved.closes_at.astimezone(ZoneInfo(moved.call.zone)).isoformat()[:16] == (
        "2026-12-15T12:00"
    )
    assert pending_changes(read_folder(tmp_path / code)) == []


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


@pytest.mark.parametrize("code", FOUNDING)
def test_a_founding_programme_has_something_of_every_kind_but_what_nobody_knows(code):
    kinds = kinds_of(loaded(code)[1])

    assert {name for name, number in kinds.items() if not number} == LACKS[code]


def test_the_founding_programmes_have_something_of_every_kind():
    folders = [loaded(code)[1] for code in FOUNDING]

    found = {name for folder in folders for name, number in kinds_of(folder).items() if number}

    assert found == {model.__name__ for model in MODELS} - UNTOLD


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
