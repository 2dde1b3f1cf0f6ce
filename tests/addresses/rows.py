"""Rows for the lists of the house, as different from each other as may be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.urls import reverse

from fondaco.applications.models import Application
from fondaco.directory.models import Person
from fondaco.programmes.states import PartnerRole
from tests.factories import evaluation as made
from tests.factories.directory import (
    OrganisationFactory,
)
from tests.factories.documents import UploadFactory

ROWS, MOST = 26, 25
NAMES = [*(f"Invented {number:02}" for number in range(ROWS - 1)), "=cmd Écluse"]
LANGUAGES, COUNTRIES = ["en", "fr", "ar"], ["FR", "TN", "IT"]
PARTNER_ROLES = list(PartnerRole)
Names = Sequence[str]
Made = tuple[Person, str]


@dataclass(frozen=True)
class ListPage:
    """A list: how so many rows of it come about, where it stands, what its page calls it."""

    name: str
    template: str
    build: Callable[[Names], Made]
    called: str = "list"
    most: int = MOST


def organisations(names: Names) -> list[Any]:
    """Organisations of several countries, called so."""
    return [
        OrganisationFactory(name=name, country=country)
        for name, country in zip(names, cycle(COUNTRIES), strict=False)
    ]


def uploaded(owner: str) -> dict[str, Any]:
    """A file of its own, as a frozen submission names it."""
    kept: Any = UploadFactory(
        owner=owner, place="annex", name=f"{owner}.pdf", sha256=f"{owner:0>64}"
    )
    told = {"code": kept.code, "name": kept.name, "kind": kept.kind}
    return {"annex": told | {"size": kept.size, "sha256": kept.sha256}}


def sent_files(names: Names) -> tuple[Any, list[Any]]:
    """Applications in several languages, each of another organisation with a file of its own."""
    call = made.graded_call(form_languages=LANGUAGES)
    return call, files_of(call, names)


def files_of(call: Any, names: Names) -> list[Any]:
    """Such applications to a call."""
    number = Application.objects.count()
    found = []
    for turn, one in enumerate(organisations(names)):
        code, language = f"gc-{number + turn:06d}", LANGUAGES[turn % 3]
        files = uploaded(code)
        found.append(made.sent(call, organisation=one, code=code, language=language, files=files))
    return found


def at(name: str, *args: object) -> str:
    """The address of a page."""
    return reverse(name, args=args)
