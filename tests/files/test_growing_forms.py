"""Forms with conditions, groups and marks, and a question bank: loaded, dumped and checked."""

from datetime import UTC, datetime

import pytest

from fondaco.files.reading import read_folder
from fondaco.files.services import load_folder
from fondaco.files.writing import folder_of, write_folder
from fondaco.questionnaires.selectors import bank_of, form_of
from tests.files.folders import mistakes_of

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
FORM = "calls/bold-call/form.toml"
MORE = """
[[section]]
code = "money"
title.en = "The money"
shown_when = { match = "any", condition = [
  { of = "members", test = "at-least", value = 2 },
  { of = "organisation.country", test = "in", value = ["TN", "IT"] },
] }

[[section.question]]
code = "asked"
kind = "money"
label.en = "How much do you ask for?"
export = "grant"
seen_by = ["officers", "evaluators"]

[[section.question]]
code = "budget"
kind = "group"
at_most = 10
label.en = "Cost lines"
row_label.en = "Line"
budget = { amount = "amount", category = "kind", grant = "asked", percent = 70, ceiling = [
  { option = "travel", most = 5000, percent = 20 },
] }
column = [
  { code = "kind", kind = "choice", label = { en = "Kind" }, option = [
    { code = "travel", label = { en = "Travel" } },
  ] },
  { code = "price", kind = "money", required = true, label = { en = "Price" } },
  { code = "amount", kind = "money", formula = "price * 2", total = true, label = { en = "Sum" } },
]

[[section.question]]
code = "contact"
kind = "short-text"
label.en = "Contact"
shown_when = { condition = [{ of = "topic", test = "is", value = "training" }] }
personal = { months = 6, purpose = { en = "To write to the person." } }
"""
BANK = """[[question]]
code = "years"
kind = "number"
at_least = 0
label.en = "Years of activity"
"""


@pytest.fixture
def grown(root):
    form = root / FORM
    form.write_text(form.read_text("utf-8") + MORE, "utf-8")
    (root / "questions.toml").write_text(BANK, "utf-8")
    return root


@pytest.mark.django_db
def test_everything_comes_back_as_it_was_loaded(grown, tmp_path):
    folder = read_folder(grown)

    programme = load_folder(folder, by_id=None, at=AT)

    form = form_of(programme.calls.get(code="bold-call").form)
    assert form.is_conditional
    assert form.is_restricted
    assert form.facts == {"organisation.country"}
    assert form.personal == {"contact"}
    assert form.section("money").groups[0].budget.percent == 70
    assert [question["code"] for question in bank_of(programme)] == ["years"]
    assert folder_of(programme) == folder
    there = tmp_path / "there" / grown.name
    write_folder(folder_of(programme), there)
    assert read_folder(there) == folder


def test_a_condition_that_looks_ahead_is_answered_where_it_stands(grown):
    form = grown / FORM
    form.write_text(form.read_text("utf-8").replace('of = "members"', 'of = "asked"'), "utf-8")
    bank = grown / "questions.toml"
    bank.write_text(BANK.replace("number", "choice"), "utf-8")

    found = mistakes_of(grown)

    assert [(file, what) for file, _line, what, _remedy in found] == [
        ("bridge/calls/bold-call/form.toml", "“asked” is asked later."),
        ("bridge/questions.toml", "There is nothing to choose from."),
    ]
    assert found[0][3].startswith("Conditions look back")
