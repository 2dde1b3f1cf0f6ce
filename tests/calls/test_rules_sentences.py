"""A rule said as a sentence, in the word order of each language."""

import pytest

from fondaco.calls.rules.sentences import LANGUAGES, PATTERNS, sentence
from fondaco.calls.states import Test as How


@pytest.mark.parametrize(
    ("language", "test", "values", "said"),
    [
        ("en", How.IS, ["Italy"], "Country is Italy."),
        ("en", How.IN, ["Italy", "France", "Spain"], "Country is one of: Italy, France or Spain."),
        ("en", How.BETWEEN, ["3", "10"], "Country is from 3 to 10."),
        ("fr", How.NONE_OF, ["Italie", "France"], "Country n'est pas parmi : Italie ou France."),
        ("fr", How.IS, ["a", "b"], "Country est : a et b."),
        ("ar", How.AT_LEAST, ["3"], "لا يقل Country عن 3."),
        ("ar", How.ANY_OF, ["أ", "ب"], "يشمل Country: أ أو ب."),
        ("en", How.IN, [], ""),
    ],
)
def test_a_rule_is_said_from_its_parts(language, test, values, said):
    assert sentence(language, fact="Country", test=test, values=values) == said


def test_every_test_has_its_sentence_in_every_language():
    assert set(PATTERNS) == set(How)
    assert all(set(pattern) == set(LANGUAGES) for pattern in PATTERNS.values())
