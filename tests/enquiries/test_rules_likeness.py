"""How much two questions are alike, in three languages; and that few are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.enquiries.rules.likeness import (
    LIKELY,
    MOST_COMPARED,
    MOST_SHOWN,
    Known,
    alike,
    likeness,
)


@pytest.mark.parametrize(
    ("one", "other", "is_likely"),
    [
        ("May a partner be outside the EU?", "Can partners be outside of the EU?", True),
        ("Quelle est la date limite ?", "Quelle est la date limite de l'appel ?", True),
        ("ما هو الموعد النهائي؟", "ما هُوَ المَوعِد النِّهائي للدعوة؟", True),
        ("May a partner be outside the EU?", "Which costs are eligible?", False),
        ("", "Which costs are eligible?", False),
    ],
)
def test_questions_that_ask_the_same(one, other, is_likely):
    assert (likeness(one, other) >= LIKELY) == is_likely


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


def test_the_most_alike_comes_first_and_few_are_shown():
    known = [Known(str(n), f"May a partner be abroad {'x' * n}") for n in range(1, 9)]

    found = alike("May a partner be abroad", [Known("same", "may a PARTNER be abroad?"), *known])

    assert found[0] == "same"
    assert len(found) == MOST_SHOWN


def test_only_the_newest_are_compared():
    filler = [Known("other", "Which costs?")] * MOST_COMPARED

    assert (
        alike("May a partner be abroad", [*filler, Known("old", "May a partner be abroad")]) == []
    )
    assert alike("?!", [Known("x", "?!")]) == []
