"""Folders and files that cannot be read, and all their mistakes at once."""

import re
from datetime import date

import pytest

from fondaco.files.reading import LARGEST, read_folder
from tests.files.folders import FILES, FOUNDING, changed, mistakes_of, written
from tools.paths import ROOT

CALL, FORM = "calls/bold-call/call.toml", "calls/bold-call/form.toml"


def test_the_folder_of_these_tests_has_no_mistake(root):
    folder = read_folder(root)

    assert (folder.programme.code, list(folder.calls)) == ("bridge", ["bold-call"])
    assert len(folder.letters) == len(folder.calls["bold-call"].letters) == 1


@pytest.mark.parametrize("code", FOUNDING)
def test_the_founding_programmes_and_their_editions_have_no_mistake(code):
    season = ROOT / "season" / code

    folder = read_folder(ROOT / "programmes" / code, season=season, day=date(2026, 11, 1))

    assert folder.calls


@pytest.mark.parametrize("file", ["programme.toml", CALL])
def test_a_file_that_must_be_there(root, file):
    (root / file).unlink()

    assert mistakes_of(root) == [
        (
            f"bridge/{file}",
            1,
            "This file is missing.",
            "Write it, or remove the folder.",
        )
    ]


@pytest.mark.parametrize("file", ["partners.toml", "results.toml", FORM, "about.en.md", "mark.svg"])
def test_a_file_that_may_be_absent(root, file):
    changed(root, CALL, 'fact = "answer.members"', 'fact = "organisation.nace"')
    changed(root, CALL, 'partner = "anima"', "")
    changed(root, "programme.toml", 'partner = "anima"', "")
    changed(root, "work-packages.toml", 'leader = "anima"', "")

    (root / file).unlink()

    assert read_folder(root).programme.code == "bridge"


def test_a_folder_that_is_not_there(tmp_path):
    nowhere = tmp_path / "nowhere"

    assert mistakes_of(nowhere) == [
        (str(nowhere), 1, "There is no such folder.", "Give the path of a programme.")
    ]


def test_toml_that_is_broken(root):
    line = changed(root, CALL, "[money]", "[money")

    found = mistakes_of(root)

    assert [mistake[:2] for mistake in found] == [(f"bridge/{CALL}", line)]
    assert found[0][2].startswith("The file breaks the rules of TOML: Expected ']'")
    assert found[0][3] == "Look at this line and the one before."


def test_toml_that_ends_too_early(root):
    (root / "results.toml").write_text('[[result]]\ncode = "x', encoding="utf-8")

    assert [mistake[:2] for mistake in mistakes_of(root)] == [("bridge/results.toml", 2)]


@pytest.mark.parametrize("file", ["results.toml", "about.en.md", "letters/awarded.en.md"])
def test_a_file_that_is_not_utf_8(root, file):
    (root / file).write_bytes("# é\n\nété\n".encode("latin-1"))

    assert mistakes_of(root) == [
        (f"bridge/{file}", 1, "This file is not UTF-8 text.", "Save it as UTF-8.")
    ]


@pytest.mark.parametrize("file", ["results.toml", "about.en.md", "mark.svg"])
def test_a_link_that_leads_out_of_the_folder(root, tmp_path, file):
    secret = tmp_path / "secret"
    secret.write_text("a secret", encoding="utf-8")
    (root / file).unlink()
    (root / file).symlink_to(secret)

    assert mistakes_of(root) == [
        (f"bridge/{file}", 1, "This file lies outside the folder.", "Copy it into the folder.")
    ]


def test_a_link_inside_the_folder_is_read(root):
    (root / "about.fr.md").symlink_to(root / "about.en.md")

    assert set(read_folder(root).about) == {"en", "fr"}


@pytest.mark.parametrize("file", ["results.toml", "about.en.md"])
def test_a_file_that_is_too_large(root, file):
    (root / file).write_text("#" * (LARGEST + 1), encoding="utf-8")

    assert mistakes_of(root) == [
        (f"bridge/{file}", 1, "This file is larger than 2 MB.", "Make it shorter.")
    ]


@pytest.mark.parametrize("name", ["award.en.md", "awarded.md", "awarded.en.txt", "Awarded.en.md"])
def test_a_letter_with_a_name_nobody_knows(root, name):
    (root / "letters" / name).write_text("# x\n\ny\n", encoding="utf-8")

    ((file, line, what, remedy),) = mistakes_of(root)

    assert (file, line) == (f"bridge/letters/{name}", 1)
    assert what == f"No letter is called “{name}”."
    assert remedy.startswith("Name it <occasion>.<language>.md: application-received, ")


@pytest.mark.parametrize("text", ["Dear all,\n\nx\n", "# Only a subject\n", "# \n", ""])
def test_a_letter_without_subject_or_body(root, text):
    (root / "letters/awarded.en.md").write_text(text, encoding="utf-8")

    assert mistakes_of(root) == [
        (
            "bridge/letters/awarded.en.md",
            1,
            "A letter begins with its subject: # …",
            "Write “# ” and the subject on line 1, the letter below.",
        )
    ]


@pytest.mark.parametrize("file", ["letters/awarded.en.md", "calls/bold-call/letters/reserve.en.md"])
def test_a_placeholder_nobody_fills(root, file):
    line = changed(root, file, "{{ person }}", "{{ persn }}")

    assert mistakes_of(root) == [
        (f"bridge/{file}", line, "“persn” is no placeholder of a letter.", "Write person.")
    ]


def test_a_placeholder_nobody_fills_in_a_subject(root):
    changed(root, "letters/awarded.en.md", "# Good news", "# Good news, {{who}}")

    ((file, line, what, _remedy),) = mistakes_of(root)

    assert (file, line) == ("bridge/letters/awarded.en.md", 1)
    assert what == "“who” is no placeholder of a letter."


def test_all_mistakes_are_named_at_once_and_none_that_follows_from_another(root):
    changed(root, "partners.toml", 'country = "IT"', 'country = "Italy"')
    changed(root, FORM, 'kind = "number"', 'kind = "figure"')
    changed(root, "results.toml", "target = 60", "target = sixty")
    changed(root, "programme.toml", '"TN", "IT"', '"TN", "XX"')
    changed(root, "letters/awarded.en.md", "{{ call }}", "{{ coll }}")

    assert [(file, line) for file, line, *_said in mistakes_of(root)] == [
        ("bridge/calls/bold-call/form.toml", 13),
        ("bridge/letters/awarded.en.md", 3),
        ("bridge/partners.toml", 8),
        ("bridge/programme.toml", 4),
        ("bridge/results.toml", 4),
    ]


def test_a_mistake_in_an_edition_is_named_in_its_own_file(root, tmp_path):
    files = {
        f"calls/bold-season/{name}": FILES[f"calls/bold-call/{name}"]
        for name in ("call.toml", "form.toml")
    }
    season = written(tmp_path / "season", files)
    changed(season, "calls/bold-season/call.toml", 'code = "bold-call"', 'code = "bold-season"')
    line = changed(season, "calls/bold-season/call.toml", 'partner = "anima"', 'partner = "x"')
    (season / "calls/bold-season/letters").mkdir()
    letter = season / "calls/bold-season/letters/reserve.en.md"
    letter.write_text("# x\n\n{{ nobody }}\n", encoding="utf-8")

    found = mistakes_of(root, season=season, day=date(2026, 11, 1))

    assert [mistake[:2] for mistake in found] == [
        ("bridge/calls/bold-season/call.toml", line),
        ("bridge/calls/bold-season/letters/reserve.en.md", 3),
    ]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_text_of_euroclusters_says_the_numbers_that_its_partners_have(language):
    folder = read_folder(ROOT / "programmes" / "euroclusters")
    known = {partner.name for partner in folder.partner}
    several = [
        name
        for name in known
        if len({one.partnership for one in folder.partner if one.name == name}) > 1
    ]
    said = [int(number) for number in re.findall(r"\d+", folder.about[language].splitlines()[-1])]

    stated = folder.programme.stated.partners
    assert said == [len(folder.partnership), stated, len(known), len(folder.partner), stated]
    assert len(several) == len(folder.partner) - len(known) == 6
