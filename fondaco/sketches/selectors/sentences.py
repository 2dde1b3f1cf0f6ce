"""A rule of eligibility in words, made of its parts, to be taken over instead of written."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from fondaco.calls.rules.sentences import LANGUAGES, sentence
from fondaco.calls.states import Test
from fondaco.programmes.models import Programme
from fondaco.sketches.rules.places import value_at
from fondaco.sketches.selectors.choices import choices_of, values_of_fact


def sentences_of(content: Mapping[str, Any], programme: Programme, place: str) -> dict[str, str]:
    """The sentence of the rule at the place in every language of the house; none while it lacks."""
    row = value_at(content, place) or {}
    test, values = row.get("test"), row.get("value") or []
    if test not in set(Test) or not values or not row.get("fact"):
        return {}
    values = values if isinstance(values, list) else [values]
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            named = dict(values_of_fact(row["fact"], content))
            fact = dict(choices_of("facts", content, programme)).get(row["fact"], row["fact"])
            said = [named.get(str(value), str(value)) for value in values]
            found[language] = sentence(language, fact=fact, test=Test(test), values=said)
    return found
