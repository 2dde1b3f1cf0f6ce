"""Whose page sends."""

import pytest

from fondaco.intake.rules.origins import is_own, origin_of

OURS = {"https://fondaco.example"}


@pytest.mark.parametrize(
    ("origin", "referer", "expected"),
    [
        ("https://fondaco.example", "", True),
        ("", "https://fondaco.example/en/calls/", True),
        ("", "", False),
        ("null", "https://fondaco.example/", False),
        ("https://evil.example", "https://fondaco.example/", False),
        ("http://fondaco.example", "", False),
        ("", "https://fondaco.example.evil/", False),
        ("", "https://[broken", False),
        ("", "/en/calls/", False),
    ],
)
def test_only_what_the_browser_says_of_us_is_believed(origin, referer, expected):
    assert is_own(origin, referer, ours=OURS) is expected


def test_an_origin_has_scheme_host_and_port():
    assert origin_of("HTTP://Fondaco.example:8000/x?y") == "http://fondaco.example:8000"
