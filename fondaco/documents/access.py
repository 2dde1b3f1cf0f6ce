"""Whom uploads are for, said by the slices that own things; and who may open what was uploaded."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import Http404

from fondaco.directory.models import Person
from fondaco.documents.models import Transfer, Upload
from fondaco.documents.phrases import INFECTED, NOT_CHECKED_YET
from fondaco.web.prepared import Prepared, number, text


@dataclass(frozen=True, slots=True)
class Terms:
    """What is taken at a place: which kinds, and how large."""

    accepts: tuple[str, ...]
    megabytes: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a file that arrived whole: the upload, and where its readers find it."""

    upload: Upload
    address: str


Admits = Callable[[Person, str, str, datetime], Terms]
Keeps = Callable[[Transfer, "File[bytes]", Person, datetime], Kept]
Says = Callable[[Collection[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Door:
    """How a slice lets files in for its things.

    `admits` gives the terms of a place of a thing, or raises 404, 403 or `Refused`; `keeps` makes
    the file that has arrived the thing's own; `says` has words for the reasons of a refusal.
    """

    admits: Admits
    keeps: Keeps
    says: Says


_DOORS: dict[str, Door] = {}


def takes_uploads(name: str, door: Door) -> None:
    """Register the door of a slice above."""
    _DOORS[name] = door


def door_named(name: str) -> Door:
    """The door, or 404."""
    if name not in _DOORS:
        raise Http404
    return _DOORS[name]


_OWN_TRANSFER = Prepared(
    lambda: Transfer.objects.filter(code=text("code"), by_id=number("person")).select_related(
        "upload"
    )[:1]
)


def transfer_for(person: Person, code: str) -> Transfer:
    """A person's own transfer, or 404."""
    found = _OWN_TRANSFER.first(code=code, person=person.pk)
    if found is None:
        raise Http404
    return found


def require_open(upload: Upload) -> None:
    """For everybody but its owner's people: only what was searched, where files are searched."""
    if upload.is_closed:
        raise PermissionDenied(INFECTED if upload.is_infected else NOT_CHECKED_YET)


def require_there(upload: Upload) -> None:
    """For everybody: the content of an infected file is gone."""
    if upload.is_infected:
        raise PermissionDenied(INFECTED)
