"""Loading a folder, loading it again, writing it and reading it back."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from fondaco.calls import services as calls
from fondaco.calls.models import Call, Step
from fondaco.directory.models import Organisation
from fondaco.files.reading import dated, read_folder
from fondaco.files.selectors import (
    absent_calls,
    calls_with_new_form,
    edited_calls,
    edited_programme,
    pending_changes,
)
from fondaco.files.services import load_folder
from fondaco.files.writing import folder_of, write_folder
from fondaco.programmes import services as programmes
from fondaco.programmes.models import Programme
from fondaco.questionnaires.models import FormVersion
from fondaco.trail.models import Entry
from tests.factories.applications import ApplicationFactory
from tests.factories.directory import AT, PersonFactory
from tests.files.folders import (
    FOUNDING,
    MODELS,
    OF_CALL,
    OF_PROGRAMME,
    changed,
    everything,
    loaded_at,
    written,
)
from tools.paths import ROOT

pytestmark = pytest.mark.django_db
CALL, FORM = "calls/bold-call/call.toml", "calls/bold-call/form.toml"
DAY = date(2026, 11, 1)


def founding(code):
    """A founding programme with its demonstration editions."""
    return read_folder(ROOT / "programmes" / code, season=ROOT / "season" / code, day=DAY)


def test_every_value_of_a_folder_stands_in_its_row(tmp_path):
    programme = loaded_at(written(tmp_path))
    call = programme.calls.get()

    assert (programme.budget_cents, programme.rate, programme.stated) == (100_050, None, {})
    assert programme.about == {"en": "# Bridge\n\nIt joins two shores.\n"}
    assert call.opens_at == datetime(2023, 3, 14, 23, tzinfo=UTC)
    assert call.closes_at == datetime(2023, 4, 12, 15, tzinfo=UTC)
    assert call.acts.get().closes_at == datetime(2023, 4, 21, 10, tzinfo=UTC)
    assert list(call.rules.values_list("position", "value")) == [(1, ["TN", "IT"]), (2, [2])]
    assert call.items.get().amount_cents == 300_000
    assert call.form.schema["section"][0]["code"] == "project"
    assert (call.partner.code, call.published_at, call.is_demonstration) == ("anima", AT, False)
    assert programme.letter_templates.get(call="").subject == "Good news"
    assert programme.letter_templates.get(call="bold-call").body == "Dear {{ person }}, wait.\n"


@pytest.mark.parametrize("code", FOUNDING)
def test_loading_twice_changes_nothing(code):
    folder = founding(code)
    load_folder(folder, by_id=None, at=AT)
    before, numbers = everything(), [list(model.objects.values_list("pk")) for model in MODELS]

    assert pending_changes(folder) == []
    load_folder(folder, by_id=None, at=AT + timedelta(days=1))

    assert everything() == before
    assert [list(model.objects.values_list("pk")) for model in MODELS] == numbers


def emptied():
    """Take out what was loaded, as if it had never been."""
    Call.objects.all().delete()
    Programme.objects.all().delete()
    Organisation.objects.all().delete()
    FormVersion.objects.all().delete()


@pytest.mark.parametrize("code", FOUNDING)
def test_what_is_dumped_loads_into_an_empty_database_as_the_same_rows(code, tmp_path):
    folder = founding(code)
    load_folder(folder, by_id=None, at=AT)
    before = everything()
    write_folder(folder_of(Programme.objects.get()), tmp_path / code)
    emptied()
    assert all(not model.objects.exists() for model in MODELS)

    read = read_folder(tmp_path / code)
    load_folder(read, by_id=None, at=AT)

    assert read == folder
    after = everything()
    for model in MODELS:
        assert after[model.__name__] == before[model.__name__], model


def test_the_founding_programmes_fill_every_model_that_a_folder_can_fill():
    for code in FOUNDING:
        load_folder(founding(code), by_id=None, at=AT)

    assert [model.__name__ for model in MODELS if not model.objects.exists()] == ["Envelope"]


def test_dumping_twice_writes_the_same_files(tmp_path):
    programme = loaded_at(written(tmp_path))

    once = write_folder(folder_of(programme), tmp_path / "once" / "bridge")
    again = write_folder(folder_of(loaded_at(once[0].parent)), tmp_path / "again" / "bridge")

    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]
    assert {path.name for path in once} >= {"programme.toml", "mark.svg", "awarded.en.md"}


def test_what_leaves_the_folder_leaves_the_rows(tmp_path):
    root = written(tmp_path)
    programme = loaded_at(root)
    for name in ("results.toml", "work-packages.toml", "letters/awarded.en.md"):
        (root / name).unlink()
    shutil.rmtree(root / "calls/bold-call/letters")
    changed(root, CALL, '[[step]]\non = 2023-06-01\nlabel.en = "Results"\n', "")

    loaded_at(root)

    assert not programme.results.exists()
    assert not programme.work_packages.exists()
    assert not programme.letter_templates.exists()
    assert not Step.objects.exists()


def test_a_call_that_leaves_the_folder_stays(tmp_path):
    root = written(tmp_path)
    loaded_at(root)
    shutil.rmtree(root / "calls")

    folder = read_folder(root)

    assert pending_changes(folder) == []
    load_folder(folder, by_id=None, at=AT)
    assert Call.objects.get().code == "bold-call"


def test_nothing_is_half_loaded_when_one_call_cannot_be(tmp_path):
    loaded_at(written(tmp_path / "first"))
    entries = Entry.objects.count()
    before = everything()
    root = written(tmp_path / "second", name="viaduct")
    changed(root, "programme.toml", 'code = "bridge"', 'code = "viaduct"')

    with pytest.raises(IntegrityError):
        loaded_at(root)

    assert everything() == before
    assert Entry.objects.count() == entries


def test_pending_changes_name_the_place_and_both_values(tmp_path):
    root = written(tmp_path)
    loaded_at(root)
    changed(root, CALL, "amount = 3000", "amount = 3500.5")
    changed(root, "results.toml", 'title.en = "Firms trained"', 'title.en = "Firms"')

    found = [
        (change.place, change.before, change.after) for change in pending_changes(read_folder(root))
    ]

    assert found == [
        ("calls.bold-call.call.money.item[advice].amount", "3000", "3500.5"),
        ("result[trained].title.en", "Firms trained", "Firms"),
    ]


def test_everything_of_a_new_programme_is_pending(tmp_path):
    found = pending_changes(read_folder(written(tmp_path)))

    assert {change.before for change in found} == {None}
    assert len(found) > 60


def test_the_same_form_keeps_its_version(tmp_path):
    root = written(tmp_path)
    first = loaded_at(root).calls.get().form

    changed(root, CALL, 'title.en = "Bold call"', 'title.en = "Bolder call"')

    assert loaded_at(root).calls.get().form == first
    assert FormVersion.objects.get().number == 1


def test_a_changed_form_makes_a_new_version_and_drafts_keep_theirs(tmp_path):
    root = written(tmp_path)
    call = loaded_at(root).calls.get()
    draft = ApplicationFactory(call=call, form=call.form)
    changed(root, FORM, 'label.en = "Title"', 'label.en = "Name"')
    folder = read_folder(root)
    assert calls_with_new_form(folder) == [call]

    load_folder(folder, by_id=None, at=AT)

    call.refresh_from_db()
    draft.refresh_from_db()
    assert (draft.form.number, call.form.number) == (1, 2)
    assert draft.form.schema["section"][0]["question"][0]["label"] == {"en": "Title"}
    assert calls_with_new_form(folder) == []


def test_a_changed_form_troubles_nobody_where_nobody_writes(tmp_path):
    root = written(tmp_path)
    loaded_at(root)
    changed(root, FORM, 'label.en = "Title"', 'label.en = "Name"')

    assert calls_with_new_form(read_folder(root)) == []


def test_a_call_edited_in_the_browser_is_a_conflict_where_the_folder_differs(tmp_path):
    root = written(tmp_path)
    call = loaded_at(root).calls.get()
    Call.objects.update(edited_at=AT)
    assert edited_calls(read_folder(root)) == []

    Call.objects.update(title={"en": "Said in the browser"})

    assert edited_calls(read_folder(root)) == [call]


def recorded_in_the_browser(call):
    """An officer moved the deadline, and corrected the call in two languages."""
    by, at = PersonFactory(), AT + timedelta(minutes=7, microseconds=90)
    Call.objects.filter(pk=call.pk).update(closes_at=AT + timedelta(days=9))
    call.acts.all().delete()
    closes_at = AT + timedelta(days=30)
    calls.extend_call(call.pk, closes_at=closes_at, reason={"en": "Snow."}, by=by, at=at)
    calls.correct_call(call.pk, reason={"en": "A word.", "ar": "كلمة"}, by=by, at=at)


def test_an_act_recorded_in_the_browser_is_a_conflict(tmp_path):
    root = written(tmp_path)
    call = loaded_at(root).calls.get()

    calls.correct_call(call.pk, reason={"en": "A word."}, by=PersonFactory(), at=AT)

    assert edited_calls(read_folder(root)) == [call]
    assert any("event" in change.place for change in pending_changes(read_folder(root)))


def test_acts_recorded_in_the_browser_are_dumped_and_loaded_back(tmp_path):
    programme = loaded_at(written(tmp_path))
    recorded_in_the_browser(programme.calls.get())
    before = everything()["Act"]
    write_folder(folder_of(programme), tmp_path / "dumped" / "bridge")
    dumped = (tmp_path / "dumped" / "bridge" / CALL).read_text("utf-8")

    folder = read_folder(tmp_path / "dumped" / "bridge")
    assert edited_calls(folder) == []
    assert pending_changes(folder) == []
    emptied()
    load_folder(folder, by_id=None, at=AT)

    assert dumped.count("[[event]]") == 2
    assert everything()["Act"] == before
    assert [row["kind"] for row in Call.objects.get().acts.values("kind")] == [
        "extension",
        "corrigendum",
    ]


def test_the_texts_of_a_programme_edited_in_the_browser_are_a_conflict(tmp_path):
    root = written(tmp_path)
    programme = loaded_at(root)
    texts = {"title": {"en": "Said in the browser"}}

    programmes.change_texts("bridge", texts, by=PersonFactory(), at=AT)
    conflict = edited_programme(read_folder(root))
    loaded_at(root)

    programme.refresh_from_db()
    assert conflict == programme
    assert (programme.edited_at, programme.title) == (None, {"en": "Bridge"})
    assert edited_programme(read_folder(root)) is None


def test_texts_that_the_folder_says_too_are_no_conflict(tmp_path):
    root = written(tmp_path)
    assert edited_programme(read_folder(root)) is None
    loaded_at(root)

    programmes.change_texts("bridge", {"title": {"en": "Bridge"}}, by=PersonFactory(), at=AT)

    assert edited_programme(read_folder(root)) is None


def drafted(tmp_path):
    """A folder whose call is a draft."""
    root = written(tmp_path)
    changed(root, CALL, 'kind = "sub-grant"', 'kind = "sub-grant"\npublish = false')
    return root


def test_a_draft_is_loaded_and_dumped_as_one(tmp_path):
    root = drafted(tmp_path)

    programme = loaded_at(root)

    assert programme.calls.get().published_at is None
    assert folder_of(programme) == read_folder(root)
    assert pending_changes(read_folder(root)) == []


def test_a_draft_published_in_the_browser_stays_published(tmp_path):
    root = drafted(tmp_path)
    call = loaded_at(root).calls.get()
    calls.publish_call(call.pk, by=PersonFactory(), at=AT)
    folder = read_folder(root)

    assert (edited_calls(folder), pending_changes(folder)) == ([], [])
    loaded_at(root)

    call.refresh_from_db()
    assert call.published_at == AT
    assert folder_of(call.programme).calls["bold-call"].call.publish


def test_absent_calls_are_those_that_are_not_loaded(tmp_path):
    root = written(tmp_path)
    folder = read_folder(root)
    assert list(absent_calls(folder)) == ["bold-call"]

    load_folder(folder, by_id=None, at=AT)

    assert absent_calls(folder) == {}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("-20 days 09:00", datetime.fromisoformat("2026-10-12T09:00")),
        ("+30 days 17:30", datetime.fromisoformat("2026-12-01T17:30")),
        ("+1 day", date(2026, 11, 2)),
        ("-0 days", DAY),
        ("20 days", "20 days"),
        ("in spring", "in spring"),
        (date(2023, 4, 12), date(2023, 4, 12)),
        (None, None),
    ],
)
def test_a_relative_time_counts_from_the_day_of_loading(value, expected):
    assert dated(value, DAY) == expected


def test_the_editions_of_a_season_count_from_the_day_of_loading_on_their_own_clock():
    load_folder(founding("ecf"), by_id=None, at=AT)

    edition = Call.objects.get(code="cluster-booster-season")

    assert edition.is_demonstration
    assert edition.edition_of.code == "cluster-booster"
    assert edition.opens_at == datetime(2026, 8, 3, 7, tzinfo=UTC)
    assert edition.closes_at == datetime(2026, 9, 22, 15, tzinfo=UTC)
    assert [step.on for step in edition.steps.all()][:2] == [date(2026, 9, 29), date(2026, 10, 25)]


def test_an_edition_finds_its_founding_call_whatever_their_names(tmp_path):
    root = written(tmp_path)
    shutil.copytree(root / "calls/bold-call", root / "calls/a-call")
    changed(
        root,
        "calls/a-call/call.toml",
        'code = "bold-call"',
        'code = "a-call"\nedition_of = "bold-call"',
    )

    loaded_at(root)

    assert Call.objects.get(code="a-call").edition_of.code == "bold-call"


def test_a_folder_fills_nothing_that_the_comparison_does_not_know():
    assert {model._meta.app_label for model in (*OF_PROGRAMME, *OF_CALL)} == {
        "programmes",
        "calls",
    }
