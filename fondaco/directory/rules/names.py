"""What an organisation is described by, when two names are the same, and which code a name gets."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+",
        "ab ag aisbl aps as asbl bv bvba co company corp cv doo eeig eirl ev fze gie gmbh inc ltd "
        "limited llc llp lp nv oy plc sa sae sal sarl sas sasu sc scarl sci scop se sl slu sp snc "
        "spa sprl srl srls suarl vzw zoo",
    )
)
ALEFS, ALEF = "\u0623\u0625\u0622", "\u0627"
FOLDS = dict.fromkeys(map(ord, ALEFS), ALEF) | {
    ord("\u0649"): "\u064a",  # final ya without and with its dots
    ord("\u0629"): "\u0647",  # ta marbuta and ha
    ord("\u0640"): "",  # the stroke that only stretches
}
DOTTED = re.compile(r"\b(?:\w\.){2,}")
STEM_LENGTH = 48


@dataclass(frozen=True, slots=True)
class Draft:
    """An organisation as somebody describes it, cleaned."""

    name: str
    country: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    region: str = ""
    city: str = ""
    registration_number: str = ""
    vat_number: str = ""
    nace: str = ""
    ecosystems: tuple[str, ...] = ()
    size: str = ""
    staff: int | None = None
    website: str = ""
    description: Mapping[str, str] = field(default_factory=dict)


def _folded(text: str) -> str:
    """Lower case, without accents and vowel signs, dotted abbreviations closed up."""
    closed = DOTTED.sub(lambda found: found[0].replace(".", ""), text.casefold())
    apart = unicodedata.normalize("NFKD", closed.translate(FOLDS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def normalised(name: str) -> str:
    """What is left of a name for comparing: words alone, without the legal form."""
    found = re.findall(r"\w+", _folded(name).replace("&", " and "))
    kept = [word for word in found if word not in LEGAL_FORMS]
    return " ".join(kept or found)


def search_key(name: str, names: Mapping[str, str]) -> str:
    """All names of an organisation, normalised, each between bars."""
    found = dict.fromkeys(filter(None, map(normalised, [name, *names.values()])))
    return f"|{'|'.join(found)}|" if found else ""


def stem_of(name: str, country: str) -> str:
    """The readable beginning of an organisation's code."""
    ascii_words = re.findall(r"[a-z0-9]+", _folded(name))
    stem = "-".join(ascii_words)[:STEM_LENGTH].strip("-")
    return stem or f"organisation-{country.lower() or 'x'}"


def code_of(stem: str, taken: Collection[str]) -> str:
    """The stem itself, or with the smallest number that makes it the only one."""
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
