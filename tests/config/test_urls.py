"""The map of addresses."""

import pytest
from django.urls import NoReverseMatch, get_resolver, resolve, reverse
from django.utils import translation

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
    ("name", "arguments", "path"),
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
def test_every_page_stands_below_its_language(language, name, arguments, path):
    with translation.override(language):
        address = reverse(name, args=arguments)

        assert address == f"/{language}/{path}"
        assert resolve(address).view_name == name


def test_only_plumbing_stands_outside_a_language():
    outside = [
        pattern.name for pattern in get_resolver().url_patterns if getattr(pattern, "name", "")
    ]

    assert set(outside) == OUTSIDE_ANY_LANGUAGE


def test_every_slice_with_addresses_is_on_the_map():
    written = {path.parent.name for path in (ROOT / "fondaco").glob("*/urls.py")} - {"config"}

    spaces = {name.split(":")[0] for name in names(get_resolver().url_patterns) if ":" in name}

    assert written <= spaces


def test_no_two_addresses_have_one_name():
    found = list(names(get_resolver().url_patterns))

    assert sorted(found) == sorted(set(found))


def test_an_address_without_its_code_is_none():
    with pytest.raises(NoReverseMatch):
        reverse("desks:call")


def test_alive_answers_whoever_watches(client):
    answer = client.get("/alive/")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})
