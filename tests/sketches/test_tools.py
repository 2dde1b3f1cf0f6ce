"""What spares an officer typing: blocks, the bank, pasted lists, spreadsheets, moving drafts."""

import io
import json
import re
from html import unescape

import pytest

from fondaco.applications.models import Application
from fondaco.calls.models import Call
from fondaco.questionnaires.services import keep_bank
from fondaco.sketches.models import Sketch
from fondaco.sketches.rules.places import table_at, value_at
from fondaco.sketches.services import keeping, standing
from fondaco.web.sheets import read_sheet, write_sheet
from tests.desks.pages import browser_of, text_of
from tests.factories.applications import ApplicationFactory
from tests.factories.calls import CallFactory
from tests.factories.directory import AT
from tests.factories.questionnaires import FormVersionFactory, question, schema, section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_of_building")]
BUILD = "/en/calls/spring/build/"
PASTED = """Section A: Your firm
1. What is the name of your firm? (max 200 characters)
2. Which support do you ask for?
- Training
- A voucher
"""


@pytest.fixture
def browser(officer):
    return browser_of(officer)


@pytest.fixture
def part(spring, officer):
    """The mark of a section of the form."""
    keeping.opened_sketch(spring, at=AT)
    row = {"title": {"en": "You"}}
    return keeping.add_row(spring.pk, "form.section", row, code="you", by=officer, at=AT)


def questions():
    sections = table_at(Sketch.objects.get().content, "form.section")
    return [row["code"] for one in sections for row in one.get("question", [])]


def test_blocks_and_the_bank_come_into_a_section_and_go_with_one_undo(browser, bridge, part):
    keep_bank(bridge, [question("why", label={"en": "Why?"})])
    for _time in range(2):
        browser.post(f"{BUILD}questions/", {"section": part, "ready": "bank|why"})
    assert questions() == ["why", "why-2"]
    page = browser.post(
        f"{BUILD}questions/", {"section": part, "ready": "block|honour"}, follow=True
    )
    assert "in the form. Undo takes" in text_of(page.content.decode())
    assert questions()[:2] == ["why", "why-2"]
    assert len(questions()) > 2
    assert Call.objects.get().form is not None

    browser.post(f"{BUILD}form/", {"marks": "{}", "do": "undo"})
    assert questions() == ["why", "why-2"]


def test_a_pasted_list_becomes_questions_to_correct(browser, spring):
    browser.post(f"{BUILD}questions/", {"text": PASTED})
    part = table_at(Sketch.objects.get().content, "form.section")[0]

    assert [(row["kind"], row.get("limit")) for row in part["question"]] == [
        ("short-text", 200),
        ("choice", None),
    ]
    assert len(part["question"][1]["option"]) == 2
    browser.post(f"{BUILD}questions/", {"text": PASTED})
    assert len(questions()) == len(set(questions())) == 4


def test_a_list_without_questions_is_said_to_be_one(browser, spring):
    page = browser.post(f"{BUILD}questions/", {"text": " "})
    assert "This field is required" in text_of(page.content.decode())


def test_texts_go_out_to_a_translator_and_come_back_with_a_look(browser, spring):
    out = b"".join(browser.get(f"{BUILD}sheet/?source=en&target=fr"))
    rows = read_sheet(io.BytesIO(out))
    rows = [
        [row[0], row[1], "Appel du printemps" if row[0].endswith("title") else "", ""]
        for row in rows
    ]
    back = io.BytesIO(write_sheet("x", rows, widths=[10, 10, 10, 10], is_rtl=False))
    back.name = "back.xlsx"
    page = browser.post(f"{BUILD}sheet/in/", {"source": "en", "target": "fr", "sheet": back})
    html = page.content.decode()
    assert "Appel du printemps" in html
    assert Call.objects.get().title == {"en": "Spring call"}
    marks = unescape(re.search(r'name="marks" value="([^"]*)"', html)[1])

    sent = dict.fromkeys(json.loads(marks), "Appel du printemps")
    browser.post(f"{BUILD}languages/", {"marks": marks, **sent})

    assert Call.objects.get().title["fr"] == "Appel du printemps"


def test_a_file_that_is_no_spreadsheet_is_refused_in_words(browser, spring):
    file = io.BytesIO(b"nothing of the kind")
    file.name = "back.xlsx"
    page = browser.post(f"{BUILD}sheet/in/", {"source": "en", "target": "fr", "sheet": file})
    assert "no spreadsheet that can be read" in text_of(page.content.decode())
    same = browser.post(f"{BUILD}sheet/in/", {"source": "en", "target": "en"})
    assert "two different languages" in text_of(same.content.decode())


def test_drafts_move_to_the_corrected_form_with_what_changed_in_words(browser, bridge, officer):
    form = FormVersionFactory(form="spring", schema=schema(section("you", question("name"))))
    call = CallFactory(programme=bridge, code="spring", form=form)
    draft = ApplicationFactory(call=call, form=form)
    sketch, _kept = keeping.opened_sketch(call, at=AT)
    part = value_at(sketch.content, "form.section")[0]["~"]
    row = {"kind": "short-text", "label": {"en": "New one"}}
    table = f"form.section.~{part}.question"
    keeping.add_row(call.pk, table, row, code="new", by=officer, at=AT)
    standing.correct_sketch(call.pk, reason={"en": "One more."}, by=officer, at=AT)
    assert Application.objects.get().form == draft.form

    page = browser.get(f"{BUILD}drafts/").content.decode()
    assert "New question: “New one”." in text_of(page)
    browser.post(f"{BUILD}drafts/")

    assert Application.objects.get().form == Call.objects.get().form
    assert "No draft has an earlier form" in browser.get(f"{BUILD}drafts/").content.decode()
