"""The pages of the builder as an officer uses them, with script and without."""

import io
import json
import re
from html import unescape
from zipfile import ZipFile

import pytest

from fondaco.calls.models import Call
from fondaco.sketches.models import Sketch
from fondaco.sketches.phrases.steps import STEPS
from fondaco.sketches.rules.places import table_at, value_at
from fondaco.sketches.services import keeping
from tests.desks.pages import browser_of, text_of
from tests.factories.directory import AT
from tests.factories.programmes import ProgrammeFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_of_building")]
BUILD = "/en/calls/spring/build/"
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def browser(officer):
    return browser_of(officer)


def marks_in(html):
    return unescape(re.search(r'id="marks" value="([^"]*)"', html)[1])


def typed(browser, step, **values):
    """A page of the builder as it would be sent, with these values in the place of those shown."""
    html = browser.get(f"{BUILD}{step}/").content.decode()
    ticked: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)" checked', html):
        ticked.setdefault(name, []).append(value)
    said = {name.replace("__", "."): value for name, value in values.items()}
    return {"marks": marks_in(html), **ticked, **said}


def content():
    return Sketch.objects.get().content


def test_a_call_is_begun_from_nothing_from_another_and_from_files(browser, bridge, officer):
    begin = "/en/programmes/bridge/calls/new/"
    browser.post(begin, {"title": "Spring, and more!", "kind": "voucher"})
    spring = Call.objects.get(code="spring-and-more")
    assert spring.published_at is None
    sent = {"title": "Second", "kind": "voucher", "copied": "spring-and-more"}
    assert browser.post(begin, sent).url == "/en/calls/second/build/basics/"
    file = io.BytesIO(b"".join(browser.get("/en/calls/second/build/files/")))
    file.name = "second.zip"
    browser.post(begin, {"title": "Third", "kind": "voucher", "folder": file})
    assert Call.objects.filter(programme=bridge).count() == 3


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("call.toml", b"code = ", "breaks the rules of TOML"),
        ("call.zip", b"PK nothing", "no folder of a call"),
        ("call.toml", b'code = "x"\nkind = "nothing"', "still missing or wrong"),
    ],
)
def test_files_that_are_no_call_are_refused_in_words(browser, bridge, name, given, said):
    file = io.BytesIO(given)
    file.name = name
    page = browser.post(
        "/en/programmes/bridge/calls/new/", {"title": "X", "kind": "voucher", "folder": file}
    )

    assert said in text_of(page.content.decode())
    assert Call.objects.count() == 0


@pytest.mark.usefixtures("spring")
def test_every_page_opens_and_sends_itself_without_changing_anything(browser):
    for step in STEPS:
        sent = typed(browser, step.code)
        html = browser.get(f"{BUILD}{step.code}/").content.decode()
        for name in json.loads(sent["marks"]):
            found = re.search(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', html)
            area = re.search(rf'name="{re.escape(name)}"[^>]*>\n([^<]*)</textarea>', html)
            box = re.findall(rf'name="{re.escape(name)}" value="([^"]*)" checked', html)
            chosen = re.search(
                rf'name="{re.escape(name)}"[^>]*>.*?<option value="([^"]*)" selected', html
            )
            is_box = f'type="checkbox" id="{name.replace(".", "-")}' in html
            if is_box:
                sent[name] = box
            elif area or chosen:
                sent[name] = unescape((area or chosen)[1])
            else:
                sent[name] = unescape(found[1]) if found and "<select" not in found[0] else ""
        before = content()
        browser.post(f"{BUILD}{step.code}/", sent)
        assert content() == before, step.code


@pytest.mark.usefixtures("spring")
def test_a_page_keeps_itself_and_says_what_is_missing(browser):
    sent = typed(browser, "money", call__money__form="fixed", call__money__amount="a lot")
    answer = browser.post(f"{BUILD}money/", sent, headers=SCRIPT).content.decode()
    assert value_at(content(), "call.money.form") == "fixed"

    sent = typed(browser, "money", call__money__form="fixed", call__money__amount="a lot")
    answer = browser.post(f"{BUILD}money/", sent, headers=SCRIPT).content.decode()
    assert "cannot be read: a lot" in text_of(answer)
    assert 'id="wrong-call-money-amount"' in answer
    assert "cannot be read: a lot" in text_of(browser.get(f"{BUILD}ready/").content.decode())


@pytest.mark.usefixtures("spring")
def test_rows_come_and_go_by_buttons_and_undo_brings_them_back(browser):
    browser.post(f"{BUILD}who/", {"marks": "{}", "do": "add|call.rule"})
    browser.post(f"{BUILD}who/", {"marks": "{}", "do": "add|call.rule"})
    first, second = table_at(content(), "call.rule")
    browser.post(f"{BUILD}who/", {"marks": "{}", "do": f"down|call.rule|{first['~']}"})
    assert [row["code"] for row in table_at(content(), "call.rule")] == ["rule-2", "rule-1"]
    page = browser.post(
        f"{BUILD}who/", {"marks": "{}", "do": f"remove|call.rule|{second['~']}"}, headers=SCRIPT
    )
    assert "Undo brings it back" in text_of(page.content.decode())
    browser.post(f"{BUILD}who/", {"marks": "{}", "do": "undo"})
    assert len(table_at(content(), "call.rule")) == 2
    gone = browser.post(
        f"{BUILD}who/", {"marks": "{}", "do": "remove|call.rule|99"}, headers=SCRIPT
    )
    assert "removed this row meanwhile" in text_of(gone.content.decode())


@pytest.mark.usefixtures("spring")
def test_a_rule_reads_like_a_sentence_that_can_be_taken_over(browser):
    browser.post(f"{BUILD}who/", {"marks": "{}", "do": "add|call.rule"})
    place = f"call.rule.~{table_at(content(), 'call.rule')[0]['~']}"
    sent = typed(browser, "who") | {
        f"{place}.fact": "organisation.country",
        f"{place}.test": "in",
        f"{place}.value": ["TN", "IT"],
        f"{place}.code": "place",
    }
    page = browser.post(f"{BUILD}who/", sent | {"whole": "yes"}, headers=SCRIPT).content.decode()
    assert "Country of registration is one of: Tunisia or Italy." in text_of(page)
    browser.post(f"{BUILD}who/", {"marks": "{}", "do": f"say|call.rule|{place.rpartition('~')[2]}"})

    assert value_at(content(), f"{place}.says.fr").startswith("Le pays d'enregistrement est parmi")
    assert Call.objects.get().rules.get().value == ["TN", "IT"]
    browser.post(f"{BUILD}who/", {"marks": "{}", "do": "undo"})
    assert value_at(content(), f"{place}.says") is None


@pytest.mark.usefixtures("spring")
def test_what_clashed_is_shown_beside_what_stands(browser, officer):
    sent = typed(browser, "basics", call__summary__en="Mine")
    keeping.keep_typed(Call.objects.get().pk, {"call.summary.en": "Theirs"}, {}, by=officer, at=AT)
    answer = browser.post(f"{BUILD}basics/", sent, headers=SCRIPT).content.decode()

    assert "Mine" in text_of(answer)
    assert "Theirs" in answer
    assert value_at(content(), "call.summary.en") == "Theirs"


@pytest.mark.usefixtures("spring")
def test_texts_stand_side_by_side_in_their_languages(browser):
    page = browser.get(f"{BUILD}languages/?missing=ar").content.decode()
    assert "Missing in العربية: 1" in text_of(page)
    sent = {"marks": marks_in(page), "call.title.ar": "نداء", "call.title.en": "Spring call"}
    browser.post(f"{BUILD}languages/", sent, headers=SCRIPT)

    assert Call.objects.get().title == {"en": "Spring call", "ar": "نداء"}
    assert (
        "Nothing is missing here" in browser.get(f"{BUILD}languages/?missing=ar").content.decode()
    )


@pytest.mark.usefixtures("spring")
def test_the_preview_speaks_each_language_and_may_stand_in_a_frame_of_ours(browser):
    browser.post(f"{BUILD}basics/", typed(browser, "basics", call__title__fr="Appel du printemps"))
    page = browser.get("/fr/calls/spring/build/preview/")

    assert "Appel du printemps" in page.content.decode()
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]


@pytest.mark.usefixtures("spring")
def test_the_call_is_taken_away_as_files_that_load(browser):
    packed = b"".join(browser.get(f"{BUILD}files/"))
    with ZipFile(io.BytesIO(packed)) as package:
        assert package.namelist() == ["spring/call.toml"]
        assert 'code = "spring"' in package.read("spring/call.toml").decode()


@pytest.mark.usefixtures("spring")
def test_a_draft_is_thrown_away_after_one_more_question(browser):
    assert "Throw the draft away?" in browser.get(f"{BUILD}discard/").content.decode()
    assert Call.objects.count() == 1
    assert browser.post(f"{BUILD}discard/").url == "/en/programmes/bridge/run/"
    assert Call.objects.count() == 0


def test_nobody_but_officers_of_the_programme_builds(spring, bridge):
    stranger = RoleFactory(programme=ProgrammeFactory()).person
    other = browser_of(stranger)

    assert other.get(f"{BUILD}basics/").status_code == 404
    assert other.get("/en/programmes/bridge/calls/new/").status_code == 404
