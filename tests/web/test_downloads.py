"""A cell of a table that people download is never taken for a formula."""

import pytest

from fondaco.web.downloads import without_formula


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_never_a_formula(start):
    assert without_formula(f"{start}1") == f"'{start}1"


def test_an_empty_cell_stays_empty_and_words_stay_words():
    assert (without_formula(None), without_formula("a=1"), without_formula(3)) == ("", "a=1", "3")
