"""A rule of eligibility as a sentence made of its parts, in the word order of each language."""

from collections.abc import Mapping, Sequence

from fondaco.calls.states import Test

Pattern = Mapping[str, str]
PATTERNS: Mapping[Test, Pattern] = {
    Test.IS: {"en": "{fact} is {all}.", "fr": "{fact} est : {all}.", "ar": "يكون {fact}: {all}."},
    Test.IN: {
        "en": "{fact} is one of: {any}.",
        "fr": "{fact} est parmi : {any}.",
        "ar": "يكون {fact} من بين: {any}.",
    },
    Test.ANY_OF: {
        "en": "{fact} includes {any}.",
        "fr": "{fact} comprend {any}.",
        "ar": "يشمل {fact}: {any}.",
    },
    Test.NONE_OF: {
        "en": "{fact} is none of: {any}.",
        "fr": "{fact} n'est pas parmi : {any}.",
        "ar": "لا يكون {fact} من بين: {any}.",
    },
    Test.AT_LEAST: {
        "en": "{fact} is {first} or more.",
        "fr": "{fact} est d'au moins {first}.",
        "ar": "لا يقل {fact} عن {first}.",
    },
    Test.AT_MOST: {
        "en": "{fact} is {first} or less.",
        "fr": "{fact} est d'au plus {first}.",
        "ar": "لا يزيد {fact} على {first}.",
    },
    Test.BETWEEN: {
        "en": "{fact} is from {first} to {last}.",
        "fr": "{fact} est de {first} à {last}.",
        "ar": "يتراوح {fact} بين {first} و{last}.",
    },
}
OR: Pattern = {"en": " or ", "fr": " ou ", "ar": " أو "}
AND: Pattern = {"en": " and ", "fr": " et ", "ar": " و"}
COMMA: Pattern = {"en": ", ", "fr": ", ", "ar": "، "}
LANGUAGES = tuple(OR)


def sentence(language: str, *, fact: str, test: Test, values: Sequence[str]) -> str:
    """The sentence of a rule from the words of its fact and of its values."""
    if not values:
        return ""
    return PATTERNS[test][language].format(
        fact=fact,
        any=joined(language, values, OR),
        all=joined(language, values, AND),
        first=values[0],
        last=values[-1],
    )


def joined(language: str, words: Sequence[str], last: Pattern) -> str:
    """Words as a list with `or` or `and` before the last of them."""
    *before, end = words
    if not before:
        return end
    return f"{COMMA[language].join(before)}{last[language]}{end}"
