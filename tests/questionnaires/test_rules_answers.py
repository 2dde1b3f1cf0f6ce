"""What typed answers mean, what is wrong with them, and what is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.questionnaires.rules.answers import (
    Problem,
    Reason,
    length,
    mark,
    problems_of,
    typed_text,
    value_of,
)
from fondaco.questionnaires.rules.schema import form_from
from fondaco.questionnaires.rules.sections import (
    Progress,
    missing,
    problems,
    progress,
    signed_content,
    values,
)
from tests.factories.questionnaires import option, question, schema, section


def asked(kind, **more):
    return form_from(schema(section("s", question("q", kind, **more)))).questions[0]


TWO = [option("a"), option("b"), option("c")]


@pytest.mark.parametrize(
    ("kind", "more", "typed", "meant"),
    [
        ("short-text", {}, "  A bridge ", "A bridge"),
        ("short-text", {}, "   ", None),
        ("number", {}, "012,50", "12.5"),
        ("number", {}, "100", "100"),
        ("money", {}, "3 000", "3000.00"),
        ("date", {}, "28/2/2027", "2027-02-28"),
        ("choice", {"option": TWO}, "b", "b"),
        ("choices", {"option": TWO}, ["c", "a"], ["a", "c"]),
        ("choices", {"option": TWO}, [], None),
        ("country", {}, "tn", "TN"),
        ("declaration", {}, "yes", True),
        ("signature", {}, {"name": "Amal"}, {"name": "Amal"}),
        ("email", {}, "a@example.org", "a@example.org"),
        ("web", {}, "example.org", "https://example.org"),
        ("number", {}, "many", None),
        ("number", {}, None, None),
    ],
)
def test_a_typed_answer_means_one_value(kind, more, typed, meant):
    assert value_of(asked(kind, **more), typed) == meant


@pytest.mark.parametrize(
    ("kind", "more", "typed", "reason", "limit"),
    [
        ("short-text", {"limit": 3}, "abcd", Reason.TOO_LONG, "3"),
        ("number", {}, "many", Reason.NOT_A_NUMBER, ""),
        ("number", {}, "3,000", Reason.NUMBER_DOUBTFUL, ""),
        ("number", {"at_least": 1}, "0", Reason.TOO_SMALL, "1"),
        ("number", {"at_most": 4}, "5", Reason.TOO_LARGE, "4"),
        ("money", {}, "1.2345", Reason.NOT_CENTS, ""),
        ("money", {}, "-900000", Reason.TOO_SMALL, "0"),
        ("money", {"at_least": -5}, "-1", Reason.TOO_SMALL, "0"),
        ("money", {"at_least": 10}, "-1", Reason.TOO_SMALL, "10"),
        ("date", {}, "31/02/2027", Reason.NO_SUCH_DAY, ""),
        ("date", {"at_least": "2027-01-01"}, "2026-12-31", Reason.TOO_EARLY, "2027-01-01"),
        ("date", {"at_most": "2027-01-01"}, "2027-01-02", Reason.TOO_LATE, "2027-01-01"),
        ("choice", {"option": TWO}, "z", Reason.NO_SUCH_OPTION, ""),
        ("choices", {"option": TWO}, ["a", "z"], Reason.NO_SUCH_OPTION, ""),
        ("choices", {"option": TWO, "at_least": 2}, ["a"], Reason.TOO_FEW, "2"),
        ("choices", {"option": TWO, "at_most": 1}, ["a", "b"], Reason.TOO_MANY, "1"),
        ("country", {}, "Tunisia", Reason.NO_SUCH_COUNTRY, ""),
        ("email", {}, "a@b", Reason.NOT_AN_EMAIL, ""),
        ("web", {}, "no address", Reason.NOT_A_WEB_ADDRESS, ""),
    ],
)
def test_each_problem_has_its_reason(kind, more, typed, reason, limit):
    found = problems_of(asked(kind, **more), typed)

    assert [(problem.reason, problem.limit) for problem in found] == [(reason, limit)]


@pytest.mark.parametrize(
    ("kind", "more", "typed"),
    [
        ("number", {"at_least": 1, "at_most": 4}, "1"),
        ("number", {"at_least": 1, "at_most": 4}, "4"),
        ("number", {}, "-4"),
        ("money", {}, "0"),
        ("short-text", {"limit": 4}, "abcd"),
        ("date", {"at_least": "2027-01-01", "at_most": "2027-01-01"}, "2027-01-01"),
        ("choices", {"option": TWO, "at_least": 1, "at_most": 2}, ["a", "b"]),
    ],
)
def test_the_edges_are_allowed(kind, more, typed):
    assert problems_of(asked(kind, **more), typed) == []


def test_characters_are_counted_as_the_browser_counts_them():
    assert (length("a\r\nb"), length("👩‍👩"), length("é"), length("e\u0301")) == (3, 3, 1, 2)


def test_a_limit_counts_a_line_break_as_one():
    two_lines = asked("long-text", limit=3)

    assert problems_of(two_lines, "a\r\nb") == []
    assert problems_of(two_lines, "a\r\nbc")[0].given == "4"


@given(st.text())
def test_a_kept_text_has_no_control_signs_and_stays_as_it_is(text):
    kept = typed_text(text)

    assert typed_text(kept) == kept
    assert "\x00" not in kept
    assert "\r" not in kept


def test_a_mark_tells_changes_and_takes_empty_for_absent():
    assert mark("") == mark(None) == mark([])
    assert mark("a") != mark("b")


FORM = form_from(
    schema(
        section(
            "s",
            question("title", required=True),
            question("offer", "file", required=True),
            question("honour", "declaration", required=True),
            question("signature", "signature", required=True),
            question("second", "signature"),
            question("more"),
        )
    )
)
SECTION = FORM.sections[0]


def test_everything_that_is_missing_is_named():
    found = [(problem.question, problem.reason) for problem in missing(SECTION, {})]

    assert found == [
        ("title", Reason.MISSING),
        ("offer", Reason.MISSING),
        ("honour", Reason.NOT_DECLARED),
        ("signature", Reason.NOT_SIGNED),
    ]


def test_a_signature_under_other_answers_does_not_hold():
    answers = {"title": "A", "offer": "u1", "honour": "yes"}
    now = signed_content(FORM, answers)
    signed = answers | {
        "signature": {"name": "Amal", "of": now},
        "second": {"name": "B", "of": "?"},
    }

    assert signed_content(FORM, signed) == now
    assert missing(SECTION, signed, signed=now) == [Problem("second", Reason.CHANGED_SINCE_SIGNED)]
    assert signed_content(FORM, signed | {"title": "B"}) != now


def test_progress_counts_what_must_be_answered_and_is_right():
    answers = {"title": "A", "honour": "yes", "more": "x"}

    assert progress(SECTION, {}) == Progress(0, 4)
    assert progress(SECTION, answers) == Progress(2, 4)
    assert not progress(SECTION, answers).is_complete
    assert Progress(2, 2).is_complete


def test_values_leave_out_what_was_not_answered_or_is_wrong():
    form = form_from(schema(section("s", question("a"), question("n", "number"), question("b"))))

    assert values(form, {"a": "x", "n": "many"}) == {"a": "x"}
    assert [problem.question for problem in problems(form.sections[0], {"n": "many"})] == ["n"]
