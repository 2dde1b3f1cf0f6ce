"""What does not agree in a form is named with its place."""

import pytest

from fondaco.questionnaires.phrases.mistakes import SAID, fault_words
from fondaco.questionnaires.rules.checks import Mistake, faults
from tests.factories.questionnaires import option, question, schema, section

LINES = [
    question("what", "choice", option=[option("travel"), option("staff")]),
    question("quantity", "number"),
    question("price", "money"),
    question("amount", "money", formula="quantity * price", total=True),
]


def condition(of, test, *value):
    return {"condition": [{"of": of, "test": test, "value": list(value)}]}


def asked_when(of, test, *value):
    return schema(
        section(
            "s",
            question("kind", "choice", option=[option("a"), option("b")]),
            question("name"),
            question("proof", "file"),
            question("q", shown_when=condition(of, test, *value)),
            question("later"),
        )
    )


@pytest.mark.parametrize(
    ("of", "test", "value", "mistake"),
    [
        ("nobody", "is", ["a"], Mistake.NO_SUCH_QUESTION),
        ("organisation.mood", "is", ["a"], Mistake.NO_SUCH_FACT),
        ("later", "is", ["a"], Mistake.LATER_QUESTION),
        ("q", "is", ["a"], Mistake.ITSELF),
        ("kind", "is", ["c"], Mistake.NO_SUCH_OPTION),
        ("kind", "is", [], Mistake.NO_VALUE),
        ("kind", "answered", ["a"], Mistake.VALUE_NOT_ASKED),
        ("name", "at-least", ["3"], Mistake.NO_ORDER),
        ("proof", "is", ["a"], Mistake.NOT_COMPARED),
    ],
)
def test_a_condition_looks_back_at_an_answer_that_there_can_be(of, test, value, mistake):
    found = faults(asked_when(of, test, *value))

    assert [fault.mistake for fault in found] == [mistake]
    assert found[0].where[:6] == ("section", 0, "question", 3, "shown_when", "condition")


@pytest.mark.parametrize(
    ("of", "test", "value"),
    [
        ("kind", "any-of", ["a", "b"]),
        ("proof", "answered", []),
        ("organisation.country", "in", ["TN"]),
    ],
)
def test_what_agrees_is_no_mistake(of, test, value):
    assert faults(asked_when(of, test, *value)) == []


def group(columns=LINES, **more):
    return question("lines", "group", column=columns, **more)


@pytest.mark.parametrize(
    ("asked", "mistake"),
    [
        (group([]), Mistake.GROUP_NEEDS_COLUMNS),
        (question("q", column=LINES), Mistake.COLUMNS_OF_NOTHING),
        (group([question("f", "file")]), Mistake.NOT_IN_ROWS),
        (group([question("a"), question("a")]), Mistake.TWICE),
        (group([question("a", total=True)]), Mistake.NOT_A_FIGURE),
        (group([question("a", "choice")]), Mistake.NO_SUCH_OPTION),
        (group([question("a", "money", formula="b * 2")]), Mistake.NO_SUCH_COLUMN),
        (group([question("a", "money", formula="2 +")]), Mistake.FORMULA_WRONG),
        (group(budget={"amount": "price"}), Mistake.NO_SUCH_COLUMN),
        (group(budget={"amount": "amount", "category": "price"}), Mistake.NOT_A_CHOICE),
        (group(budget={"amount": "amount", "grant": "title"}), Mistake.NOT_MONEY),
        (
            group(
                budget={
                    "amount": "amount",
                    "category": "what",
                    "ceiling": [{"option": "food", "most": 5}],
                }
            ),
            Mistake.NO_SUCH_OPTION,
        ),
        (
            group(
                budget={
                    "amount": "amount",
                    "category": "what",
                    "ceiling": [{"option": "staff"}],
                }
            ),
            Mistake.NO_LIMIT,
        ),
    ],
)
def test_a_group_reckons_with_what_it_has(asked, mistake):
    assert [fault.mistake for fault in faults(schema(section("s", asked)))] == [mistake]


def test_two_columns_of_an_export_are_never_called_alike():
    one, other = question("a", export="name"), question("b", export="name")

    assert [fault.mistake for fault in faults(schema(section("s", one, other)))] == [
        Mistake.EXPORT_TAKEN
    ]
    clash = faults(schema(section("s", one, question("name"))))
    assert [fault.where[-1] for fault in clash] == ["code"]


def test_every_mistake_has_its_words_and_a_remedy():
    assert SAID.keys() == set(Mistake)
    what, remedy = fault_words(faults(asked_when("kind", "is", "c"))[0])
    assert (what, remedy) == ("“c” is no answer that can be chosen.", "Write one of: a, b.")
