"""The map of addresses."""

from collections import Counter

import pytest
from django.urls import NoReverseMatch, get_resolver, path, resolve, reverse
from django.utils import translation

from fondaco.web.views import alive
from tools.paths import ROOT

OUTSIDE_ANY_LANGUAGE = {"alive", "robots"}


def names(patterns, prefix=""):
    """Every named address of the map."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(
    ("name", "arguments", "where"),
    [
        ("desks:start", [], ""),
        ("desks:calls", [], "calls/"),
        ("desks:call", ["bold-call"], "calls/bold-call/"),
        ("desks:questions_pdf", ["bold-call"], "calls/bold-call/questions.pdf"),
        ("desks:programme", ["bridge"], "programmes/bridge/"),
        ("applications:start", ["bold-call"], "calls/bold-call/applications/new/"),
        ("account_login", [], "account/login/"),
        ("web:design", [], "design/"),
    ],
)
def test_every_page_stands_below_its_language(language, name, arguments, where):
    with translation.override(language):
        address = reverse(name, args=arguments)

        assert address == f"/{language}/{where}"
        assert resolve(address).view_name == name


def outside_any_language(patterns):
    """The addresses that stand beside the languages."""
    return {pattern.name for pattern in patterns if getattr(pattern, "name", "")}


def off_the_map(code, patterns):
    """The slices that have addresses which nobody included."""
    written = {file.parent.name for file in code.glob("*/urls.py")} - {"config"}
    return written - {name.split(":")[0] for name in names(patterns) if ":" in name}


def named_twice(patterns):
    """The names that several addresses have."""
    return [name for name, times in Counter(names(patterns)).items() if times > 1]


def test_only_plumbing_stands_outside_a_language():
    assert outside_any_language(get_resolver().url_patterns) == OUTSIDE_ANY_LANGUAGE


def test_every_slice_with_addresses_is_on_the_map():
    assert off_the_map(ROOT / "fondaco", get_resolver().url_patterns) == set()


def test_no_two_addresses_have_one_name():
    assert named_twice(get_resolver().url_patterns) == []


def test_an_address_in_the_wrong_place_or_with_a_name_taken_is_seen(tmp_path):
    (tmp_path / "strays").mkdir()
    (tmp_path / "strays" / "urls.py").touch()
    kept = get_resolver().url_patterns
    planted = [*kept, path("a/", alive, name="stray"), path("b/", alive, name="stray")]

    assert outside_any_language(planted) - OUTSIDE_ANY_LANGUAGE == {"stray"}
    assert off_the_map(tmp_path, kept) == {"strays"}
    assert named_twice(planted) == ["stray"]


def test_an_address_without_its_code_is_none():
    with pytest.raises(NoReverseMatch):
        reverse("desks:call")


def test_alive_answers_whoever_watches(client):
    answer = client.get("/alive/")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})
