"""What differs between two versions of a form, and that no edit of a form loses an answer."""

from collections import Counter

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from fondaco.questionnaires.phrases.versions import KINDS, SAID, all_changes
from fondaco.questionnaires.rules.schema import Kind, form_from
from fondaco.questionnaires.rules.versions import Sort, difference, moved
from tests.factories.questionnaires import option, question, schema, section


def form(*questions, **more):
    return form_from(schema(section("s", *questions) | more))


@pytest.mark.parametrize(
    ("before", "after", "sorts"),
    [
        (question("a"), question("a"), []),
        (question("a"), question("a", label={"en": "Other"}), [Sort.RELABELLED]),
        (question("a"), question("a", "number"), [Sort.KIND]),
        (question("a"), question("a", required=True), [Sort.REQUIRED]),
        (question("a", required=True), question("a"), [Sort.OPTIONAL]),
        (question("a", limit=9), question("a", limit=5), [Sort.LIMIT]),
        (question("a", "number"), question("a", "number", at_most=5), [Sort.BOUNDS]),
        (question("a"), question("a", help={"en": "More"}), [Sort.EXPLAINED]),
        (
            question("a", "choice", option=[option("x"), option("y")]),
            question("a", "choice", option=[{"code": "x", "label": {"en": "New"}}, option("z")]),
            [Sort.OPTION_RELABELLED, Sort.OPTION_ADDED, Sort.OPTION_REMOVED],
        ),
        (
            question("a", "group", column=[question("c")]),
            question("a", "group", column=[question("d")]),
            [Sort.COLUMNS],
        ),
    ],
)
def test_each_difference_has_its_sort(before, after, sorts):
    assert [change.sort for change in difference(form(before), form(after))] == sorts


def test_questions_and_sections_come_go_and_move():
    before = form_from(
        schema(
            section("s", question("a"), question("b"), question("c")), section("t", question("d"))
        )
    )
    after = form_from(
        schema(
            section("s", question("c"), question("a"), question("e")), section("u", question("b"))
        )
    )

    found = [(change.sort, change.code) for change in difference(before, after)]

    assert found == [
        (Sort.SECTION_ADDED, "u"),
        (Sort.SECTION_REMOVED, "t"),
        (Sort.ADDED, "e"),
        (Sort.REMOVED, "d"),
        (Sort.MOVED, "a"),
        (Sort.MOVED, "b"),
    ] or found[4:] == [(Sort.MOVED, "c"), (Sort.MOVED, "b")]


def test_differences_are_said_in_sentences():
    assert SAID.keys() == set(Sort)
    assert KINDS.keys() == set(Kind)
    before = form(question("a"), question("b", limit=1200))
    after = form(question("a", "money"), question("b"), title={"en": "New part"})

    with translation.override("en"):
        assert all_changes(difference(before, after)) == [
            "The part “S” is now called “New part”.",
            "“A” asked for a short text, and now asks for an amount.",
            "“B” has another limit of characters: 1,200 before, none now.",
        ]


def test_an_answer_that_fits_no_more_is_kept_aside_and_comes_back():
    choices = form(question("a", "choices", option=[option("x")]))
    text = form(question("a"), question("b"))
    nothing = form(question("c"))

    first = moved(choices, text, {"a": ["x"]})
    assert first.sections == {"s": {}}
    assert first.aside[0]["answers"] == {"a": ["x"]}
    second = moved(text, nothing, {"a": "typed", "b": "more"}, first.aside)
    assert len(second.aside) == 3
    back = moved(nothing, text, {"c": "later"}, second.aside)
    assert back.sections == {"s": {"a": "typed", "b": "more"}}
    assert [entry["answers"] for entry in back.aside] == [{"a": ["x"]}, {"c": "later"}]


def test_personal_answers_keep_their_time_aside():
    before = form(question("a", personal={"purpose": {"en": "x"}, "months": 3}), question("b"))

    assert moved(before, form(question("b")), {"a": "Ada"}).aside[0]["months"] == 3


CODES = ["a", "b", "c", "d"]
KIND_OF = {
    "text": {},
    "choices": {"option": [option("x"), option("y")]},
    "group": {"column": [question("col")]},
}
FORMS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(list(KIND_OF)), min_size=1)


def made(kinds):
    named = {"text": "short-text"}
    half = len(kinds) // 2
    asked = [question(code, named.get(kind, kind), **KIND_OF[kind]) for code, kind in kinds.items()]
    parts = [section("one", *asked[:half]), section("two", *asked[half:])]
    return form_from(schema(*(part for part in parts if part["question"])))


def typed(kinds, number):
    said = {"text": f"text {number}", "choices": ["x", f"{number}"]}
    found = {}
    for code, kind in kinds.items():
        if kind == "group":
            found |= {f"{code}.r1": "1", f"{code}.r1.col": f"cell {number}"}
        else:
            found[code] = said[kind]
    return found


def pieces(answers):
    return Counter(f"{key}={said}" for key, said in answers.items())


@settings(max_examples=60)
@given(st.lists(FORMS, min_size=2, max_size=6))
def test_no_sequence_of_edits_of_a_form_loses_an_answer(edits):
    now, live = made(edits[0]), typed(edits[0], 0)
    everything, aside = pieces(live), ()
    for number, kinds in enumerate(edits[1:], 1):
        after = made(kinds)
        found = moved(now, after, live, aside)
        now, aside = after, found.aside
        live = {key: said for part in found.sections.values() for key, said in part.items()}
        fresh = {key: said for key, said in typed(kinds, number).items() if key not in live}
        everything += pieces(fresh)
        live |= fresh
        kept = pieces(live)
        for entry in aside:
            kept += pieces(entry["answers"])
        assert kept == everything
