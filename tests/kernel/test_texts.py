"""A text is shown in the reader's language, else honestly in another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.kernel.texts import Spoken, direction_of, missing_languages, spoken

codes = st.sampled_from(["en", "fr", "ar", "de", "it"])
texts = st.dictionaries(codes, st.sampled_from(["", "one", "two"]))


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "rtl"), ("ar-TN", "rtl"), ("he", "rtl"), ("en", "ltr"), ("fr-BE", "ltr")],
)
def test_direction_of_a_script(language, expected):
    assert direction_of(language) == expected


@pytest.mark.parametrize(
    ("given_texts", "expected"),
    [
        pytest.param({"fr": "oui", "en": "yes"}, Spoken("oui", "fr"), id="the reader's own"),
        pytest.param({"ar": "نعم", "en": "yes"}, Spoken("yes", "en", False), id="English next"),
        pytest.param({"ar": "نعم", "fr": ""}, Spoken("نعم", "ar", False), id="empty is no text"),
        pytest.param({"it": "sì", "de": "ja"}, Spoken("ja", "de", False), id="then by code"),
        pytest.param({}, Spoken("", "fr"), id="nothing"),
        pytest.param(None, Spoken("", "fr"), id="not even a place for texts"),
    ],
)
def test_spoken_to_a_reader_of_french(given_texts, expected):
    assert spoken(given_texts, "fr") == expected


def test_the_order_of_languages_can_be_told():
    assert spoken({"en": "yes", "ar": "نعم"}, "fr", order=["ar", "en"]).language == "ar"


@given(texts, codes)
def test_something_is_said_wherever_anything_is_written(given_texts, language):
    said = spoken(given_texts, language)

    assert bool(said) == any(given_texts.values())
    assert said.text == given_texts.get(said.language, "")
    assert said.is_translated == (said.language == language)


def test_a_spoken_text_has_the_direction_of_its_own_language():
    said = spoken({"ar": "نعم"}, "fr")

    assert (str(said), said.direction) == ("نعم", "rtl")


def test_missing_languages_are_those_without_a_text():
    assert missing_languages({"en": "yes", "fr": ""}, ["en", "fr", "ar"]) == ["fr", "ar"]
    assert missing_languages(None, ["en"]) == ["en"]
