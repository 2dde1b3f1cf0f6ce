"""Two colleagues in one section: nothing is ever lost."""

from hypothesis import given
from hypothesis import strategies as st

from fondaco.applications.rules.saving import Clash, Merged, merged
from fondaco.questionnaires.rules.answers import mark

texts = st.sampled_from(["", "old", "mine", "theirs", "both"])


def test_what_only_i_changed_is_kept():
    assert merged({"a": "old"}, {"a": "new"}, {"a": mark("old")}) == Merged({"a": "new"})


def test_what_only_they_changed_stays():
    found = merged({"a": "theirs"}, {"a": "old"}, {"a": mark("old")})

    assert found == Merged({"a": "theirs"}, theirs=("a",))


def test_what_both_changed_waits_for_a_choice():
    found = merged(
        {"a": "theirs", "b": "x"}, {"a": "mine", "b": "y"}, {"a": mark("old"), "b": mark("x")}
    )

    assert found == Merged({"a": "theirs", "b": "y"}, (Clash("a", "mine", "theirs"),))


def test_the_same_change_twice_is_no_clash():
    found = merged({"a": "same"}, {"a": "same"}, {"a": mark("old")})

    assert found == Merged({"a": "same"})


def test_without_marks_mine_counts():
    assert merged({"a": "old", "b": "x"}, {"a": "new"}, None) == Merged({"a": "new", "b": "x"})


def test_an_answer_without_a_mark_was_empty():
    assert merged({}, {"a": "new"}, {"b": mark("x")}) == Merged({"a": "new"})


@given(stands=texts, typed=texts, shown=texts)
def test_no_change_is_lost_without_a_word(stands, typed, shown):
    found = merged({"a": stands}, {"a": typed}, {"a": mark(shown)})

    lost_mine = typed not in (shown, found.answers["a"])
    lost_theirs = stands not in (shown, found.answers["a"])
    assert (not lost_mine and not lost_theirs) or found.clashes == (Clash("a", typed, stands),)


def test_what_i_sent_and_do_not_know_to_have_arrived_is_no_change_of_theirs():
    shown = f"{mark('old')} {mark('first')} {mark('second')}"

    for stands in ("old", "first", "second"):
        assert merged({"a": stands}, {"a": "third"}, {"a": shown}) == Merged({"a": "third"})


def test_taking_back_what_i_sent_is_a_change_of_mine():
    shown = f"{mark('old')} {mark('first')}"

    assert merged({"a": "first"}, {"a": "old"}, {"a": shown}) == Merged({"a": "old"})


def test_what_a_colleague_changed_after_i_sent_waits_for_a_choice():
    shown = f"{mark('old')} {mark('first')}"

    found = merged({"a": "theirs"}, {"a": "first"}, {"a": shown})

    assert found == Merged({"a": "theirs"}, (Clash("a", "first", "theirs"),))
