"""Invented people: names put together at random from common ones; any likeness is chance."""

from dataclasses import dataclass
from random import Random
from unicodedata import normalize

from django.utils.text import slugify

from fondaco.season.material import Material

FIRMS, EXPERTS, HOUSE = "firms.example", "experts.example", "programmes.example"
"""Where invented people have their mail: an evaluator never shares a house with an applicant."""


@dataclass(frozen=True, slots=True)
class Invented:
    """A person who does not exist."""

    name: str
    email: str
    language: str


class Crowd:
    """Makes people, each with an address of its own."""

    def __init__(self, material: Material, chance: Random) -> None:
        self.material, self.chance = material, chance
        self.made: set[str] = set()

    def person(self, country: str, domain: str) -> Invented:
        """Somebody from a country, who reads one of its languages that the house speaks."""
        style = self.material.names_of.get(country, "en")
        first = self.chance.choice(self.material.first_names[style])
        name = f"{first} {self.chance.choice(self.material.last_names[style])}"
        return Invented(name, self._address(name, domain), self.material.reads.get(country, "en"))

    def _address(self, name: str, domain: str) -> str:
        plain = slugify(normalize("NFKD", name)).replace("-", ".")
        address, number = f"{plain}@{domain}", 2
        while address in self.made:
            address, number = f"{plain}.{number}@{domain}", number + 1
        self.made.add(address)
        return address
