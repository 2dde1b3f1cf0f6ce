"""Pages that grow with their answers: conditions and rows without script, what is frozen."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from fondaco.applications import selectors
from fondaco.applications.services import sending, writing
from fondaco.questionnaires.rules.answers import mark
from fondaco.questionnaires.rules.groups import Move
from tests.applications.reader import signed_in
from tests.factories.applications import ApplicationFactory, colleague_of, open_call
from tests.factories.directory import AT
from tests.factories.questionnaires import (
    FormVersionFactory,
    option,
    question,
    schema,
    section,
)

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(hours=1)
WHEN_HOST = {"condition": [{"of": "host", "test": "is", "value": ["yes"]}]}
FORM = schema(
    section(
        "hosting",
        question("host", "choice", required=True, option=[option("yes"), option("no")]),
        question("rooms", "number", required=True, shown_when=WHEN_HOST),
    ),
    section("house", question("address", required=True)) | {"shown_when": WHEN_HOST},
    section(
        "money",
        question(
            "lines",
            "group",
            required=True,
            at_most=3,
            column=[
                question("what", required=True),
                question("price", "money", required=True, total=True),
            ],
            budget={"amount": "price"},
        ),
    ),
)
LINES = {
    "lines.r1": "1",
    "lines.r1.what": "Train",
    "lines.r1.price": "10,50",
    "lines.r2": "2",
    "lines.r2.what": "Ship",
    "lines.r2.price": "20",
}


@pytest.fixture(autouse=True)
def _clock_and_language():
    with translation.override("en"), time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def application():
    return ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)))


@pytest.fixture
def colleague(application):
    return colleague_of(application.organisation)


def address(page, application, *more):
    return reverse(f"applications:{page}", args=[application.call.code, application.code, *more])


def keep(application, by, section_code, **answers):
    writing.save_section(application.pk, section=section_code, answers=answers, by=by, at=NOW)


def test_what_an_answer_brings_up_is_asked_before_the_next_page(application, colleague):
    browser, here = signed_in(colleague), address("section", application, "hosting")
    page = browser.get(here).content.decode()
    assert '<div class="asked-when"' in page
    assert "hidden><input" in page

    saved = browser.post(here, {"q-host": "yes", "q-rooms": "", "next": "1"})

    assert saved["Location"] == f"{here}#q-rooms"
    again = browser.post(here, {"q-host": "yes", "q-rooms": "3", "showed": "rooms", "next": "1"})
    assert again["Location"] == address("section", application, "house")


def test_a_section_that_is_not_asked_is_passed_over_and_said_in_the_review(application, colleague):
    browser, here = signed_in(colleague), address("section", application, "hosting")

    saved = browser.post(here, {"q-host": "no", "q-rooms": "7", "next": "1"})

    assert saved["Location"] == address("section", application, "money")
    assert selectors.copy_of(application).answers["rooms"] == "7"
    review = browser.get(address("review", application)).content.decode()
    assert "One question is not asked, because of your answers" in review
    assert address("section", application, "house") in review
    assert "1 of 2" in review


def test_what_is_not_asked_is_not_frozen_but_stays_typed(application, colleague):
    keep(application, colleague, "hosting", host="no", rooms="7")
    keep(application, colleague, "money", **LINES)

    sent = sending.submit_application(application.pk, key="k", by=colleague, at=NOW)

    assert sent.content["hidden"] == {"rooms": ["host"], "address": ["host"]}
    assert sent.content["answers"].keys() == {"host", "lines"}
    assert sent.content["answers"]["lines"]["totals"] == [{"price": "30.50"}]
    assert "rooms" not in sent.content["typed"]
    keep(application, colleague, "hosting", host="yes", rooms="8")
    writing.put_back(application, asked=[], at=NOW)
    assert selectors.copy_of(application).answers | {"host": "no", "rooms": "8"} == (
        selectors.copy_of(application).answers
    )
    page = signed_in(colleague).get(address("receipt", application, 1)).content.decode()
    assert "€30.50" in page
    assert "because of the answer to:" in page


def test_rows_are_added_moved_and_put_back_without_script(application, colleague):
    browser, here = signed_in(colleague), address("section", application, "money")
    typed = {f"q-{key}": said for key, said in LINES.items()}

    added = browser.post(here, {**typed, "row": "add lines"})
    moved = browser.post(here, {**typed, "row": "up lines r2"})
    browser.post(here, {"row": "remove lines r1"})
    gone = browser.get(here).content.decode()
    browser.post(here, {"row": "put-back lines r1"})

    assert added["Location"].startswith(f"{here}#q-lines.")
    assert moved["Location"] == f"{here}#q-lines.r2-row"
    assert "This row was removed:" in gone
    assert "Train" in gone
    rows = selectors.copy_of(application).values["lines"]["rows"]
    assert [row["what"] for row in rows] == ["Ship", "Train"]


def test_a_strange_wish_for_rows_changes_nothing(application, colleague):
    browser, here = signed_in(colleague), address("section", application, "money")

    for wish in ("add host", "burn lines r1", "up lines", "remove lines r9"):
        assert browser.post(here, {"row": wish}).status_code == 302

    assert "lines" not in selectors.copy_of(application).values


def test_a_cell_that_is_wrong_is_named_with_its_row(application, colleague):
    browser, here = signed_in(colleague), address("section", application, "money")

    page = browser.post(here, {"q-lines.r1": "1", "q-lines.r1.price": "dear", "next": "1"})

    said = page.content.decode()
    assert page.status_code == 422
    assert '<a href="#q-lines.r1.price">Row 1, Price –' in said
    review = browser.get(address("review", application)).content.decode()
    assert "?check=1#q-lines.r1.what" in review
    assert "Row 1, What: This needs an answer." in review


def save(application, by, marks, **answers):
    return writing.save_section(
        application.pk, section="money", answers=answers, was=marks, by=by, at=NOW
    )


def test_two_people_write_into_one_row_and_add_rows_of_their_own(application, colleague):
    other = colleague_of(application.organisation)
    keep(application, colleague, "money", **LINES)
    shown = {key: mark(said) for key, said in LINES.items()}

    mine = LINES | {"lines.r1.what": "Night train", "lines.aa": "3", "lines.aa.what": "Mine"}
    theirs = LINES | {"lines.r1.price": "11", "lines.bb": "3", "lines.bb.what": "Theirs"}
    assert not save(application, colleague, shown, **mine).clashes
    assert not save(application, other, shown, **theirs).clashes

    rows = selectors.copy_of(application).values["lines"]["rows"]
    assert [(row["row"], row["what"]) for row in rows] == [
        ("r1", "Night train"),
        ("r2", "Ship"),
        ("aa", "Mine"),
        ("bb", "Theirs"),
    ]
    assert rows[0]["price"] == "11.00"


def test_a_row_that_somebody_writes_into_is_not_taken_away(application, colleague):
    keep(application, colleague, "money", **LINES)
    shown = {key: mark(said) for key, said in LINES.items()}
    who = {"by": colleague, "at": NOW}
    writing.change_rows(application.pk, question="lines", move=Move.REMOVE, row="r1", **who)

    untouched = save(application, colleague, shown, **LINES)
    assert untouched.theirs == ("lines.r1", "lines.r2")
    written = save(application, colleague, shown, **LINES | {"lines.r1.what": "Bus"})

    assert written.answers["lines.r1"] == "1"
    assert written.answers["lines.r1.what"] == "Bus"


def test_one_cell_that_two_changed_waits_for_a_choice(application, colleague):
    browser, here = signed_in(colleague), address("section", application, "money")
    keep(application, colleague, "money", **LINES)

    page = browser.post(
        here,
        {
            "q-lines.r1": "1",
            "was-lines.r1": mark("1"),
            "q-lines.r1.what": "Bus",
            "was-lines.r1.what": mark("Before"),
        },
    )

    assert page.status_code == 409
    assert 'name="choose-lines.r1.what" value="mine"' in page.content.decode()
