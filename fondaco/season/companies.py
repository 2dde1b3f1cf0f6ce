"""Invented organisations, marked as such wherever they are shown."""

from dataclasses import dataclass, field
from random import Random

from fondaco.season.material import Material

SIZES = ("micro", "micro", "micro", "small", "small", "medium")


@dataclass(frozen=True, slots=True)
class Company:
    """An organisation that does not exist."""

    name: str
    kind: str
    country: str
    city: str
    size: str
    nace: str
    ecosystems: list[str] = field(default_factory=list)


class Market:
    """Makes organisations, each with a name of its own."""

    def __init__(self, material: Material, chance: Random) -> None:
        self.material, self.chance = material, chance
        self.made: set[str] = set()

    def company(self, country: str, ecosystem: str, *, kind: str = "company") -> Company:
        """An organisation of a kind, in a country and an ecosystem."""
        fields = self.material.fields
        near = fields.get(ecosystem) or fields[sorted(fields)[0]]
        city = self.chance.choice(self.material.places.get(country, [country]))
        first = "Cluster " if kind == "cluster" else ""
        legal = (
            "" if kind == "cluster" else f" {self.material.legal_forms.get(country, '')}".rstrip()
        )
        wanted = f"{first}{self.chance.choice(near.names)} {city}"
        name, number = f"{wanted}{legal}", 2
        while name in self.made:
            name, number = f"{wanted} {number}{legal}", number + 1
        self.made.add(name)
        size = self.chance.choice(SIZES)
        return Company(name, kind, country, city, size, near.nace, [ecosystem])
