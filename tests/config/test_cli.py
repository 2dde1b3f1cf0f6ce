"""The words of `fondaco`, and what it does with others."""

from importlib import import_module

import pytest
from django.utils import translation

from fondaco.config import cli


@pytest.fixture(autouse=True)
def _language_afterwards():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("verb", sorted(cli.COMMANDS))
def test_every_verb_leads_to_a_command(verb):
    module = import_module(cli.COMMANDS[verb])

    assert callable(getattr(module, verb.replace("-", "_")))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="nothing"),
        pytest.param(["burn"], id="an unknown verb"),
        pytest.param(["check"], id="no path"),
        pytest.param(["load", "--yes"], id="only an option"),
        pytest.param(["dump"], id="no programme"),
        pytest.param(["trail", "forget"], id="an unknown action"),
        pytest.param(["check", "x", "--yes"], id="an option of another verb"),
    ],
)
def test_wrong_words_are_answered_with_two(words, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(words)

    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("usage: fondaco")


@pytest.mark.parametrize(
    ("said", "language"),
    [
        pytest.param({"LC_ALL": "ar_TN.UTF-8", "LANG": "fr_FR.UTF-8"}, "ar", id="LC_ALL first"),
        pytest.param({"LANG": "fr_FR.UTF-8"}, "fr", id="LANG next"),
        pytest.param({"LANG": "de_DE.UTF-8"}, "en", id="a language the house does not speak"),
        pytest.param({"LANG": "C.UTF-8"}, "en", id="no language"),
        pytest.param({}, "en", id="nothing said"),
    ],
)
def test_a_command_answers_in_the_language_of_the_terminal(monkeypatch, tmp_path, said, language):
    for name in ("LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)

    assert cli.main(["check", str(tmp_path / "nowhere")]) == 1
    assert translation.get_language() == language
