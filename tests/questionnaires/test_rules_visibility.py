"""Which questions are asked: conditions look back, and what is hidden lacks and says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.questionnaires.rules.conditions import Condition, holds
from fondaco.questionnaires.rules.conditions import Test as How
from fondaco.questionnaires.rules.schema import form_from
from fondaco.questionnaires.rules.sections import (
    missing,
    problems,
    progress,
    signed_content,
    values,
)
from fondaco.questionnaires.rules.visibility import hidden_in
from tests.factories.questionnaires import option, question, schema, section

YES_NO = [option("yes"), option("no")]


def when(of, test="is", *value, match="all"):
    return {"match": match, "condition": [{"of": of, "test": test, "value": list(value)}]}


HOSTS = form_from(
    schema(
        section(
            "hosting",
            question("host", "choice", required=True, option=YES_NO),
            question("rooms", "number", required=True, shown_when=when("host", "is", "yes")),
            question("plan", required=True, shown_when=when("rooms", "at-least", 5)),
        ),
        section("tunis", question("tax", required=True))
        | {"shown_when": when("organisation.country", "in", "TN", "MA")},
    )
)


@pytest.mark.parametrize(
    ("test", "wanted", "value", "does"),
    [
        ("is", ("yes",), "yes", True),
        ("is", ("yes",), True, True),
        ("is", ("a", "b"), ["b", "a"], True),
        ("is", ("a",), ["a", "b"], False),
        ("in", ("a", "b"), "a", True),
        ("in", ("a", "b"), ["a", "c"], False),
        ("any-of", ("a", "b"), ["c", "b"], True),
        ("any-of", ("a",), ["c"], False),
        ("answered", (), "anything", True),
        ("answered", (), "", False),
        ("answered", (), None, False),
        ("at-least", ("5",), "12", True),
        ("at-least", ("5",), "4.9", False),
        ("at-most", ("5",), "5", True),
        ("at-most", ("2027-01-31",), "2026-12-01", True),
        ("at-least", ("2027-01-31",), "2026-12-01", False),
        ("at-least", (), "3", False),
        ("is", ("yes",), None, False),
    ],
)
def test_a_condition_compares_what_was_answered(test, wanted, value, does):
    assert holds(Condition("q", How(test), wanted), value) is does


@pytest.mark.parametrize(
    ("answers", "country", "hidden"),
    [
        ({}, "TN", {"rooms": ("host",), "plan": ("rooms",)}),
        ({"host": "no", "rooms": "9"}, "MA", {"rooms": ("host",), "plan": ("rooms",)}),
        ({"host": "yes", "rooms": "4"}, "TN", {"plan": ("rooms",)}),
        ({"host": "yes", "rooms": "٧"}, "IT", {"tax": ("organisation.country",)}),
    ],
)
def test_what_is_not_asked_names_the_answer_because_of_which(answers, country, hidden):
    assert hidden_in(HOSTS, answers, {"organisation.country": country}) == hidden


def test_one_of_several_conditions_is_enough_where_the_form_says_so():
    either = {
        "match": "any",
        "condition": [
            {"of": "a", "test": "is", "value": "yes"},
            {"of": "b", "test": "answered"},
        ],
    }
    form = form_from(
        schema(section("s", question("a"), question("b"), question("c", shown_when=either)))
    )

    assert hidden_in(form, {"a": "no"}) == {"c": ("a", "b")}
    assert hidden_in(form, {"b": "x"}) == {}


def test_what_is_hidden_lacks_nothing_and_says_nothing_but_stays_typed():
    first = HOSTS.sections[0]
    answers = {"host": "no", "rooms": "many", "plan": "x"}
    hidden = hidden_in(HOSTS, answers, {"organisation.country": "IT"})

    assert problems(first, answers, hidden=hidden) == []
    assert missing(first, answers, hidden=hidden) == []
    assert progress(first, answers, hidden=hidden).most == 1
    assert values(HOSTS, answers, hidden=hidden) == {"host": "no"}
    assert signed_content(HOSTS, answers, hidden=hidden) == signed_content(HOSTS, {"host": "no"})


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "host": st.sampled_from(["yes", "no", "maybe", ""]),
        "rooms": st.sampled_from(["1", "5", "100", "x", ""]),
        "plan": st.text(max_size=5),
        "tax": st.text(max_size=5),
    },
)


@given(ANSWERS, st.sampled_from(["TN", "IT", ""]))
def test_a_required_question_is_answered_or_lacking_or_said_to_be_left_out(answers, country):
    hidden = hidden_in(HOSTS, answers, {"organisation.country": country})
    said = values(HOSTS, answers, hidden=hidden)
    named = {
        found.question
        for part in HOSTS.sections
        for found in [
            *missing(part, answers, hidden=hidden),
            *problems(part, answers, hidden=hidden),
        ]
    }

    for asked in HOSTS.questions:
        places = [asked.code in said, asked.code in named, asked.code in hidden]
        assert sum(places) == 1
    assert all(hidden.values())


def test_a_form_without_conditions_hides_nothing():
    form = form_from(schema(section("s", question("a"))))

    assert not form.is_conditional
    assert hidden_in(form, {}) == {}
