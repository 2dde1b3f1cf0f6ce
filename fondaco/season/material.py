"""What the season is made of, read from the files of its folder."""

import tomllib
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

Until = Literal["open", "checked", "evaluation", "proposed", "decided", "each", "cancelled"]
Read = TypeVar("Read", bound="Told")


class Told(BaseModel):
    """Nothing may stand in a file that nobody reads."""

    model_config = ConfigDict(extra="forbid")


class Field(Told):
    """Names that suit an ecosystem, and its NACE division."""

    names: list[str]
    nace: str


class Material(Told):
    """invented.toml: names, places and forms."""

    first_names: dict[str, list[str]]
    last_names: dict[str, list[str]]
    names_of: dict[str, str]
    reads: dict[str, str]
    legal_forms: dict[str, str]
    places: dict[str, list[str]]
    fields: dict[str, Field]


class Asked(Told):
    """A request for redress, and the words that dismissed it."""

    ground: str
    text: str
    answer: str = ""


class Play(Told):
    """What happens in one edition."""

    call: str
    applications: int
    evaluators: int = 0
    kind: str
    ecosystem: str
    countries: list[str]
    until: Until
    after: str = ""
    decided: int = 0
    redress: list[Asked] = []
    reason: dict[str, str] = {}


class Plays(Told):
    """plays.toml"""

    play: list[Play]


class Member(Told):
    """A person one signs in as."""

    name: str
    email: str
    country: str
    language: str
    does: dict[str, str]
    organisation: str = ""
    kind: str = ""
    ecosystem: str = ""
    draft: str = ""
    applies: str = ""
    role: str = ""
    programmes: list[str] = []
    partner: str = ""
    panel: str = ""
    is_admin: bool = False


class Cast(Told):
    """cast.toml"""

    person: list[Member]


class Sentences(Told):
    """sentences.toml: what invented people write, by language."""

    answers: dict[str, list[str]]
    titles: dict[str, list[str]]
    comments: dict[str, list[str]]


def _read(path: Path, shape: type[Read]) -> Read:
    return shape.model_validate(tomllib.loads(path.read_text("utf-8")))


def read_material(root: Path) -> Material:
    """The material of a season's folder."""
    return _read(root / "invented.toml", Material)


def read_plays(root: Path) -> list[Play]:
    """What happens in each edition, in order."""
    return _read(root / "plays.toml", Plays).play


def read_cast(root: Path) -> list[Member]:
    """The people one signs in as."""
    return _read(root / "cast.toml", Cast).person


def read_sentences(root: Path) -> Sentences:
    """What invented people write."""
    return _read(root / "sentences.toml", Sentences)
