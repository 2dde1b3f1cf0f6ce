"""Who may bring in what, and what a page's own saves make of its marks."""

from dataclasses import replace

import pytest

from fondaco.intake.rules.bringing import Facts, Reason, admission, carried, first_of

GOOD = Facts(is_person_active=True, had_right=True, form=3)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (GOOD, ()),
        (replace(GOOD, is_person_active=False, had_right=False), (Reason.NO_PERSON,)),
        (replace(GOOD, had_right=False), (Reason.NO_RIGHT,)),
        (replace(GOOD, form=4), (Reason.OTHER_FORM,)),
        (replace(GOOD, has_section=False), (Reason.NO_SECTION,)),
        (replace(GOOD, had_right=False, form=4), (Reason.NO_RIGHT, Reason.OTHER_FORM)),
    ],
)
def test_a_record_is_brought_in_only_with_right_and_form(facts, reasons):
    assert admission(facts, form=3).reasons == reasons


@pytest.mark.parametrize(
    ("shown", "stands", "steps", "expected"),
    [
        ("m0", "m1", {"title": [("m0", "m1")]}, "m0 m1"),
        ("m0 m7", "m1", {"title": [("m9", "m8"), ("m0", "m1")]}, "m0 m7 m1"),
        ("m0", "m2", {"title": [("m0", "m1")]}, "m0"),
        ("m5", "m1", {"title": [("m0", "m1")]}, "m5"),
        ("m0", "m1", {}, "m0"),
    ],
)
def test_a_page_is_told_of_its_own_earlier_saves_alone(shown, stands, steps, expected):
    assert carried({"title": shown}, stands={"title": stands}, steps=steps) == {"title": expected}


def test_the_first_mark_is_what_the_page_showed():
    assert [first_of(shown) for shown in ("m0 m1 m2", "m0", "")] == ["m0", "m0", ""]
