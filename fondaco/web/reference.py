"""The reference lists of the house, read once from `reference/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from fondaco.kernel.texts import Spoken
from fondaco.web.words import in_order, say


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One entry of a list: its code, its names by language, and whatever else the list tells."""

    code: str
    names: Mapping[str, str]
    more: Mapping[str, object]

    def said(self, language: str | None = None) -> Spoken:
        """The name for the reader."""
        return say(self.names, language)


Choices = tuple[Choice, ...]


@cache
def _read(file: str, table: str) -> Choices:
    rows = tomllib.loads((settings.ROOT / "reference" / f"{file}.toml").read_text("utf-8"))[table]
    named = {"code", "name"}
    return tuple(
        Choice(row["code"], row["name"], {key: row[key] for key in row if key not in named})
        for row in rows
    )


def countries() -> Choices:
    """Countries and territories; more: numeric, eu, group, weekend."""
    return _read("countries", "country")


def organisation_kinds() -> Choices:
    """Kinds of organisation; more: helix."""
    return _read("organisation-kinds", "kind")


def ecosystems() -> Choices:
    """The industrial ecosystems."""
    return _read("ecosystems", "ecosystem")


def languages() -> Choices:
    """Languages; more: own (the name in itself), direction, eu."""
    return _read("languages", "language")


def sizes() -> Choices:
    """Sizes of an enterprise, from micro to large; more: staff_below and the ceilings."""
    return _read("sizes", "size")


def nace() -> Choices:
    """The divisions of NACE; more: section."""
    return _read("nace", "division")


def facts() -> Choices:
    """The facts that rules can ask for; more: values (a list of ours), of (what to name), many."""
    return _read("facts", "fact")


@cache
def _revisions() -> Mapping[str, tuple[str, ...]]:
    text = (settings.ROOT / "reference" / "nace-2-1.toml").read_text("utf-8")
    return {row["code"]: tuple(row["becomes"]) for row in tomllib.loads(text)["division"]}


def in_revision_2_1(code: str, revision: str) -> tuple[str, ...]:
    """The divisions of NACE Rev. 2.1 that a division is now; none where it is not known."""
    if revision == "2.1":
        return (code,) if code else ()
    return _revisions().get(code, ())


def lump_schemes() -> Choices:
    """The schemes of lump sums by country; more: unit."""
    return _read("lump-sums", "scheme")


@cache
def lump_sums() -> tuple[Mapping[str, Any], ...]:
    """The dated rows of every scheme: scheme, country, amount, months from and until, source."""
    text = (settings.ROOT / "reference" / "lump-sums.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["row"])


@cache
def letters() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """What the platform writes itself, by occasion and language: subject and body."""
    return tomllib.loads((settings.ROOT / "reference" / "letters.toml").read_text("utf-8"))


@cache
def outages() -> Mapping[str, Any]:
    """What an outage gives back where a programme has no rule of its own."""
    return tomllib.loads((settings.ROOT / "reference" / "outages.toml").read_text("utf-8"))


def pairs(choices: Choices, language: str | None = None) -> list[tuple[str, str]]:
    """Codes and names in the order of the list, for a form."""
    return [(choice.code, choice.said(language).text) for choice in choices]


def sorted_pairs(choices: Choices, language: str | None = None) -> list[tuple[str, str]]:
    """Codes and names in the order of the names, for a form."""
    return list(_sorted_pairs(choices, language or get_language() or settings.LANGUAGE_CODE))


@cache
def _sorted_pairs(choices: Choices, language: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs(choices, language), key=lambda pair: in_order(pair[1])))


def name_of(choices: Choices, code: str, language: str | None = None) -> str:
    """The name behind a code; the code itself where the list does not have it."""
    found = {choice.code: choice for choice in choices}.get(code)
    return found.said(language).text if found else code


def codes(choices: Choices) -> frozenset[str]:
    """The codes that a list has."""
    return frozenset(choice.code for choice in choices)
