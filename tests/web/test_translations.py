"""The interface is whole in French and Arabic."""

import re

import pytest

from tools import messages

PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|%d|\{\{ ?\w+ ?\}\}")
SAME_IN_FRENCH = frozenset(
    line.strip()
    for line in (messages.ROOT / "tests" / "web" / "same_in_french.txt")
    .read_text("utf-8")
    .splitlines()
    if line.strip() and not line.startswith("#")
)
SAME_IN_ARABIC = frozenset({"Fondaco", "CSV", "JSON", "PDF", "…", "·", "—"})
SAME = {"fr": SAME_IN_FRENCH, "ar": SAME_IN_ARABIC}


def untranslated(found):
    """The messages that lack words, or whose words nobody has looked at since they changed."""
    return sorted(
        key[1]
        for key, message in found.items()
        if not messages.is_translated(message) or message.fuzzy
    )


def unchanged(found, allowed):
    """The messages that say the same as their source and are not on the list."""
    return sorted(
        key[1]
        for key, message in found.items()
        if message.string == key[1] and re.search(r"[A-Za-z]{2}", key[1]) and key[1] not in allowed
    )


def lost_placeholders(found):
    """The messages that forget a placeholder or invent one."""
    lost = []
    for key, message in found.items():
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set(PLACEHOLDER.findall(key[1]))
        if not isinstance(message.id, str):
            wanted |= set(PLACEHOLDER.findall(message.id[1]))
        used = [set(PLACEHOLDER.findall(form)) for form in forms]
        if used[-1] != wanted or any(not some <= wanted for some in used):
            lost.append(key[1])
    return lost


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_message_is_translated_and_keeps_its_placeholders(language):
    found = messages.messages_of(language)

    assert untranslated(found) == []
    assert lost_placeholders(found) == []
    assert unchanged(found, SAME[language]) == []


def astray(found, used):
    """The messages that only the catalogue has, or only the code."""
    return sorted(key[1] for key in set(found) ^ set(used))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_catalogue_has_the_messages_of_the_code_and_no_others(language):
    assert astray(messages.messages_of(language), messages.used_now()) == []


def test_a_message_that_was_forgotten_or_is_used_no_more_is_seen():
    kept, old, new = ("", "Kept"), ("", "Old"), ("", "New")

    assert astray({kept: "Gardé", old: "Vieux"}, {kept, new}) == ["New", "Old"]


def test_a_message_without_words_is_seen():
    found = messages.messages_of("fr")
    planted = next(iter(found.values())).clone()
    planted.string = ""

    assert untranslated({("", "planted"): planted}) == ["planted"]


def test_a_message_equal_to_its_source_is_seen():
    planted = next(iter(messages.messages_of("ar").values())).clone()
    planted.string = "Send the form"

    assert unchanged({("", "Send the form"): planted}, frozenset()) == ["Send the form"]


def test_a_lost_placeholder_is_seen():
    planted = next(iter(messages.messages_of("fr").values())).clone()
    planted.id, planted.string = "%(count)s files", "des fichiers"

    assert lost_placeholders({("", "%(count)s files"): planted}) == ["%(count)s files"]
