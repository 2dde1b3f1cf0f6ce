"""The reference lists: complete in three languages, codes once."""

import pytest

from fondaco.web import reference

LISTS = {
    "countries": 65,
    "organisation_kinds": 12,
    "ecosystems": 14,
    "languages": 36,
    "sizes": 4,
    "nace": 88,
}


@pytest.mark.parametrize(("name", "length"), LISTS.items())
def test_a_list_has_each_code_once_and_a_name_in_every_language(name, length):
    choices = getattr(reference, name)()

    assert len(reference.codes(choices)) == len(choices) == length
    assert [c.code for c in choices if {"en", "fr", "ar"} - set(c.names)] == []


def test_a_code_is_said_in_the_readers_language():
    assert reference.name_of(reference.countries(), "DE", "fr") == "Allemagne"
    assert reference.name_of(reference.countries(), "??") == "??"


def test_pairs_keep_the_order_of_the_list_or_that_of_the_names():
    sizes = reference.pairs(reference.sizes(), "en")
    countries = reference.sorted_pairs(reference.countries(), "en")

    assert [code for code, _name in sizes] == ["micro", "small", "medium", "large"]
    assert countries == sorted(countries, key=lambda pair: pair[1])


def test_what_else_a_list_tells_is_kept():
    france = next(choice for choice in reference.countries() if choice.code == "FR")

    assert (france.more["eu"], "name" in france.more) == (True, False)
