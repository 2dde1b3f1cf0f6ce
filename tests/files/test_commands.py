"""`fondaco check`, `load` and `dump` as an officer types them."""

import pytest
from django.utils import translation

from fondaco.calls import services as calls
from fondaco.calls.models import Call
from fondaco.config.cli import main
from fondaco.programmes import services as programmes
from fondaco.programmes.models import Programme
from tests.factories.applications import ApplicationFactory
from tests.factories.calls import CallFactory
from tests.factories.directory import AT, PersonFactory
from tests.files.folders import changed, everything, loaded_at, written

pytestmark = pytest.mark.django_db
CALL, FORM = "calls/bold-call/call.toml", "calls/bold-call/form.toml"


@pytest.fixture(autouse=True)
def _terminal_in_english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with translation.override("en"):
        yield


@pytest.fixture
def told(capsys):
    """What the command says: the lines of its answer and of its complaint."""

    def lines():
        said = capsys.readouterr()
        return said.out.splitlines(), said.err.splitlines()

    return lines


@pytest.fixture
def answers(monkeypatch):
    """Answer the question that a command asks."""

    def answer(word):
        def typed(_question):
            if word is None:
                raise EOFError
            return word

        monkeypatch.setattr("builtins.input", typed)

    return answer


def run(*words):
    """Run one command."""
    return main([str(word) for word in words])


def test_check_of_a_good_folder(root, told):
    assert run("check", root) == 0
    assert told() == ([f"{root}: no mistakes"], [])


def test_check_names_every_mistake_and_loads_nothing(root, tmp_path, told):
    good = written(tmp_path / "other")
    changed(root, CALL, "points = 100\n", "")
    changed(root, "programme.toml", '"TN", "IT"', '"TN", "QQ"')

    assert run("check", root, good) == 1
    out, err = told()
    assert out == [f"{good}: no mistakes"]
    assert [line.split(": ")[0] for line in err] == [
        "bridge/calls/bold-call/call.toml:46",
        "bridge/programme.toml:4",
        str(root),
    ]
    assert err[-1] == f"{root}: 2 mistakes"
    assert not Programme.objects.exists()


def test_load_shows_what_would_change_and_asks(root, told, answers):
    answers("yes")

    assert run("load", root) == 0
    out, _err = told()
    assert out[0].startswith("bridge: ")
    assert out[1] == "  about.en: — -> # Bridge It joins two shores."
    assert out[-2].startswith("  and ")
    assert out[-1] == "bridge: loaded"
    assert Call.objects.get().code == "bold-call"


@pytest.mark.parametrize("word", ["no", "", "YES!", None])
def test_load_changes_nothing_without_a_yes(root, told, answers, word):
    answers(word)

    assert run("load", root) == 1
    assert told()[0][-1] == "Nothing was loaded."
    assert not Programme.objects.exists()


@pytest.mark.parametrize("word", ["yes", " Yes ", "oui", "نعم"])
def test_load_understands_yes_in_every_language(root, answers, word):
    answers(word)

    assert run("load", root) == 0
    assert Programme.objects.exists()


def test_load_twice_has_nothing_to_change(root, told):
    run("load", root, "--yes")
    told()

    assert run("load", root, "--yes") == 0
    assert told()[0] == ["bridge: nothing to change"]


def test_load_of_several_folders_loads_none_when_one_is_wrong(root, tmp_path):
    wrong = written(tmp_path / "other")
    changed(wrong, CALL, "points = 100\n", "")

    assert run("load", root, wrong, "--yes") == 1
    assert not Programme.objects.exists()


def test_load_shows_the_one_value_that_changes(root, told):
    run("load", root, "--yes")
    changed(root, CALL, "amount = 3000", "amount = 3500")
    told()

    assert run("load", root, "--yes") == 0
    assert told()[0] == [
        "bridge: 1 changes",
        "  calls.bold-call.call.money.item[advice].amount: 3000 -> 3500",
        "bridge: loaded",
    ]


def edited(root):
    """A call that somebody edited in the browser after its folder was loaded."""
    loaded_at(root)
    Call.objects.update(title={"en": "Said in the browser"}, edited_at=AT)


def test_load_refuses_over_an_edit_made_in_the_browser(root, told):
    edited(root)
    before = everything()

    assert run("load", root, "--yes") == 1
    assert told()[0][-1] == (
        "bold-call: edited in the browser on 2026-11-01 09:00; the folder would undo that. "
        "Dump the programme first, or add --over-edits."
    )
    assert everything() == before
    assert Call.objects.get().edited_at == AT


def test_load_refuses_over_an_act_recorded_in_the_browser(root, told):
    call = loaded_at(root).calls.get()
    calls.correct_call(call.pk, reason={"en": "A word."}, by=PersonFactory(), at=AT)
    before = everything()

    assert run("load", root, "--yes") == 1
    assert told()[0][-1].startswith("bold-call: edited in the browser on 2026-11-01 09:00;")
    assert everything() == before
    assert run("load", root, "--yes", "--over-edits") == 0
    assert [act.kind for act in call.acts.all()] == ["extension"]


def test_load_refuses_over_texts_of_a_programme_edited_in_the_browser(root, told):
    programme = loaded_at(root)
    texts = {"title": {"en": "Said in the browser"}}
    programmes.change_texts("bridge", texts, by=PersonFactory(), at=AT)

    assert run("load", root, "--yes") == 1
    assert told()[0][-1].startswith("bridge: edited in the browser on 2026-11-01 09:00;")
    programme.refresh_from_db()
    assert programme.title == {"en": "Said in the browser"}
    assert run("load", root, "--yes", "--over-edits") == 0
    programme.refresh_from_db()
    assert (programme.title, programme.edited_at) == ({"en": "Bridge"}, None)


def test_load_over_edits_replaces_them(root):
    edited(root)

    assert run("load", root, "--yes", "--over-edits") == 0
    call = Call.objects.get()
    assert (call.title, call.edited_at) == ({"en": "Bold call"}, None)


def test_load_only_absent_leaves_edits_alone_and_adds_what_is_new(root, told):
    edited(root)
    for file in ("call.toml", "form.toml"):
        text = (root / f"calls/bold-call/{file}").read_text("utf-8")
        place = root / "calls/new-call"
        place.mkdir(exist_ok=True)
        (place / file).write_text(text.replace('code = "bold-call"', 'code = "new-call"'), "utf-8")

    assert run("load", root, "--yes", "--only-absent") == 0
    assert told()[0] == ["bridge: new-call"]
    assert dict(Call.objects.values_list("code", "title__en")) == {
        "bold-call": "Said in the browser",
        "new-call": "Bold call",
    }
    assert Call.objects.get(code="bold-call").edited_at == AT
    assert run("load", root, "--only-absent") == 0
    assert told()[0] == ["bridge: nothing is absent"]


def test_load_only_absent_loads_a_programme_that_is_new(root):
    assert run("load", root, "--yes", "--only-absent") == 0
    assert Call.objects.exists()


def test_load_says_when_somebody_is_writing_with_the_old_form(root, told):
    call = loaded_at(root).calls.get()
    ApplicationFactory(call=call, form=call.form)
    changed(root, FORM, 'label.en = "Title"', 'label.en = "Name"')

    assert run("load", root, "--yes") == 0
    assert told()[0][-2] == (
        "bold-call: applications are being written; they keep their form, "
        "new ones get a new version."
    )


def test_load_refuses_the_code_of_another_programmes_call(root, told):
    other = CallFactory(code="bold-call")

    assert run("load", root, "--yes") == 1
    assert told()[0][-1] == (
        f"bold-call: a call of {other.programme.code} has this code already. Choose another."
    )
    assert Programme.objects.get() == other.programme


def test_dump_writes_a_folder_that_has_no_mistake(root, tmp_path, told):
    loaded_at(root)

    assert run("dump", "bridge", "--to", tmp_path / "dumped") == 0
    out, _err = told()
    assert out[0] == str(tmp_path / "dumped/bridge/programme.toml")
    assert run("check", tmp_path / "dumped/bridge") == 0
    assert run("load", tmp_path / "dumped/bridge") == 0
    assert told()[0][-1] == "bridge: nothing to change"


def test_dump_of_nothing(tmp_path, told):
    assert run("dump", "bridge", "--to", tmp_path) == 1
    assert told() == ([], ["There is no programme “bridge”."])
