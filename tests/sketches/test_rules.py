"""Edits of a sketch: whatever is done can be undone, and rows stay who they are."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fondaco.sketches.rules.beginning import begun
from fondaco.sketches.rules.edits import (
    Add,
    Move,
    Put,
    Remove,
    applied,
    inverse,
    joined,
    new_row,
    read,
    stands_in_the_way,
    written,
)
from fondaco.sketches.rules.places import (
    MARK,
    NotThere,
    bare,
    marked,
    numbered,
    pattern_of,
    value_at,
)
from fondaco.sketches.rules.rebase import rebased
from fondaco.sketches.rules.rows import coded, neighbour
from fondaco.sketches.rules.typed import mark, typed_of, value_of
from fondaco.sketches.states import Kind

CALL = {
    "call": {
        "title": {"en": "Spring"},
        "rule": [{"code": "size"}, {"code": "place"}, {"code": "age"}],
    },
    "form": {
        "section": [
            {"code": "one", "question": [{"code": "a"}, {"code": "b"}]},
            {"code": "two"},
        ]
    },
}


def codes(data, place):
    return [row["code"] for row in value_at(data, place)]


def test_marks_come_and_go_without_a_trace():
    assert bare(marked(CALL)) == CALL
    assert bare(marked(marked(CALL))) == CALL


def test_a_place_names_a_row_wherever_it_moved():
    data = marked(CALL)
    moved = applied(data, Move("call.rule", "3", "2", ""))

    assert value_at(data, "call.rule.~3.code") == value_at(moved, "call.rule.~3.code") == "age"
    assert codes(moved, "call.rule") == ["age", "size", "place"]
    assert pattern_of("form.section.~4.question.~5.code") == "form.section.*.question.*.code"


def test_what_a_check_numbers_is_found_by_its_mark():
    data = marked(CALL)

    assert numbered(data, ("form", "section", 0, "question", 1, "label")) == (
        "form.section.~4.question.~6.label"
    )
    assert numbered(data, ("call", "rule", 9, "says")) == "call.rule"


def test_a_row_that_is_gone_is_said_to_be():
    with pytest.raises(NotThere):
        value_at(marked(CALL), "call.rule.~77.code")


def edit(data, number, word):
    """One of several edits of what is there, chosen by a number."""
    rows = value_at(data, "call.rule") or []
    row = rows[number % len(rows)] if rows else None
    behind = [one[MARK] for one in rows if one is not row]
    if row is None or number % 4 == 0:
        return Add("call.rule", new_row(data, {"code": word})[0], "")
    before = rows[rows.index(row) - 1][MARK] if rows.index(row) else ""
    if number % 4 == 1:
        return Remove("call.rule", row, before)
    if number % 4 == 2 and behind:
        return Move("call.rule", row[MARK], before, behind[number % len(behind)])
    place = f"call.rule.~{row[MARK]}.says.en"
    return Put(place, value_at(data, place), word)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.text("abc", max_size=3)), max_size=12))
def test_whatever_was_done_can_be_undone_and_done_again(steps):
    begin = marked(CALL)
    data, done = begin, []
    for number, word in steps:
        one = edit(data, number, word)
        data = applied(data, one)
        data[MARK] += 1
        done.append(one)
    after = data
    for one in reversed(done):
        back = inverse(read(written(one)))
        assert not stands_in_the_way(data, back)
        data = applied(data, back)

    assert bare(data) == bare(begin)
    for one in done:
        data = applied(data, one)
    assert bare(data) == bare(after)


def test_an_edit_says_when_somebody_wrote_there_since():
    data = marked(CALL)
    put = Put("call.title.en", "Spring", "Summer")
    since = applied(applied(data, put), Put("call.title.en", "Summer", "Autumn"))

    assert stands_in_the_way(since, inverse(put))
    assert stands_in_the_way(data, Remove("call.rule", {MARK: "1", "code": "else"}))
    assert not stands_in_the_way(applied(data, put), inverse(put))


def test_typing_on_in_one_field_is_one_edit():
    first, second = Put("a.b", None, "S"), Put("a.b", "S", "Sp")

    assert joined([first], [second]) == [Put("a.b", None, "Sp")]
    assert joined([first], [Put("a.c", None, "x")]) is None
    assert joined([first], [first, second]) is None


def test_a_new_row_has_marks_of_its_own_and_a_name_of_its_own():
    data = marked(CALL)
    row, last = new_row(data, {"code": "x", "option": [{"code": "y"}]})

    assert (row[MARK], row["option"][0][MARK], last) == ("8", "9", 9)
    assert coded(data, "form.section.~7.question", {}, "b")["code"] == "b-1"
    taken = applied(data, Add("form.section.~4.question", {MARK: "8", "code": "b-1"}))
    assert coded(taken, "form.section.~7.question", {}, "b")["code"] == "b-2"


@pytest.mark.parametrize(
    ("table", "row", "by", "goal", "behind"),
    [
        ("call.rule", "2", -1, "call.rule", ""),
        ("call.rule", "2", 1, "call.rule", "3"),
        ("call.rule", "1", -1, "call.rule", ""),
        ("call.rule", "3", 1, "call.rule", "2"),
        ("form.section.~4.question", "6", 1, "form.section.~7.question", ""),
        ("form.section.~4.question", "5", -1, "form.section.~4.question", ""),
    ],
)
def test_up_and_down_lead_to_the_neighbour(table, row, by, goal, behind):
    data = marked(CALL)
    if goal.startswith("form.section.~7"):
        assert value_at(data, "form.section.~7.code") == "two"
    assert neighbour(data, table, row, by) == (goal, behind)


def test_a_question_moves_up_into_the_section_before():
    data = applied(marked(CALL), Add("form.section.~7.question", {MARK: "8", "code": "c"}))

    assert neighbour(data, "form.section.~7.question", "8", -1) == ("form.section.~4.question", "6")


def test_what_changed_elsewhere_comes_in_where_nobody_wrote():
    base = deepcopy(CALL)
    standing = deepcopy(CALL)
    standing["call"]["title"] = {"en": "Spring, extended", "fr": "Printemps"}
    standing["call"]["event"] = [{"kind": "extension"}]
    mine = applied(marked(base), Put("call.title.en", "Spring", "My spring"))

    found, kept = rebased(mine, base, standing)

    assert value_at(found, "call.title") == {"en": "My spring", "fr": "Printemps"}
    assert bare(value_at(found, "call.event")) == [{"kind": "extension"}]
    assert kept == ["call.title.en"]
    assert bare(rebased(marked(base), base, standing)[0]) == standing


@pytest.mark.parametrize(
    ("kind", "typed", "value", "again"),
    [
        (Kind.MONEY, "3 000,50", "3000.5", "3000.5"),
        (Kind.MONEY, "٣٠٠٠", "3000", "3000"),
        (Kind.MONEY, "a lot", "a lot", "a lot"),
        (Kind.COUNT, "12", 12, "12"),
        (Kind.COUNT, "twelve", "twelve", "twelve"),
        (Kind.DAY, "28/02/2027", "2027-02-28", "2027-02-28"),
        (Kind.MOMENT, "2027-02-28T17:00", "2027-02-28T17:00:00", "2027-02-28T17:00"),
        (Kind.MOMENT, "soon", "soon", "soon"),
        (Kind.WEB, "example.org/call", "https://example.org/call", "https://example.org/call"),
        (Kind.CODES, "en, fr، ar", ["en", "fr", "ar"], "en, fr, ar"),
        (Kind.WANTED, "TN, IT", ["TN", "IT"], "TN, IT"),
        (Kind.WANTED, "true", [True], "true"),
        (Kind.WANTED, "12", [12], "12"),
        (Kind.LINE, "  EUR ", "EUR", "EUR"),
        (Kind.LINE, "   ", None, ""),
    ],
)
def test_what_is_typed_is_read_and_shown_again(kind, typed, value, again):
    assert value_of(kind, [typed]) == value
    assert typed_of(kind, value) == again


def test_a_box_that_is_not_ticked_says_no():
    assert value_of(Kind.YES, []) is False
    assert value_of(Kind.YES, ["yes"]) is True
    assert value_of(Kind.WORDS, ["en", "fr", "en"]) == ["en", "fr"]
    assert mark(False) != mark(None) == mark("") == mark([])


def test_a_call_begun_after_another_leaves_its_dates_and_its_story():
    earlier = {
        "call": {
            "code": "old",
            "kind": "voucher",
            "title": {"en": "Old"},
            "timetable": {"zone": "Africa/Tunis", "opens": "2026-01-01T09:00:00"},
            "step": [{"label": {"en": "Results"}, "on": "2026-05-01"}],
            "event": [{"kind": "extension"}],
            "rule": [{"code": "size"}],
        },
        "form": {"section": []},
    }

    data = begun("new", kind="sub-grant", title="New", language="fr", after=earlier)

    assert data["call"] == {
        "code": "new",
        "kind": "voucher",
        "title": {"fr": "New"},
        "timetable": {"zone": "Africa/Tunis"},
        "step": [{"label": {"en": "Results"}}],
        "rule": [{"code": "size"}],
        "publish": False,
    }
    assert data["form"] == {"section": []}
